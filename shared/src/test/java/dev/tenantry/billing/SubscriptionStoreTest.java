package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

public class SubscriptionStoreTest {

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(dynamoDb(), clock);

    protected DynamoDbClient dynamoDb() {
        return DynamoDbLocal.client();
    }

    @Test
    void keepsEveryField() {
        core.tenant("acme", People.named("ada"));
        for (boolean ending : new boolean[] {true, false}) {
            Subscription full = subscription(ending, Optional.of(clock.instant()), 1);
            save(full);
            assertThat(find("acme")).contains(full);
        }
        Subscription without = subscription(false, Optional.empty(), 2);
        save(without);
        assertThat(find("acme")).contains(without);
    }

    @Test
    void cannotSeeAnotherTenantsSubscription() {
        core.tenant("acme", People.named("ada"));
        core.tenant("other", People.named("ada"));
        save(subscription(false, Optional.empty(), 1));
        assertThat(find("acme")).isPresent();
        assertThat(find("other")).isEmpty();
    }

    @Test
    void cannotChangeAnotherTenantsSubscription() {
        core.tenant("acme", People.named("ada"));
        core.tenant("other", People.named("ada"));
        Subscription theirs = subscription(false, Optional.empty(), 1);
        save(theirs);
        Change change = Change.empty();
        core.subscriptions().update(change, core.scope("other"), theirs, subscription(true, Optional.empty(), 2));

        assertThatThrownBy(() -> core.table().commit(change)).isInstanceOf(Conflict.class);
        assertThat(find("acme")).contains(theirs);
        assertThat(find("other")).isEmpty();
    }

    private Optional<Subscription> find(String prefix) {
        return core.subscriptions().find(core.scope(prefix, SubscriptionStore.subscription()));
    }

    private void save(Subscription subscription) {
        TenantScope scope = core.scope("acme", SubscriptionStore.subscription());
        Change change = Change.in(scope);
        core.subscriptions()
                .find(scope)
                .ifPresentOrElse(
                        from -> core.subscriptions().update(change, scope, from, subscription),
                        () -> core.subscriptions().add(change, scope, subscription));
        core.table().commit(change);
    }

    private Subscription subscription(boolean ending, Optional<java.time.Instant> periodEnd, long version) {
        return new Subscription(
                core.tenants().tenant(core.scope("acme")).id(),
                5,
                "Charge points",
                SubscriptionStatus.EXPIRED,
                12,
                "sub_1",
                ending,
                periodEnd,
                clock.instant(),
                clock.instant(),
                version,
                version);
    }
}
