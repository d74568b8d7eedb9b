package dev.tenantry.profiles;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.TenantId;
import dev.tenantry.refusal.Refusal.DefaultProfile;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.ProfileNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.PathId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Changes a charger profile, or makes it the default.
public final class UpdateProfile {

    private final TenantStore tenants;
    private final ProfileStore profiles;
    private final ProfileRules rules;
    private final AuditStore audit;
    private final RandomGenerator random;

    @Inject
    UpdateProfile(
            TenantStore tenants, ProfileStore profiles, ProfileRules rules, AuditStore audit, RandomGenerator random) {
        this.tenants = tenants;
        this.profiles = profiles;
        this.rules = rules;
        this.audit = audit;
        this.random = random;
    }

    /// An edit that changes nothing is no change: no audit entry, no new version. A password is always one, even if
    /// it is the one that there is: finding that out would be an oracle for whoever wants to guess it.
    ///
    /// @param named the path's word for the profile
    /// @throws ProfileNotFound    if there is no such profile
    /// @throws PreconditionFailed if the profile has another version than the caller expects
    /// @throws DefaultProfile     if the default is to be none; another one must become it instead
    /// @throws InvalidRequest     if there is no password afterwards and the security profile needs one, or if the
    ///                            URL is the broker's own, or if a former password is to be taken and there is none
    public Decision<ShownProfile> run(Door door, String named, ProfileEdit edit, Precondition precondition) {
        Optional<Long> id = PathId.inPath(named);
        if (id.isEmpty()) {
            door.open();
            throw new ProfileNotFound();
        }
        Lookup<Profile> lookup = ProfileStore.profile(id.get());
        TenantScope scope = door.open(lookup, ProfileStore.register());
        Profile from = scope.found(lookup).orElseThrow(ProfileNotFound::new);
        ProfileRegister register = profiles.register(scope);
        if (register.defaultId().isEmpty()) {
            // There is this profile, so one is the default: the two were read before and after a change.
            throw new Conflict();
        }
        TenantId tenantId = tenants.tenant(scope).id();
        ShownProfile seen = ShownProfile.of(tenantId, from, register.isDefault(from.id()), scope.now());
        precondition.require(seen.version());
        boolean isDefault = edit.isDefault().orElse(seen.isDefault());
        if (seen.isDefault() && !isDefault) {
            throw new DefaultProfile();
        }
        SecurityProfile securityProfile = edit.securityProfile().orElse(from.securityProfile());
        boolean hasPassword = edit.password().leavesAny(from.passwordHash());
        boolean overlaps = edit.overlap().filter(overlap -> !overlap.isNone()).isPresent();
        rules.require(edit.cpmsUrl(), securityProfile, hasPassword, !overlaps || canOverlap(from, edit, scope.now()));

        Profile to = edited(scope, from, edit);
        boolean isNewPassword = edit.password().newValue().isPresent();
        if (isSame(from, to, scope.now()) && isDefault == seen.isDefault()) {
            return new Decision<>(seen, Change.empty());
        }
        Change change = Change.in(scope);
        profiles.update(change, scope, from, to);
        List<Event> events = new ArrayList<>();
        events.add(ProfileAudit.changed(from, seen.isDefault(), to, isDefault, isNewPassword, scope.now()));
        if (isDefault == seen.isDefault()) {
            profiles.keepDefault(change, scope, register);
        } else {
            profiles.register(change, scope, register, register.withDefault(to.id()));
            events.add(ProfileAudit.dethroned(register.defaultId().get()));
        }
        audit.record(change, scope, AuditAction.PROFILE_UPDATED, events);
        return new Decision<>(ShownProfile.of(tenantId, to, isDefault, scope.now()), change);
    }

    private Profile edited(TenantScope scope, Profile from, ProfileEdit edit) {
        return new Profile(
                from.id(),
                edit.displayName().orElse(from.displayName()),
                edit.description().applyTo(from.description()),
                edit.cpmsUrl().orElse(from.cpmsUrl()),
                edit.authPassThrough().orElse(from.authPassThrough()),
                edit.heartbeatInterval().orElse(from.heartbeatInterval()),
                edit.securityProfile().orElse(from.securityProfile()),
                edit.password().map(given -> given.hash(random)).applyTo(from.passwordHash()),
                former(from, edit, scope.now()),
                edit.configuration().orElse(from.configuration()),
                from.chargerCount(),
                from.createdAt(),
                scope.now(),
                from.version() + 1);
    }

    /// Whether a former password can be taken for a while: the present one if a new one takes its place, or the one
    /// that still is taken. Whoever removes the password wants none to be taken, and one that is no more stays so.
    private static boolean canOverlap(Profile from, ProfileEdit edit, Instant now) {
        return switch (edit.password()) {
            case Edit.Set<NewPassword> _ -> true;
            case Edit.Clear<NewPassword> _ -> false;
            case Edit.Keep<NewPassword> _ -> from.formerPassword(now).isPresent();
        };
    }

    private static Optional<FormerPassword> former(Profile from, ProfileEdit edit, Instant now) {
        boolean isKept = edit.password() instanceof Edit.Keep;
        Optional<FormerPassword> present = from.formerPassword(now);
        if (isKept && edit.overlap().isEmpty()) {
            return present;
        }
        Overlap overlap = edit.overlap().orElse(Overlap.NONE);
        if (overlap.isNone()) {
            return Optional.empty();
        }
        Optional<PasswordHash> hash = isKept ? present.map(FormerPassword::hash) : from.passwordHash();
        return hash.map(former -> new FormerPassword(former, now.plus(overlap.duration())));
    }

    /// Whether nothing differs that somebody can edit. A new password is another hash, so it always does.
    private static boolean isSame(Profile one, Profile other, Instant now) {
        return one.displayName().equals(other.displayName())
                && one.description().equals(other.description())
                && one.cpmsUrl().equals(other.cpmsUrl())
                && one.authPassThrough() == other.authPassThrough()
                && one.heartbeatInterval().equals(other.heartbeatInterval())
                && one.securityProfile() == other.securityProfile()
                && one.passwordHash().equals(other.passwordHash())
                && one.formerPassword(now).equals(other.formerPassword(now))
                && one.configuration().equals(other.configuration());
    }
}
