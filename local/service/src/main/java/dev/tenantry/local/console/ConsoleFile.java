package dev.tenantry.local.console;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/// A file of the console, as it is answered.
final class ConsoleFile {

    private final String name;
    private final byte[] bytes;

    /// @param name a path whose end tells the content type
    ConsoleFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes.clone();
    }

    /// A browser that has it already asks whether it still holds (RFC 9110, section 13.1.2).
    Response answer(Request request) {
        String tag = "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256()) + "\"";
        boolean known = request.headers().joined("if-none-match").stream()
                .flatMap(tags -> Arrays.stream(tags.split(",", -1)))
                .anyMatch(it -> it.strip().equals(tag));
        boolean zip = isText()
                && request.headers()
                        .joined("accept-encoding")
                        .filter(it -> it.contains("gzip"))
                        .isPresent();
        Response answer = known ? Response.of(304) : Response.of(200, contentType(), Body.of(zip ? zipped() : bytes));
        // What has its version in its name never changes.
        String cache = name.contains("/vendor/") ? "public, max-age=31536000, immutable" : "no-cache";
        Response held = answer.with("etag", tag).with("cache-control", cache).with("vary", "Accept-Encoding");
        return zip && !known ? held.with("content-encoding", "gzip") : held;
    }

    private boolean isText() {
        return !contentType().startsWith("image/png");
    }

    private String contentType() {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "json" -> "application/json";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            default -> "text/plain; charset=utf-8";
        };
    }

    private byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private byte[] zipped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toByteArray();
    }
}
