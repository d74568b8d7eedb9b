package dev.tenantry.billing;

import dev.tenantry.identity.DomainPrefix;
import java.util.Optional;

/// What came of an event, and in which tenant.
///
/// @param tenant empty where the event led to none
public record Followed(Outcome outcome, Optional<DomainPrefix> tenant) {}
