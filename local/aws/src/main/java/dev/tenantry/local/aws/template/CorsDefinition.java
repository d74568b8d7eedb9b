package dev.tenantry.local.aws.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The API's `CorsConfiguration`. Names and methods may be `*`.
public record CorsDefinition(
        List<String> allowOrigins,
        List<String> allowMethods,
        List<String> allowHeaders,
        List<String> exposeHeaders,
        Optional<Duration> maxAge,
        boolean allowCredentials) {

    public CorsDefinition {
        allowOrigins = List.copyOf(allowOrigins);
        allowMethods = List.copyOf(allowMethods);
        allowHeaders = List.copyOf(allowHeaders);
        exposeHeaders = List.copyOf(exposeHeaders);
    }
}
