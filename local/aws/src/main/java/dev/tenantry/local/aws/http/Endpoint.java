package dev.tenantry.local.aws.http;

/// Answers requests. Many threads call it at once.
@FunctionalInterface
public interface Endpoint {

    Response answer(Request request);
}
