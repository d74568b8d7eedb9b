package dev.tenantry.profiles;

import java.time.Instant;
import java.util.Optional;

/// What a tenant's chargers of one kind have in common. Whether it is the default is for the [ProfileRegister] to say.
///
/// @param id              from 1 on, never given out again within the tenant
/// @param authPassThrough whether the CPMS gets to see the credentials that a charger shows
/// @param formerPassword  the one before, whether or not it still is taken; ask [#formerPassword(Instant)]
/// @param chargerCount    how many chargers have it; it comes and goes without a new version
/// @param updatedAt       when somebody last edited it, or the default moved to it or away
/// @param version         1 at first, one more with every edit
public record Profile(
        long id,
        ProfileName displayName,
        Optional<ProfileDescription> description,
        CpmsUrl cpmsUrl,
        boolean authPassThrough,
        HeartbeatInterval heartbeatInterval,
        SecurityProfile securityProfile,
        Optional<PasswordHash> passwordHash,
        Optional<FormerPassword> formerPassword,
        Configuration configuration,
        long chargerCount,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /// The password before the present one, if it is taken as well by then.
    public Optional<FormerPassword> formerPassword(Instant now) {
        return formerPassword.filter(former -> former.isValid(now));
    }
}
