package dev.tenantry.addresses;

import dev.tenantry.refusal.InvalidValue;
import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv4.IPv4AddressStringParameters;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How IP addresses are written and which block holds which: the only class that knows the address library. It is
/// loaded when an address is parsed and not before, because the library's classes cost a cold start 70 ms
/// (docs/adr/0010).
///
/// One way of writing an address is one address, whoever reads it. Hence no octal, hexadecimal or shortened IPv4 (which
/// inet_aton takes), no leading zeros, no zone, port, range, wildcard, mask or name.
final class IpNotation {

    private static final String RULE =
            "must be one IP address or CIDR block, such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32";
    private static final String NOT_EVERYTHING =
            "must not cover all addresses; to allow all, leave the scope without entries";

    /// Of `/` and a prefix length.
    private static final int MAX_PREFIX_LENGTH = 4;

    /// Of an IPv6 address that ends in IPv4 notation, and its prefix length.
    private static final int MAX_LENGTH = 45 + MAX_PREFIX_LENGTH;

    private static final int MAPPED_BITS = 96;

    private static final IPAddressStringParameters STRICT = strict();

    private IpNotation() {}

    /// The canonical form of an address or a block.
    ///
    /// @throws InvalidValue if the text is none, if its address has bits that its prefix length cuts off, or if it
    ///                      is everything
    static String canonical(String text) {
        // The library has no address for everything.
        if (text.endsWith("/0") && parse(text.substring(0, text.length() - 2)).isPresent()) {
            throw new InvalidValue(NOT_EVERYTHING);
        }
        IPAddress written = parse(text).orElseThrow(() -> new InvalidValue(RULE));
        IPAddress meant = written.isPrefixed() ? written.toPrefixBlock() : written;
        IPAddress block = folded(meant);
        if (block.isPrefixed() && block.getNetworkPrefixLength() == 0) {
            throw new InvalidValue(NOT_EVERYTHING);
        }
        if (!meant.equals(written)) {
            throw new InvalidValue("has bits set beyond its prefix length; did you mean " + text(block) + "?");
        }
        return text(block);
    }

    /// Whether one of the blocks holds the address. What is no address is in no block.
    static boolean isWithin(String ip, Collection<IpBlock> blocks) {
        Optional<IPAddress> address =
                parse(ip).filter(parsed -> !parsed.isPrefixed()).map(IpNotation::folded);
        if (address.isEmpty()) {
            return false;
        }
        for (IpBlock block : blocks) {
            if (parse(block.value()).orElseThrow().contains(address.get())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<IPAddress> parse(String text) {
        // The library skips white space around an address, and fails to notice that a prefix length is no int.
        int slash = text.indexOf('/');
        if (text.length() > MAX_LENGTH
                || slash >= 0 && text.length() - slash > MAX_PREFIX_LENGTH
                || !text.chars().allMatch(IpNotation::isNotation)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new IPAddressString(text, STRICT).toAddress());
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }

    private static boolean isNotation(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == '.' || c == ':' || c == '/';
    }

    private static IPAddress folded(IPAddress address) {
        if (!address.isIPv6() || !address.toIPv6().isIPv4Mapped()) {
            return address;
        }
        @Nullable Integer prefix = address.getNetworkPrefixLength();
        if (prefix == null) {
            return address.toIPv6().getEmbeddedIPv4Address();
        }
        return prefix < MAPPED_BITS
                ? address
                : address.getLower()
                        .toIPv6()
                        .getEmbeddedIPv4Address()
                        .withoutPrefixLength()
                        .toPrefixBlock(prefix - MAPPED_BITS);
    }

    private static String text(IPAddress block) {
        String address = block.getLower().withoutPrefixLength().toCanonicalString();
        return block.isMultiple() ? address + "/" + block.getNetworkPrefixLength() : address;
    }

    private static IPAddressStringParameters strict() {
        var strict = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowMask(false)
                .allowPrefixOnly(false)
                .allowWildcardedSeparator(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        strict(strict.getIPv4AddressParametersBuilder());
        var ipv6 = strict.getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowEmptyZone(false)
                .allowBase85(false)
                .allowBinary(false)
                .allowUnlimitedLeadingZeros(false)
                .allowPrefixLengthLeadingZeros(false)
                .allowPrefixesBeyondAddressSize(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        strict(ipv6.getEmbeddedIPv4AddressParametersBuilder());
        return strict.toParams();
    }

    private static void strict(IPv4AddressStringParameters.Builder ipv4) {
        ipv4.allow_inet_aton(false)
                .allowLeadingZeros(false)
                .allowPrefixLengthLeadingZeros(false)
                .allowPrefixesBeyondAddressSize(false)
                .allowBinary(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
    }
}
