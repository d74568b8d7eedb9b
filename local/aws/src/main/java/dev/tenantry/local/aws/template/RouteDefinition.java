package dev.tenantry.local.aws.template;

/// A route of the HTTP API.
///
/// @param routeKey   as API Gateway writes it: `GET /tenant/{tenant}`, `ANY /{proxy+}` or `$default`
/// @param functionId logical id of the function behind it
/// @param authorized whether the JWT authorizer guards it
public record RouteDefinition(String routeKey, String functionId, boolean authorized) {}
