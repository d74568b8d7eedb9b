package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.storage.Conflict;
import dev.tenantry.testing.StoreTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class StripeEventStoreTest extends StoreTest {

    private final StripeEventStore events = new StripeEventStore(clock);

    @Test
    void knowsAnEventForAsLongAsItMayComeAgain() {
        StripeEvent event = event("evt_1");
        assertThat(isDone(event)).isFalse();
        done("acme", event);
        assertThat(isDone(event)).isTrue();
        assertThat(isDone(event("evt_2"))).isFalse();

        clock.advance(StripeEventStore.RETENTION.minusSeconds(1));
        assertThat(isDone(event)).isTrue();
        clock.advance(StripeEventStore.RETENTION);
        // The row may still be there.
        assertThat(isDone(event)).isFalse();
        assertThatCode(() -> done("acme", event)).doesNotThrowAnyException();
    }

    /// Stripe gives an id out once, whoever it concerns.
    @Test
    void takesAnEventOnceWhicheverTenantItIsFor() {
        done("acme", event("evt_1"));
        assertThatThrownBy(() -> done("acme", event("evt_1"))).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> done("other", event("evt_1"))).isInstanceOf(Conflict.class);
        assertThatCode(() -> done("other", event("evt_2"))).doesNotThrowAnyException();
    }

    private void done(String tenant, StripeEvent event) {
        core.commit(change -> events.done(change, event));
    }

    private boolean isDone(StripeEvent event) {
        return events.isDone(core.table().read(StripeEventStore.key(event)));
    }

    private static StripeEvent event(String id) {
        return new StripeEvent(id, "customer.subscription.updated", Optional.empty());
    }
}
