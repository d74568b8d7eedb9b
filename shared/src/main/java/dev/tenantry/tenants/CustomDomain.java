package dev.tenantry.tenants;

import dev.tenantry.refusal.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A tenant's own address for its chargers: a `wss` URL (RFC 6455 §3) in ASCII with a fully qualified host name, at
/// most 255 characters. No user-info (RFC 3986 §7.5 warns of secrets in URLs), query or fragment.
public record CustomDomain(String value) {

    private static final int MAX_LENGTH = 255;
    private static final String RULE =
            "must be a wss URL with a host name, such as wss://chargers.example.com/, or null";

    /// Labels of letters, digits and inner hyphens, 63 characters at most (RFC 1123 §2.1). A name, not an address:
    /// its last label has a letter in front, and there is a label before it.
    private static final Pattern HOST_NAME = Pattern.compile(
            "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?", Pattern.CASE_INSENSITIVE);

    /// @throws InvalidValue if the URL breaks the rule above
    public CustomDomain {
        if (value.length() > MAX_LENGTH) {
            throw new InvalidValue("must have at most 255 characters");
        }
        URI uri = parse(value);
        if (!"wss".equals(uri.getScheme())
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !isHostName(uri.getHost())
                || !hasUsualPort(uri)
                || value.chars().anyMatch(c -> c > '~')) {
            throw new InvalidValue(RULE);
        }
    }

    /// A domain that a tenant wants.
    ///
    /// @param brokerDomain where every tenant has an address already, in lower case
    /// @throws InvalidValue also if it lies there
    public static CustomDomain wanted(String value, String brokerDomain) {
        CustomDomain domain = new CustomDomain(value);
        String host = parse(value).getHost().toLowerCase(Locale.ROOT);
        if (host.equals(brokerDomain) || host.endsWith("." + brokerDomain)) {
            throw new InvalidValue("must not be under " + brokerDomain + ", the domain that all tenants share");
        }
        return domain;
    }

    private static URI parse(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw new InvalidValue(RULE);
        }
    }

    private static boolean isHostName(@Nullable String host) {
        return host != null && HOST_NAME.matcher(host).matches();
    }

    /// None, or one from 1 to 65535; a colon with nothing behind it is neither.
    private static boolean hasUsualPort(URI uri) {
        int port = uri.getPort();
        return port == -1 ? !uri.getRawAuthority().endsWith(":") : port > 0 && port <= 65_535;
    }

    @Override
    public String toString() {
        return value;
    }
}
