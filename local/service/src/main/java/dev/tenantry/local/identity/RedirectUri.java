package dev.tenantry.local.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenantry.local.aws.http.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A page of a client that a browser is sent back to.
///
/// @param uri as it was given: it is compared letter by letter (RFC 9700, section 2.1)
record RedirectUri(URI uri) {

    /// What one has to be like.
    static final String RULE = "must be a URL that begins with http:// or https://, has a host, and has neither user"
            + " name nor fragment (#), such as http://localhost:3000/callback";

    /// Empty for what must not be redirected to (RFC 6749, section 3.1.2).
    static Optional<RedirectUri> parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
        boolean sound = uri.isAbsolute()
                && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null
                && uri.getPort() <= 65535
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                // In a header nothing else arrives, and no letter may look like another one.
                && text.chars().allMatch(letter -> letter > ' ' && letter < 0x7f);
        return sound ? Optional.of(new RedirectUri(uri)) : Optional.empty();
    }

    /// As browsers say where a page comes from (RFC 6454, section 6.2).
    String origin() {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("http") ? 80 : 443);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort());
    }

    /// Its query is kept (RFC 6749, section 3.1.2).
    Response redirect(Map<String, String> parameters, boolean inFragment) {
        String encoded = parameters.entrySet().stream()
                .map(it -> URLEncoder.encode(it.getKey(), UTF_8) + "=" + URLEncoder.encode(it.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return Response.of(303)
                .with("location", uri + (encoded.isEmpty() ? "" : separator(inFragment) + encoded))
                .with("cache-control", "no-store");
    }

    private String separator(boolean inFragment) {
        if (inFragment) {
            return "#";
        }
        return uri.getRawQuery() == null ? "?" : "&";
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
