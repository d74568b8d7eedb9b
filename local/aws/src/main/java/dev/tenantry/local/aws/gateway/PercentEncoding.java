package dev.tenantry.local.aws.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;

/// Decodes percent-encoding (RFC 3986, section 2.1). What is not a valid escape stays as it is.
final class PercentEncoding {

    private PercentEncoding() {}

    /// In a path a plus is a plus.
    static String decodePath(String text) {
        return decodeQuery(text.replace("+", "%2B"));
    }

    /// In a query a plus is a space.
    static String decodeQuery(String text) {
        try {
            return URLDecoder.decode(text.replaceAll("%(?![0-9a-fA-F]{2})", "%25"), UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
