package dev.tenantry.tenancy;

import java.util.Optional;

/// Who a change is ascribed to in the audit trail.
///
/// @param id        a user's id, or the name of a system (`stripe`, `broker`)
/// @param ip        the address that the gateway saw; empty for systems
/// @param requestId the request that made the change
public record Actor(String id, Optional<String> ip, String requestId) {}
