package dev.tenantry.profiles;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.addresses.IpBlocks;
import dev.tenantry.refusal.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the broker takes the messages of a profile's chargers: a `ws` or `wss` URL (RFC 6455 §3) of at most 512
/// characters (`ocppCsmsUrl` in OCPP 2.0.1), with a host on the public Internet. No user-info (RFC 3986 §7.5), no
/// fragment (RFC 6455 §3), and no query: the charger's identity is appended to the path (OCPP-J 1.6 §3.1.1).
///
/// Tenants write these URLs, and the broker calls them from inside its own network. So a host that can only be meant
/// for there is refused (docs/adr/0008). What a public name resolves to is for the broker to check, each time it
/// connects.
public final class CpmsUrl {

    private static final int MAX_LENGTH = 512;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NAME_LENGTH = 253;

    private static final String RULE =
            "must be a ws or wss URL with a host on the public Internet and without user-info,"
                    + " query and fragment, such as wss://cpms.example.com/ocpp";
    private static final String NOT_PUBLIC =
            "must not lead to a loopback, private, link-local, metadata or other special address";
    private static final String NOT_PUBLIC_NAME =
            "must have a fully qualified public host name, not one that only means something in a local network";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /// Names that the public DNS does not have, or not for hosts, so that whoever resolves them does it by means of
    /// its own network: those of special use (IANA's registry of RFC 6761: `localhost`, `test`, `invalid`; RFC 6762
    /// §3 `local`; RFC 7686 `onion`; RFC 9476 `alt`); `arpa` (RFC 3172), with `home.arpa` (RFC 8375),
    /// `resolver.arpa` and others in it; what ICANN reserved (`internal`) or will not delegate (`corp`, `home`,
    /// `mail`); what else local networks are called (RFC 6762, Appendix G); and those of service discovery.
    /// `example` leads nowhere either way.
    private static final Set<String> LOCAL = Set.of(
            "localhost",
            "test",
            "invalid",
            "local",
            "onion",
            "alt",
            "arpa",
            "internal",
            "corp",
            "home",
            "mail",
            "intranet",
            "private",
            "lan",
            "localdomain",
            "svc",
            "cluster",
            "consul");

    private final String value;

    private CpmsUrl(String value) {
        this.value = value;
    }

    /// The URL that somebody wrote down.
    ///
    /// @throws InvalidValue if it breaks the rule above
    public static CpmsUrl parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValue("must have at most 512 characters");
        }
        // Browsers and some resolvers take a full-width 1 for a 1: what is no ASCII is written as xn-- or %xx.
        if (!text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new InvalidValue(
                    "must be ASCII without space; write other letters of a host name as xn--, of a path as %xx");
        }
        requirePublic(host(text));
        return new CpmsUrl(text);
    }

    /// The URL that the table holds.
    static CpmsUrl stored(String value) {
        return new CpmsUrl(value);
    }

    public String value() {
        return value;
    }

    /// The host in lower case, an IPv6 address in brackets.
    public String host() {
        return host(value);
    }

    private static String host(String text) {
        URI uri = parsed(text);
        @Nullable String scheme = uri.getScheme();
        @Nullable String host = uri.getHost();
        if (scheme == null
                || !scheme.equalsIgnoreCase("ws") && !scheme.equalsIgnoreCase("wss")
                || host == null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > MAX_PORT) {
            throw new InvalidValue(RULE);
        }
        // Host and port are all there is: no user-info, however empty, and nothing that another reader might take apart
        // elsewhere.
        String authority = uri.getPort() < 0 ? host : host + ":" + uri.getPort();
        if (!authority.equals(uri.getRawAuthority())) {
            throw new InvalidValue(RULE);
        }
        return host.toLowerCase(Locale.ROOT);
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidValue(RULE);
        }
    }

    private static void requirePublic(String host) {
        if (host.startsWith("[")) {
            requirePublicAddress(host.substring(1, host.length() - 1));
            return;
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        // No top-level domain begins with a digit (RFC 3696 §2), but every way of writing an IPv4 address ends with a
        // number.
        if (!last.isEmpty() && Character.isDigit(last.charAt(0))) {
            requirePublicAddress(host);
            return;
        }
        requirePublicName(host);
    }

    private static void requirePublicAddress(String ip) {
        try {
            // One strict way of writing an address: what is octal, hexadecimal, shortened or has a zone stops here.
            IpBlock.parse(ip);
        } catch (InvalidValue e) {
            throw new InvalidValue(RULE);
        }
        if (ip.indexOf('/') >= 0 || !SpecialAddresses.arePassedBy(ip)) {
            throw new InvalidValue(NOT_PUBLIC);
        }
    }

    private static void requirePublicName(String host) {
        String[] labels = host.split("\\.", -1);
        if (host.length() > MAX_NAME_LENGTH || labels.length < 2) {
            throw new InvalidValue(NOT_PUBLIC_NAME);
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new InvalidValue(RULE);
            }
        }
        for (String local : LOCAL) {
            if (host.equals(local) || host.endsWith("." + local)) {
                throw new InvalidValue(NOT_PUBLIC_NAME);
            }
        }
    }

    /// Addresses that nothing on the public Internet has. Loaded with the first URL that has an address for a host.
    private static final class SpecialAddresses {

        /// IANA's registry of special-purpose IPv4 addresses (RFC 6890), but for those of documentation, which
        /// lead nowhere; multicast; and the one public address that Azure's virtual machines find their host
        /// at.
        private static final IpBlocks IPV4 = IpBlocks.of(
                "0.0.0.0/8",
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "168.63.129.16",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.0.0.0/24",
                "192.88.99.0/24",
                "192.168.0.0/16",
                "198.18.0.0/15",
                "224.0.0.0/4",
                "240.0.0.0/4");

        /// What is assigned to the public Internet at all (RFC 4291 §2.4): neither loopback nor unique-local,
        /// link-local or multicast, neither mapped, compatible nor translated IPv4.
        private static final IpBlocks IPV6 = IpBlocks.of("2000::/3");

        /// Within that: protocol assignments, Teredo among them (RFC 2928, RFC 4380), and 6to4 (RFC 3056, RFC
        /// 7526), which both carry an IPv4 address of anyone's choice.
        private static final IpBlocks IPV6_SPECIAL = IpBlocks.of("2001::/23", "2002::/16");

        static boolean arePassedBy(String ip) {
            return ip.indexOf(':') >= 0 ? IPV6.hold(ip) && !IPV6_SPECIAL.hold(ip) : !IPV4.hold(ip);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpmsUrl url && url.value.equals(value);
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
