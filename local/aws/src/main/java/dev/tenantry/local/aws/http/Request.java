package dev.tenantry.local.aws.http;

/// A request as it came over the wire.
///
/// @param method   in the letters sent
/// @param protocol such as `HTTP/1.1`
/// @param path     still percent-encoded
/// @param query    still percent-encoded, without `?`; empty if there is none
/// @param sourceIp address of the peer
/// @param port     the port it came in at
public record Request(
        String method,
        String protocol,
        String path,
        String query,
        Fields headers,
        Body body,
        String sourceIp,
        int port) {}
