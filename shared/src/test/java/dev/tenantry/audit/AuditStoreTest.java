package dev.tenantry.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.StoreTest;
import dev.tenantry.text.Absent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public class AuditStoreTest extends StoreTest {

    @BeforeEach
    void letTimeGoOn() {
        clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void tellsWhoDidWhatToWhat() {
        Map<String, Object> before = Map.of("role", "user", "customDomain", Absent.NULL, "count", 3L, "flag", true);
        record(List.of(Event.changed("target", before, Map.of("role", "admin"))));

        AuditEntry entry = list("acme").getFirst();

        assertThat(entry.action()).isEqualTo("user.role_changed");
        assertThat(entry.actorId()).isEqualTo(People.named("operator").id().value());
        assertThat(entry.actorIp()).contains("203.0.113.10");
        assertThat(entry.requestId()).isEqualTo("request-of-operator");
        assertThat(entry.targetType()).isEqualTo("user");
        assertThat(entry.targetId()).isEqualTo("target");
        assertThat(entry.before()).contains(before);
        assertThat(entry.after()).contains(Map.of("role", "admin"));
        assertThat(entry.createdAt()).isEqualTo(clock.instant());
    }

    @Test
    void listsWhatOneActorDidPageByPage() {
        recordMany(3);
        clock.advance(Duration.ofMillis(1));
        TenantScope scope = core.scope("acme");
        Actor stripe = new Actor("stripe", Optional.empty(), "event");
        for (int i = 0; i < 4; i++) {
            Event event = Event.created("by stripe " + i, Map.of("quantity", 1L));
            core.commit(change -> core.audit().record(change, scope, stripe, AuditAction.SUBSCRIPTION_CHANGED, event));
            clock.advance(Duration.ofMillis(1));
            recordMany(2);
            clock.advance(Duration.ofMillis(1));
        }

        for (int limit : List.of(1, 3, 100)) {
            assertThat(pages(limit, Optional.empty(), Optional.of("stripe")))
                    .extracting(AuditEntry::targetId)
                    .containsExactly("by stripe 3", "by stripe 2", "by stripe 1", "by stripe 0");
        }
        assertThat(pages(2, Optional.of(AuditAction.USER_JOINED), Optional.of("stripe")))
                .isEmpty();
        assertThat(pages(2, Optional.empty(), Optional.of("nobody"))).isEmpty();
    }

    @Test
    void listsNewestFirstAndPagesInsideAChangeOfMany() {
        recordMany(90);
        clock.advance(Duration.ofMillis(1));
        recordMany(5);

        List<AuditEntry> whole = list("acme");

        assertThat(whole)
                .hasSize(96)
                .isSortedAccordingTo(Comparator.comparingLong(AuditEntry::id).reversed());
        assertThat(whole).extracting(AuditEntry::id).doesNotHaveDuplicates().allMatch(id -> id < 1L << 53);
        assertThat(pages(7, Optional.empty())).isEqualTo(whole);
        assertThat(pages(7, Optional.of(AuditAction.USER_ROLE_CHANGED))).isEqualTo(whole.subList(0, 95));
    }

    @Test
    void readsNoMoreOfALongTrailThanAPageNeeds() {
        for (int i = 0; i < 150; i++) {
            clock.advance(Duration.ofMillis(1));
            recordMany(90);
        }
        TenantScope scope = core.scope("acme");

        // A thousand entries are a dozen rows; as many rows as entries would be more than a megabyte, and a trip more.
        assertThat(Core.roundTrips(() -> core.audit()
                        .list(
                                scope,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Pages.LARGEST)))
                .isEqualTo(1);
    }

    @Test
    void endsAPageWhereItsEntriesAreAMegabyte() {
        Map<String, Object> configuration = Map.of("configuration", "x".repeat(50_000));
        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofMillis(1));
            record(List.of(Event.changed("1", configuration, configuration), Event.changed("2", Map.of(), Map.of())));
        }
        TenantScope scope = core.scope("acme");

        Page<AuditEntry> first = core.audit()
                .list(scope, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Pages.LARGEST);

        assertThat(first.items().size()).isBetween(15, 25);
        assertThat(pages(1000, Optional.empty()))
                .hasSize(1 + 60)
                .extracting(AuditEntry::id)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(pages(1000, Optional.of(AuditAction.USER_ROLE_CHANGED))).hasSize(60);
        assertThat(pages(3, Optional.of(AuditAction.USER_ROLE_CHANGED))).hasSize(60);
    }

    @Test
    void tellsOfSeveralActionsOfOneChangeWhateverItDraws() {
        // The highest number each time: the next one begins from the bottom.
        Core unlucky = Core.over(faulty.client(), core.tableName(), clock, mailbox, () -> -1L);
        TenantScope scope = core.scope("acme");
        core.commit(change -> {
            unlucky.audit().record(change, scope, AuditAction.PROFILE_CREATED, Event.created("1", Map.of()));
            unlucky.audit()
                    .record(
                            change,
                            scope,
                            AuditAction.PROFILE_UPDATED,
                            List.of(Event.created("2", Map.of()), Event.created("3", Map.of())));
            unlucky.audit().record(change, scope, AuditAction.PROFILE_DELETED, Event.removed("4", Map.of()));
        });

        List<AuditEntry> entries = list(Optional.of(clock.instant()), Optional.empty(), Optional.empty()).stream()
                .filter(entry -> entry.targetType().equals("profile"))
                .toList();
        assertThat(entries).extracting(AuditEntry::targetId).containsExactlyInAnyOrder("1", "2", "3", "4");
        assertThat(entries).extracting(AuditEntry::id).doesNotHaveDuplicates().allMatch(id -> id < 1L << 53);
    }

    @Test
    void listsAHalfOpenSpanOfTime() {
        Instant first = clock.instant();
        recordMany(1);
        clock.advance(Duration.ofMillis(1));
        Instant second = clock.instant();
        recordMany(1);

        assertThat(list(Optional.of(first), Optional.of(second), Optional.empty()))
                .extracting(AuditEntry::createdAt)
                .containsExactly(first);
        assertThat(list(Optional.of(second), Optional.empty(), Optional.empty()))
                .extracting(AuditEntry::createdAt)
                .containsExactly(second);
        assertThat(list(Optional.of(second.plusMillis(1)), Optional.empty(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void tellsTimesBetweenTwoMillisecondsFromTheEntriesOfBoth() {
        record(List.of(Event.created("1", Map.of())));
        Instant at = list("acme").getFirst().createdAt();
        Instant justAfter = at.plusNanos(1);

        assertThat(list(Optional.of(at), Optional.empty(), Optional.of(AuditAction.USER_ROLE_CHANGED)))
                .hasSize(1);
        assertThat(list(Optional.of(justAfter), Optional.empty(), Optional.of(AuditAction.USER_ROLE_CHANGED)))
                .isEmpty();
        assertThat(list(Optional.empty(), Optional.of(justAfter), Optional.of(AuditAction.USER_ROLE_CHANGED)))
                .hasSize(1);
        assertThat(list(Optional.empty(), Optional.of(at), Optional.of(AuditAction.USER_ROLE_CHANGED)))
                .isEmpty();
    }

    @Test
    void takesAnyTimeThatCanBeAskedFor() {
        assertThat(list(Optional.of(Instant.MIN), Optional.of(Instant.MAX), Optional.empty()))
                .hasSize(1);
    }

    @Test
    void listsOneActionAlone() {
        recordMany(3);

        assertThat(list(Optional.empty(), Optional.empty(), Optional.of(AuditAction.TENANT_CREATED)))
                .extracting(AuditEntry::action)
                .containsExactly("tenant.created");
    }

    @Test
    void cannotSeeAnotherTenantsTrail() {
        core.commit(change -> core.audit()
                .record(change, core.scope("other"), AuditAction.USER_REMOVED, Event.removed("theirs", Map.of())));

        // That it was founded.
        assertOnlyOtherSees(1, tenant -> list(tenant).size());
    }

    @Test
    void refusesAPositionThatIsNoId() {
        PageRequest forged = new PageRequest(1, Optional.of("MEMBER#"));

        assertThatThrownBy(() -> core.audit()
                        .list(
                                core.scope("acme"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                forged))
                .isInstanceOf(InvalidRequest.class);
    }

    private void recordMany(int events) {
        record(IntStream.range(0, events)
                .mapToObj(i -> Event.changed("user-" + i, Map.of("role", "user"), Map.of("role", "viewer")))
                .toList());
    }

    private void record(List<Event> events) {
        core.commit(change -> core.audit().record(change, core.scope("acme"), AuditAction.USER_ROLE_CHANGED, events));
    }

    private List<AuditEntry> list(String tenant) {
        return core.audit()
                .list(
                        core.scope(tenant),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Pages.LARGEST)
                .items();
    }

    private List<AuditEntry> list(Optional<Instant> from, Optional<Instant> to, Optional<AuditAction> action) {
        return core.audit()
                .list(core.scope("acme"), from, to, action, Optional.empty(), Pages.LARGEST)
                .items();
    }

    private List<AuditEntry> pages(int limit, Optional<AuditAction> action) {
        return pages(limit, action, Optional.empty());
    }

    private List<AuditEntry> pages(int limit, Optional<AuditAction> action, Optional<String> actorId) {
        return Pages.items(
                limit,
                page -> core.audit()
                        .list(core.scope("acme"), Optional.empty(), Optional.empty(), action, actorId, page));
    }
}
