package dev.tenantry.addresses;

import dev.tenantry.refusal.InvalidValue;
import java.net.InetAddress;

/// One IP address or one CIDR block (RFC 4632 §3.1, RFC 4291 §2.3) in its canonical form, so that equal blocks are
/// equal texts: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32` (RFC 5952). A block of one address is that address, and an
/// IPv4 address mapped into IPv6 (RFC 4291 §2.5.5.2) is the IPv4 address.
///
/// It holds nothing but the text: to list blocks takes no address arithmetic.
public final class IpBlock {

    private final String value;

    private IpBlock(String value) {
        this.value = value;
    }

    /// The block that somebody wrote down, with or without space around it.
    ///
    /// @throws InvalidValue if it is none, if its address has bits that its prefix length cuts off, or if it is
    ///                      everything
    public static IpBlock parse(String text) {
        return new IpBlock(IpNotation.canonical(text.strip()));
    }

    /// Whether that is one IP address, and neither a block nor anything with a port, a zone or brackets. The JDK's
    /// parser knows, so that nobody has [IpNotation] load its library for it; of what it takes besides, leading
    /// zeros are left, which no allowlist has.
    public static boolean isAddress(String text) {
        if (text.indexOf('[') >= 0 || text.indexOf('%') >= 0 || text.indexOf(':') < 0 && dots(text) != 3) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int dots(String text) {
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '.') {
                dots++;
            }
        }
        return dots;
    }

    /// The block that the table holds.
    public static IpBlock stored(String value) {
        return new IpBlock(value);
    }

    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpBlock block && block.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
