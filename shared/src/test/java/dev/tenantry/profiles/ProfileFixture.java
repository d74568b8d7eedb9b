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
        return create(
                core,
                tenant,
                security,
                Optional.of(PasswordHash.of(new ChargerPassword(password), new SecureRandom(), ITERATIONS)));
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
                Optional.empty());
        core.insist(() -> core.updateProfile()
                .run(core.door(user, "acme", Role.USER), Long.toString(id), edit, Precondition.NONE));
    }
}
