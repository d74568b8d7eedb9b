package dev.tenantry.billing;

import java.util.Optional;

/// The customer that stands for a tenant.
///
/// @param adopted what came of looking at what it has subscribed to; empty if it stood for the tenant before
public record AssignedCustomer(CustomerId id, Optional<Mirrored> adopted) {}
