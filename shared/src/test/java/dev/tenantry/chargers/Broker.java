package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Tells the core of chargers, as the function does: what meets another change is decided anew.
final class Broker {

    static final Credentials NOTHING = new Credentials(true, Optional.empty(), Optional.empty());
    static final String DEPOT = "192.0.2.10";

    private final Core core;
    private final Clock clock;

    Broker(Core core, Clock clock) {
        this.core = core;
        this.clock = clock;
    }

    static Credentials password(String userName, String password) {
        return new Credentials(true, Optional.empty(), Optional.of(basic(userName + ":" + password)));
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    ChargerEvent event(String tenant, String identity, String connection) {
        return event(tenant, identity, connection, clock.instant());
    }

    ChargerEvent event(String tenant, String identity, String connection, Instant at) {
        return new ChargerEvent(tenant, identity, DEPOT, new ConnectionId(connection), at, "request");
    }

    Accepted connect(ChargerEvent event) {
        return connect(event, NOTHING);
    }

    Accepted connect(ChargerEvent event, Credentials credentials) {
        return core.insist(() -> core.connectCharger().run(event, credentials));
    }

    Accepted connect(String tenant, String identity) {
        return connect(event(tenant, identity, "connection-" + identity));
    }

    Accepted boot(ChargerEvent event, Nameplate nameplate) {
        return core.insist(() -> core.bootCharger().run(event, nameplate));
    }

    Accepted disconnect(ChargerEvent event) {
        return core.insist(() -> core.disconnectCharger().run(event));
    }

    /// Lets a charger be turned away by this instance, which takes note of it as the function does.
    Reason turnedAway(ChargerEvent event, Credentials credentials) {
        try {
            connect(event, credentials);
        } catch (Rejection e) {
            core.noteRejections().note(event, e);
            assertThat(core.noteRejections().write("request", 100)).isEmpty();
            return e.reason();
        }
        throw new AssertionError("it was let in");
    }

    /// What a tenant sees of those that were turned away.
    List<RecentRejection> turnedAway(String tenant) {
        return Pages.items(1000, page -> core.listRejections().run(lookups -> core.scope(tenant, lookups), page));
    }

    /// Turns provisioning on for an hour.
    ProvisioningWindow provision(Caller user, String tenant, Optional<Long> profileId, Optional<Long> maxChargers) {
        return core.insist(() -> core.startProvisioning()
                        .run(
                                core.door(user, tenant, Role.USER),
                                new NewWindow(profileId, Duration.ofHours(1), maxChargers)))
                .orElseThrow();
    }

    List<Charger> list(String tenant) {
        return Pages.items(1000, page -> core.chargers().list(core.scope(tenant), page));
    }

    Charger find(String tenant, String identity) {
        ChargePointIdentity wanted = new ChargePointIdentity(identity);
        return list(tenant).stream()
                .filter(charger -> charger.identity().equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    ChargerCounts counts(String tenant) {
        return core.chargers().counts(core.scope(tenant, ChargerStore.counts().toArray(Lookup<?>[]::new)));
    }

    /// What the counts must be.
    ChargerCounts recounted(String tenant) {
        ChargerCounts sum = ChargerCounts.NONE;
        for (Charger charger : list(tenant)) {
            sum = sum.plus(ChargerCounts.of(charger));
        }
        return sum;
    }
}
