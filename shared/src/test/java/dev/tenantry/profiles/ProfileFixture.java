package dev.tenantry.profiles;

import dev.tenantry.edit.Edit;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/// Profiles for tests of other nouns, made in the store. Their hashes are quick.
public final class ProfileFixture {

    private static final int ITERATIONS = 1000;

    private ProfileFixture() {}

    /// A profile without a password.
    public static long create(Core core, String tenant, SecurityProfile security) {
        return create(core, tenant, security, Optional.empty());
    }

    public static long create(Core core, String tenant, SecurityProfile security, String password) {
        return create(core, tenant, security, Optional.of(hash(password)));
    }

    public static long create(Core core, String tenant, SecurityProfile security, PasswordHash hash) {
        return create(core, tenant, security, Optional.of(hash));
    }

    /// Wishes for a profile that has a name and nothing special, for whoever goes the whole way.
    public static NewProfile wanted(String name) {
        return new NewProfile(
                new ProfileName(name),
                Optional.empty(),
                CpmsUrl.parse("wss://cpms.example.com/ocpp"),
                false,
                false,
                HeartbeatInterval.USUAL,
                SecurityProfile.NONE,
                Optional.empty(),
                Configuration.NONE);
    }

    /// A quick hash.
    public static PasswordHash hash(String password) {
        return PasswordHash.of(new ChargerPassword(password), new SecureRandom(), ITERATIONS);
    }

    /// A quick hash of the bytes that hexadecimal digits say.
    public static PasswordHash hashOfHex(String digits) {
        return PasswordHash.of(ChargerPassword.ofHex(digits), new SecureRandom(), ITERATIONS);
    }

    /// Gives a profile these passwords in the place of those that it has.
    public static void setPasswords(Core core, String tenant, long id, PasswordHash hash, FormerPassword former) {
        edit(core, tenant, id, Optional.of(hash), Optional.of(former), Optional.empty());
    }

    /// Has a profile's chargers show a password.
    public static void protect(Core core, String tenant, long id, String password) {
        edit(core, tenant, id, Optional.of(hash(password)), Optional.empty(), Optional.of(SecurityProfile.BASIC));
    }

    /// Has a profile's chargers show something else.
    public static void setSecurityProfile(Core core, String tenant, long id, SecurityProfile security) {
        edit(core, tenant, id, Optional.empty(), Optional.empty(), Optional.of(security));
    }

    private static void edit(
            Core core,
            String tenant,
            long id,
            Optional<PasswordHash> hash,
            Optional<FormerPassword> former,
            Optional<SecurityProfile> security) {
        core.insist(() -> {
            TenantScope scope = core.scope(tenant, ProfileStore.profile(id), ProfileStore.register());
            Profile from = scope.found(ProfileStore.profile(id)).orElseThrow();
            Profile to = new Profile(
                    id,
                    from.displayName(),
                    from.description(),
                    from.cpmsUrl(),
                    from.authPassThrough(),
                    from.heartbeatInterval(),
                    security.orElse(from.securityProfile()),
                    hash.or(from::passwordHash),
                    former.or(from::formerPassword),
                    from.configuration(),
                    from.chargerCount(),
                    from.createdAt(),
                    from.updatedAt(),
                    from.version() + 1);
            Change change = Change.in(scope);
            core.profiles().update(change, scope, from, to);
            core.profiles().keepDefault(change, scope, core.profiles().register(scope));
            return new Decision<>(id, change);
        });
    }

    private static long create(Core core, String tenant, SecurityProfile security, Optional<PasswordHash> hash) {
        return core.insist(() -> {
            TenantScope scope = core.scope(tenant, ProfileStore.register());
            ProfileRegister from = core.profiles().register(scope);
            long id = from.lastId() + 1;
            Profile profile = new Profile(
                    id,
                    new ProfileName("Profile " + id),
                    Optional.empty(),
                    CpmsUrl.parse("wss://cpms.example.com/ocpp"),
                    true,
                    HeartbeatInterval.of(60),
                    security,
                    hash,
                    Optional.empty(),
                    Configuration.of(Map.of("MeterValueSampleInterval", "30")),
                    0,
                    scope.now(),
                    scope.now(),
                    1);
            Change change = Change.in(scope);
            core.profiles().create(change, scope, profile);
            core.profiles().register(change, scope, from, from.with(id, false));
            return new Decision<>(id, change);
        });
    }

    /// Sets a profile's password in the tenant `acme`.
    public static void setPassword(Core core, Caller user, long id, String password) {
        ProfileEdit edit = new ProfileEdit(
                Optional.empty(),
                new Edit.Keep<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Edit.Set<>(new NewPassword(new ChargerPassword(password))),
                Optional.empty(),
                Optional.empty());
        core.insist(() -> core.updateProfile()
                .run(core.door(user, "acme", Role.USER), Long.toString(id), edit, Precondition.NONE));
    }
}
