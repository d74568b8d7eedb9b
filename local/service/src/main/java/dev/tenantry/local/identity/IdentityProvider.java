package dev.tenantry.local.identity;

import dev.tenantry.local.aws.gateway.KeySource;
import dev.tenantry.local.aws.http.Site;

/// Whose tokens the gateway takes: this service's own, or somebody else's.
public interface IdentityProvider {

    /// The keys that its tokens are signed with.
    KeySource keys();

    /// What this service answers on the paths of an identity provider.
    Site.Plan on(Site.Plan plan);
}
