package dev.tenantry.addresses;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where somebody calls from, as far as they can't choose it: an IPv4 address, or the first half of an IPv6 address,
/// within which everybody has 2^64 to take (RFC 4291 §2.5.1, RFC 6177). An IPv4 address mapped into IPv6 is the IPv4
/// address.
///
/// @param value as hexadecimal digits, 8 or 16
public record SourceNetwork(String value) {

    /// Bytes of an IPv6 address that name the network.
    private static final int NETWORK_BYTES = 8;

    /// @param ip one address, in whatever notation
    /// @throws IllegalArgumentException if it is none
    public static SourceNetwork of(String ip) {
        // The JDK's parser: no charger that shows a password should wait for IpNotation's library.
        InetAddress address = InetAddress.ofLiteral(ip);
        byte[] bytes = address.getAddress();
        return new SourceNetwork(HexFormat.of()
                .formatHex(address instanceof Inet4Address ? bytes : Arrays.copyOf(bytes, NETWORK_BYTES)));
    }

    @Override
    public String toString() {
        return value;
    }
}
