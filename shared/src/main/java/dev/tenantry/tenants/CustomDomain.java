package dev.tenantry.tenants;

import dev.tenantry.refusal.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A tenant's own address for its chargers: a `wss` URL (RFC 6455 §3) with a fully qualified host name, at most 255
/// characters. No user-info (RFC 3986 §7.5 warns of secrets in URLs), query or fragment.
public record CustomDomain(String value) {

    private static final int MAX_LENGTH = 255;
    private static final String RULE =
            "must be a wss URL with a host name, such as wss://chargers.example.com/, or null";

    /// @throws InvalidValue if the URL breaks the rule above
    public CustomDomain {
        if (value.length() > MAX_LENGTH) {
            throw new InvalidValue("must have at most 255 characters");
        }
        URI uri = parse(value);
        if (!"wss".equals(uri.getScheme())
                || uri.getUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !isHostName(uri.getHost())
                || uri.getPort() == 0
                || uri.getPort() > 65_535) {
            throw new InvalidValue(RULE);
        }
    }

    /// The host in lower case.
    public String host() {
        return parse(value).getHost().toLowerCase(Locale.ROOT);
    }

    private static URI parse(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw new InvalidValue(RULE);
        }
    }

    // A name, not an address: its last label has a letter in front (RFC 1123 §2.1), and there is a label before it.
    private static boolean isHostName(@Nullable String host) {
        if (host == null) {
            return false;
        }
        int dot = host.lastIndexOf('.');
        return dot > 0 && dot + 1 < host.length() && Character.isLetter(host.charAt(dot + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
