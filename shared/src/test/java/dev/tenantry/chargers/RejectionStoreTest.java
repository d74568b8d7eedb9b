package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.StoreTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class RejectionStoreTest extends StoreTest {

    private static final String LONGEST_IP = "2001:db8:1111:2222:3333:4444:5555:6666";

    private final Broker broker = new Broker(core, clock);

    private RecentRejection rejection(String identity, Reason reason) {
        return RecentRejection.of(new ChargePointIdentity(identity), reason, Broker.DEPOT, clock.instant());
    }

    private void write(String tenant, List<RecentRejection> more) {
        core.commit(change -> write(change, tenant, more));
    }

    private void write(Change change, String tenant, List<RecentRejection> more) {
        TenantScope scope = core.scope(tenant, RejectionStore.recent());
        RejectionStore.Stored from = core.rejections().stored(scope);
        core.rejections()
                .write(change, scope, from, from.recent().at(scope.now()).with(more));
    }

    private long count(String tenant) {
        return core.rejections().count(core.scope(tenant, RejectionStore.recent()));
    }

    @Test
    void keepsWhatItIsTold() {
        List<RecentRejection> all = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            all.add(rejection("RDAM " + reason.ordinal(), reason));
        }
        write("acme", all);
        assertThat(broker.turnedAway("acme")).containsExactlyInAnyOrderElementsOf(all);
        assertThat(count("acme")).isEqualTo(all.size());
    }

    @Test
    void countsTogetherWhatHasOneIdentityReasonAndAddress() {
        Instant first = clock.instant();
        write("acme", List.of(rejection("Wallbox-1", Reason.BAD_CREDENTIALS)));
        clock.advance(Duration.ofMinutes(5));
        RecentRejection again = rejection("WALLBOX-1", Reason.BAD_CREDENTIALS);
        write(
                "acme",
                List.of(
                        again,
                        again,
                        rejection("Wallbox-1", Reason.UNKNOWN_CHARGER),
                        RecentRejection.of(
                                new ChargePointIdentity("Wallbox-1"),
                                Reason.BAD_CREDENTIALS,
                                "::ffff:192.0.2.11",
                                clock.instant())));

        assertThat(broker.turnedAway("acme"))
                .extracting(RecentRejection::reason, RecentRejection::sourceIp, RecentRejection::count)
                .containsExactlyInAnyOrder(
                        tuple(Reason.BAD_CREDENTIALS, Broker.DEPOT, 3L),
                        tuple(Reason.UNKNOWN_CHARGER, Broker.DEPOT, 1L),
                        tuple(Reason.BAD_CREDENTIALS, "192.0.2.11", 1L));
        assertThat(broker.turnedAway("acme"))
                .filteredOn(it -> it.count() == 3)
                .singleElement()
                .isEqualTo(new RecentRejection(
                        again.identity(), again.reason(), again.sourceIp(), 3, first, clock.instant()));
    }

    @Test
    void forgetsAfterSevenDays() {
        write("acme", List.of(rejection("old", Reason.UNKNOWN_CHARGER)));
        clock.advance(Duration.ofDays(3));
        write("acme", List.of(rejection("new", Reason.UNKNOWN_CHARGER)));
        clock.advance(Duration.ofDays(4).minusMillis(1));
        assertThat(count("acme")).isEqualTo(2);
        clock.advance(Duration.ofMillis(1));
        assertThat(broker.turnedAway("acme"))
                .singleElement()
                .extracting(it -> it.identity().value())
                .isEqualTo("new");
        assertThat(count("acme")).isEqualTo(1);
        clock.advance(Duration.ofDays(3));
        assertThat(broker.turnedAway("acme")).isEmpty();
        assertThat(count("acme")).isZero();
    }

    @Test
    void keepsTheLatest200InLessThan28KilobytesHoweverLongTheyAre() {
        for (int round = 0; round < 3; round++) {
            List<RecentRejection> flood = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                String number = "%03d".formatted(round * 150 + i);
                clock.advance(Duration.ofMillis(1));
                RecentRejection one = new RecentRejection(
                        new ChargePointIdentity("x".repeat(45) + number),
                        Reason.INSECURE_TRANSPORT,
                        LONGEST_IP,
                        Integer.MAX_VALUE,
                        clock.instant().minus(Duration.ofDays(6)),
                        clock.instant());
                flood.add(one);
            }
            write("acme", flood);
        }
        assertThat(count("acme")).isEqualTo(200);
        assertThat(broker.turnedAway("acme").getFirst().identity().value()).endsWith("449");
        assertThat(broker.turnedAway("acme").getLast().identity().value()).endsWith("250");
        assertThat(contents().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(28 * 1024 + contentsOfAnEmptyTable());
    }

    private int contentsOfAnEmptyTable() {
        // What the two tenants take besides.
        return 8 * 1024;
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        List<RecentRejection> all = new ArrayList<>();
        for (String identity : List.of("b", "A", "C c", "a-1", "d")) {
            clock.advance(Duration.ofMillis(1));
            all.addFirst(rejection(identity, Reason.UNKNOWN_CHARGER));
        }
        // Of one moment.
        all.addFirst(rejection("d", Reason.BAD_CREDENTIALS));
        all.addFirst(rejection("a", Reason.BAD_CREDENTIALS));
        write("acme", all);
        List<RecentRejection> listed =
                Pages.items(2, page -> core.listRejections().run(lookups -> core.scope("acme", lookups), page));
        assertThat(listed).containsExactlyElementsOf(all).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "0000000000000000", "0000000000000000 ", "000000000000000a a b c", "1\n"})
    void refusesACursorThatItNeverGaveOut(String position) {
        assertThatThrownBy(() -> core.listRejections()
                        .run(lookups -> core.scope("acme", lookups), new PageRequest(1, Optional.of(position))))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void writesOnlyWhatItRead() {
        write("acme", List.of(rejection("a", Reason.UNKNOWN_CHARGER)));
        Change stale = Change.empty();
        write(stale, "acme", List.of(rejection("b", Reason.UNKNOWN_CHARGER)));
        write("acme", List.of(rejection("c", Reason.UNKNOWN_CHARGER)));
        assertThatThrownBy(() -> core.table().commit(stale)).isInstanceOf(Conflict.class);
        assertThat(count("acme")).isEqualTo(2);
    }

    @Test
    void cannotSeeAnotherTenantsRejections() {
        write("other", List.of(rejection("theirs", Reason.UNKNOWN_CHARGER)));
        assertOnlyOtherSees(List.of(), broker::turnedAway);
        assertOnlyOtherSees(0L, this::count);
        assertOnlyOtherFinds(RejectionStore.recent());
    }

    @Test
    void cannotChangeAnotherTenantsRejections() {
        write("other", List.of(rejection("theirs", Reason.UNKNOWN_CHARGER)));
        List<RecentRejection> theirs = broker.turnedAway("other");
        write("acme", List.of(rejection("ours", Reason.UNKNOWN_CHARGER)));
        assertThat(broker.turnedAway("other")).isEqualTo(theirs);
    }
}
