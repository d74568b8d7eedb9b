package dev.tenantry.billing;

import dev.tenantry.refusal.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where the billing portal may lead back to: URLs of the deployment's own portals. An origin is scheme, host and port
/// (RFC 6454 §4); a URL is compared by its parts, never by how it begins.
public final class PortalOrigins {

    private static final int MAX_LENGTH = 2000;

    private final List<URI> origins;

    /// @param origins such as `https://portal.example.com`, at least one
    public PortalOrigins(List<String> origins) {
        List<URI> parsed = new ArrayList<>();
        for (String origin : origins) {
            URI uri = parse(origin.strip());
            if (uri == null
                    || !isPlain(uri)
                    || !uri.getRawPath().isEmpty()
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null) {
                throw new IllegalStateException("PORTAL_ORIGINS has " + origin + ", which is not an origin.");
            }
            parsed.add(uri);
        }
        if (parsed.isEmpty()) {
            throw new IllegalStateException("PORTAL_ORIGINS is empty.");
        }
        this.origins = List.copyOf(parsed);
    }

    /// Where to lead back to if nobody says.
    URI first() {
        return origins.getFirst();
    }

    /// A URL on one of the origins.
    ///
    /// @throws InvalidValue if it is on none
    public URI url(String text) {
        // Browsers read more into a URL than RFC 3986 has: they drop tabs and line ends, and take \ for /. Java's
        // parser refuses all of these, and what it takes it understands as they do.
        URI uri = text.length() > MAX_LENGTH ? null : parse(text);
        if (uri == null || !isPlain(uri) || origins.stream().noneMatch(origin -> isSame(origin, uri))) {
            throw new InvalidValue("must be a URL on one of these origins: " + String.join(", ", names()));
        }
        return uri;
    }

    private List<String> names() {
        return origins.stream().map(PortalOrigins::name).toList();
    }

    private static String name(URI origin) {
        return origin.getScheme() + "://" + origin.getRawAuthority();
    }

    private static @Nullable URI parse(String text) {
        // Letters beyond ASCII are let through by Java, and mean another host to some readers than to others.
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return null;
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /// Absolute, and its authority is a host and perhaps a port, written as everyone writes it: no user-info, no
    /// empty port.
    private static boolean isPlain(URI uri) {
        return uri.getScheme() != null
                && (uri.getScheme().equalsIgnoreCase("https") || uri.getScheme().equalsIgnoreCase("http"))
                && uri.getHost() != null
                && (uri.getRawAuthority().equals(uri.getHost())
                        || uri.getRawAuthority().equals(uri.getHost() + ":" + uri.getPort()));
    }

    private static boolean isSame(URI origin, URI uri) {
        return origin.getScheme().equalsIgnoreCase(uri.getScheme())
                && host(origin).equals(host(uri))
                && port(origin) == port(uri);
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
