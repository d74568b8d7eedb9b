package dev.tenantry.http;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Precondition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads `If-Match` (RFC 9110 §13.1.1): `*`, or entity tags in double quotes, separated by commas. A comma too many
/// separates nothing (§5.6.1.2), but a list of commas alone names no version: somebody forgot one.
final class EntityTags {

    private EntityTags() {}

    /// @throws InvalidRequest if the header is neither
    static Precondition ifMatch(String header) {
        String rest = header.strip();
        if (rest.equals("*")) {
            return Precondition.NONE;
        }
        rest = withoutCommas(rest);
        if (rest.isEmpty()) {
            throw malformed();
        }
        Set<Long> versions = new HashSet<>();
        while (!rest.isEmpty()) {
            boolean weak = rest.startsWith("W/");
            String tag = weak ? rest.substring(2) : rest;
            int end = tag.startsWith("\"") ? tag.indexOf('"', 1) : -1;
            if (end < 0) {
                throw malformed();
            }
            // A weak tag never matches here (strong comparison, RFC 9110 §8.8.3.2), nor does one that we never gave
            // out.
            if (!weak) {
                version(tag.substring(1, end)).ifPresent(versions::add);
            }
            rest = tag.substring(end + 1).strip();
            if (!rest.isEmpty() && !rest.startsWith(",")) {
                throw malformed();
            }
            rest = withoutCommas(rest);
        }
        return new Precondition(Optional.of(versions));
    }

    private static String withoutCommas(String list) {
        String rest = list;
        while (rest.startsWith(",")) {
            rest = rest.substring(1).strip();
        }
        return rest;
    }

    private static Optional<Long> version(String tag) {
        try {
            return Optional.of(Long.valueOf(tag))
                    .filter(version -> Response.etag(version).equals("\"" + tag + "\""));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static InvalidRequest malformed() {
        return new InvalidRequest("If-Match", "must be * or entity tags in double quotes, as an ETag header gave them");
    }
}
