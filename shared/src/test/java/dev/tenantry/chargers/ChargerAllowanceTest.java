package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.storage.Change;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.States;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChargerAllowanceTest extends TwoTenants {

    private static final CustomerId CUSTOMER = new CustomerId("cus_1");

    private final Broker usual = new Broker(core, clock);
    private final Broker registration = enforcing("registration");
    private final Broker connection = enforcing("connection");

    private Broker enforcing(String enforcement) {
        return new Broker(Core.enforcing(enforcement, faulty.client(), core.tableName(), clock), clock);
    }

    @BeforeEach
    void openWindow() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        usual.provision(ada, "acme", Optional.empty(), Optional.empty());
        TenantScope scope = core.scope("acme");
        Change change = Change.in(scope);
        core.tenants().assignCustomer(change, scope, core.tenants().tenant(scope), CUSTOMER.value());
        core.table().commit(change);
    }

    private void subscribe(String status, int quantity) {
        clock.advance(Duration.ofSeconds(1));
        stripe.put(
                CUSTOMER,
                new BilledSubscription(
                        "sub_1", States.of(status), Instant.parse("2025-10-15T15:19:50Z"), quantity, "prod_1"));
        core.commit(core.followSubscription()
                .run(
                        new StripeEvent(
                                "evt_" + clock.millis(), "customer.subscription.updated", Optional.of(CUSTOMER)),
                        "request",
                        clock.instant()));
    }

    private static void reject(Broker broker, Reason reason, String identity) {
        assertThatThrownBy(() -> broker.connect("acme", identity))
                .isInstanceOf(Rejection.class)
                .extracting(e -> ((Rejection) e).reason())
                .isEqualTo(reason);
    }

    @Test
    void asksForNoSubscriptionUnlessTheOperatorDoes() {
        assertThat(usual.connect("acme", "Wallbox-1").registered()).isTrue();
    }

    @Test
    void registersAsManyAsAnActiveSubscriptionPaysFor() {
        reject(registration, Reason.CHARGER_LIMIT, "Wallbox-1");
        subscribe("active", 2);
        assertThat(registration.connect("acme", "Wallbox-1").registered()).isTrue();
        assertThat(registration.connect("acme", "Wallbox-2").registered()).isTrue();
        reject(registration, Reason.CHARGER_LIMIT, "Wallbox-3");
        subscribe("trialing", 3);
        assertThat(registration.connect("acme", "Wallbox-3").registered()).isTrue();
        subscribe("canceled", 3);
        reject(registration, Reason.CHARGER_LIMIT, "Wallbox-4");
        // Those that are there stay.
        assertThat(registration.connect("acme", "Wallbox-1").registered()).isFalse();
    }

    @Test
    void letsNobodyConnectWithoutAnActiveSubscription() {
        usual.connect("acme", "Wallbox-1");
        reject(connection, Reason.SUBSCRIPTION_INACTIVE, "Wallbox-1");
        reject(connection, Reason.SUBSCRIPTION_INACTIVE, "Wallbox-2");
        subscribe("past_due", 1);
        assertThat(connection.connect("acme", "Wallbox-1").registered()).isFalse();
        reject(connection, Reason.CHARGER_LIMIT, "Wallbox-2");
        subscribe("unpaid", 1);
        reject(connection, Reason.SUBSCRIPTION_INACTIVE, "Wallbox-1");
        // It is over all the same, and what is open may go on.
        connection.boot(connection.event("acme", "Wallbox-1", "c"), Nameplate.NONE);
        connection.disconnect(connection.event("acme", "Wallbox-1", "connection-Wallbox-1"));
        assertThat(usual.counts("acme").online()).isZero();
    }

    @Test
    void costsAKnownChargerNoRoundTrip() {
        subscribe("active", 2);
        connection.connect("acme", "Wallbox-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(Core.roundTrips(() -> connection.connect(connection.event("acme", "Wallbox-1", "d"))))
                .isEqualTo(2);
    }

    /// Those that register at the same moment are not counted yet.
    @Test
    void canBePassedByAsManyAsRegisterAtTheSameMoment() throws InterruptedException {
        int threads = 6;
        subscribe("active", 3);
        List<Object> outcomes = Race.run(threads, i -> () -> registration.connect("acme", "Wallbox-" + i));
        long in = outcomes.stream().filter(Accepted.class::isInstance).count();
        assertThat(in).isBetween(3L, (long) threads);
        assertThat(usual.counts("acme").total()).isEqualTo(in);
        reject(registration, Reason.CHARGER_LIMIT, "Wallbox-9");
    }

    /// Whoever reads it should not look for a charger to remove.
    @Test
    void saysThatTheSubscriptionIsForNoMore() {
        subscribe("active", 1);
        registration.connect("acme", "Wallbox-1");
        Core enforcing = Core.enforcing("registration", faulty.client(), core.tableName(), clock);
        NewCharger another = new NewCharger(
                "",
                new ChargePointIdentity("Wallbox-2"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> enforcing.addChargers().run(core.door(ada, "acme", Role.USER), List.of(another)))
                .isInstanceOfSatisfying(LimitReached.class, e -> {
                    assertThat(e.isSubscribed()).isTrue();
                    assertThat(e.limit()).isEqualTo(1);
                });
    }
}
