package dev.tenantry.billing;

import java.net.URI;
import java.util.Optional;

/// A billing portal that is open.
///
/// @param url     its address, a short-lived secret
/// @param adopted what came of looking at what the tenant's new customer has subscribed to; empty if it had one
public record OpenedPortal(URI url, Optional<Mirrored> adopted) {}
