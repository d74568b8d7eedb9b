package dev.tenantry.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.idempotency.IdempotencyRecordStore.Lock;
import dev.tenantry.idempotency.IdempotencyRecordStore.Slot;
import dev.tenantry.identity.Digest;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.testing.People;
import dev.tenantry.testing.StoreTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class IdempotencyRecordStoreTest extends StoreTest {

    private static final UserId ADA = People.named("ada").id();
    private static final UserId BOB = People.named("bob").id();
    private static final String ROUTE = "POST /tenant/{tenant}/invite";

    private final Slot slot = IdempotencyRecordStore.slot(Optional.of("acme"), ADA, ROUTE, "k");
    private final IdempotencyRecord.Completed answer = new IdempotencyRecord.Completed(
            "digest", 201, Optional.of("/tenant/acme"), Optional.of("\"1\""), Optional.of("{}"));

    @Test
    void keepsAnAnswerForADay() {
        keep(answer);

        clock.advance(IdempotencyRecordStore.RETENTION.minusSeconds(1));
        assertThat(core.idempotencyRecords().find(slot)).contains(answer);
        clock.advance(Duration.ofSeconds(1));
        assertThat(core.idempotencyRecords().find(slot)).isEmpty();
    }

    @Test
    void tellsNoBodyWithoutItsIdempotencyKey() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(IdempotencyRecordStore.digest("k", body))
                .isEqualTo(IdempotencyRecordStore.digest("k", body.clone()))
                .isNotEqualTo(IdempotencyRecordStore.digest("l", body))
                .isNotEqualTo(Digest.of(body));
        // Where the key ends and the body begins is part of it.
        assertThat(IdempotencyRecordStore.digest("k", "xy".getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(IdempotencyRecordStore.digest("kx", "y".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keepsOneAnswerAtATime() {
        keep(answer);
        assertThatThrownBy(() -> keep(answer)).isInstanceOf(Conflict.class);

        clock.advance(IdempotencyRecordStore.RETENTION);
        IdempotencyRecord.Completed another =
                new IdempotencyRecord.Completed("other", 204, Optional.empty(), Optional.empty(), Optional.empty());
        keep(another);
        assertThat(core.idempotencyRecords().find(slot)).contains(another);
    }

    @Test
    void keepsALockUntilItsTimeIsUp() {
        lock();

        assertThat(core.idempotencyRecords().find(slot)).contains(new IdempotencyRecord.InProgress("digest"));
        clock.advance(IdempotencyRecordStore.LEASE.minusSeconds(1));
        assertThatThrownBy(this::lock).isInstanceOf(Conflict.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(core.idempotencyRecords().find(slot)).isEmpty();
        lock();
    }

    @Test
    void completesALockWithItsAnswer() {
        Lock lock = lock();
        core.commit(change -> core.idempotencyRecords().complete(change, lock, answer));

        clock.advance(IdempotencyRecordStore.RETENTION.minusSeconds(1));
        assertThat(core.idempotencyRecords().find(slot)).contains(answer);
    }

    @Test
    void releasesALock() {
        Lock lock = lock();
        core.commit(change -> core.idempotencyRecords().release(change, lock));

        assertThat(core.idempotencyRecords().find(slot)).isEmpty();
        lock();
    }

    @Test
    void neitherCompletesNorReleasesALockThatWasLost() {
        Lock lost = lock();
        clock.advance(IdempotencyRecordStore.LEASE);
        lock();

        assertConflict(change -> core.idempotencyRecords().complete(change, lost, answer));
        assertConflict(change -> core.idempotencyRecords().release(change, lost));
        assertThat(core.idempotencyRecords().find(slot)).contains(new IdempotencyRecord.InProgress("digest"));
    }

    @Test
    void tellsEveryTenantUserRouteAndKeyApart() {
        assertThat(slot)
                .isEqualTo(IdempotencyRecordStore.slot(Optional.of("acme"), ADA, ROUTE, "k"))
                .isNotEqualTo(IdempotencyRecordStore.slot(Optional.of("other"), ADA, ROUTE, "k"))
                .isNotEqualTo(IdempotencyRecordStore.slot(Optional.empty(), ADA, ROUTE, "k"))
                .isNotEqualTo(IdempotencyRecordStore.slot(Optional.of("acme"), BOB, ROUTE, "k"))
                .isNotEqualTo(IdempotencyRecordStore.slot(Optional.of("acme"), ADA, "POST /tenant/{tenant}/ips", "k"))
                .isNotEqualTo(IdempotencyRecordStore.slot(Optional.of("acme"), ADA, ROUTE, "K"));
    }

    private Lock lock() {
        Change change = Change.empty();
        Lock lock = core.idempotencyRecords().lock(change, slot, "digest");
        core.table().commit(change);
        return lock;
    }

    private void keep(IdempotencyRecord.Completed kept) {
        core.commit(change -> core.idempotencyRecords().keep(change, slot, kept));
    }
}
