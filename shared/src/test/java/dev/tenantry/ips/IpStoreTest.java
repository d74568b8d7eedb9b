package dev.tenantry.ips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.addresses.IpBlock;
import dev.tenantry.edit.Edit;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

public class IpStoreTest extends StoreTest {

    @Test
    void keepsAnEntryAsItWasAdded() {
        Instant expiresAt = clock.instant().plusSeconds(60);
        IpEntry permanent = add(ada, "acme", "192.0.2.7");
        IpEntry entry = core.commit(core.addIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewIp(
                                IpBlock.parse("192.0.2.0/24"),
                                Optional.of(new IpDescription("Depot")),
                                IpScope.CHARGER,
                                Optional.of(expiresAt))));

        assertThat(entry)
                .isEqualTo(new IpEntry(
                        2,
                        IpBlock.parse("192.0.2.0/24"),
                        Optional.of(new IpDescription("Depot")),
                        IpScope.CHARGER,
                        Optional.of(expiresAt),
                        ada.id().value(),
                        clock.instant(),
                        1));
        assertThat(list("acme")).containsExactly(permanent, entry);
    }

    @Test
    void cannotSeeAnotherTenantsEntries() {
        IpEntry theirs = add(otto, "other", "198.51.100.7");

        assertOnlyOtherSees(List.of(), this::list);
        assertOnlyOtherSees(IpRegister.NONE, this::register);
        assertOnlyOtherFinds(IpStore.entry(theirs.id()));
        assertOnlyOtherSees(
                true,
                tenant -> core.ips()
                        .allowlist(core.scope(tenant, IpStore.register()), IpScope.CHARGER)
                        .isEmpty());
    }

    @Test
    void cannotChangeAnotherTenantsEntries() {
        IpEntry theirs = add(otto, "other", "198.51.100.7");
        IpRegister register = register("other");

        assertConflict(change -> core.ips().remove(change, core.scope("acme"), register, theirs));
        assertThat(list("other")).containsExactly(theirs);
    }

    @Test
    void numbersTheEntriesOfEachTenantFromOneAndNeverTwice() {
        add(ada, "acme", "192.0.2.1");
        add(ada, "acme", "192.0.2.2");
        remove("acme", 2);

        assertThat(add(ada, "acme", "192.0.2.2").id()).isEqualTo(3);
        assertThat(add(otto, "other", "192.0.2.2").id()).isEqualTo(1);
    }

    @Test
    void changesOnlyTheRegisterItWasDecidedOn() {
        add(ada, "acme", "192.0.2.1");
        TenantScope scope = core.scope("acme", IpStore.register());
        IpRegister seen = core.ips().register(scope);
        IpEntry second = add(ada, "acme", "192.0.2.2");

        assertConflict(change -> core.ips().add(change, scope, seen, decidedBefore()));
        assertThat(list("acme")).hasSize(2).contains(second);
    }

    @Test
    void editsAndRemovesAnEntryOnlyAsItWasRead() {
        IpEntry stale = add(ada, "acme", "192.0.2.1");
        IpEdit edit = new IpEdit(new Edit.Set<>(new IpDescription("Depot")), new Edit.Keep<>());
        IpEntry now =
                core.commit(core.updateIp().run(core.door(ada, "acme", Role.ADMIN), "1", edit, Precondition.NONE));
        TenantScope scope = core.scope("acme", IpStore.register());
        IpRegister register = core.ips().register(scope);

        assertConflict(change -> core.ips().update(change, scope, register, stale, stale.with(edit)));
        assertConflict(change -> core.ips().remove(change, scope, register, stale));
        assertThat(list("acme")).containsExactly(now);
    }

    /// Entries of the first days have no version.
    @Test
    void editsAndRemovesAnEntryThatHasNoVersion() {
        add(ada, "acme", "192.0.2.1");
        add(ada, "acme", "192.0.2.2");
        for (int id = 1; id <= 2; id++) {
            core.table()
                    .commit(Change.empty()
                            .with(Update.of(Keys.ip(core.scope("acme"), id)).remove("version")));
        }
        IpEdit edit = new IpEdit(new Edit.Set<>(new IpDescription("Depot")), new Edit.Keep<>());

        IpEntry edited = core.commit(core.updateIp()
                .run(core.door(ada, "acme", Role.ADMIN), "1", edit, new Precondition(Optional.of(Set.of(0L)))));
        remove("acme", 2);

        assertThat(edited.version()).isEqualTo(1);
        assertThat(list("acme")).containsExactly(edited);
    }

    @Test
    void takesOneOfTwoFirstEntries() {
        TenantScope scope = core.scope("acme", IpStore.register());
        add(ada, "acme", "192.0.2.1");

        assertConflict(change -> core.ips().add(change, scope, core.ips().register(scope), decidedBefore()));
    }

    @Test
    void pagesThroughEntriesByIdWithoutGapOrRepeatAndSkipsThoseThatHaveRunOut() {
        for (int i = 1; i <= 12; i++) {
            add("acme", "192.0.2." + i, i % 3 == 0 ? Optional.of(clock.instant().plusSeconds(1)) : Optional.empty());
        }
        clock.advance(Duration.ofSeconds(1));

        List<Page<IpEntry>> pages = Pages.of(3, page -> core.ips().list(core.scope("acme"), page));

        assertThat(Pages.items(pages)).extracting(IpEntry::id).containsExactly(1L, 2L, 4L, 5L, 7L, 8L, 10L, 11L);
        assertThat(Pages.sizes(pages)).containsExactly(3, 3, 2);
    }

    @Test
    void refusesAPositionThatIsNone() {
        for (String position : List.of("", "x", "-1", "1x", "12345678901234567")) {
            assertThatThrownBy(() -> core.ips().list(core.scope("acme"), new PageRequest(3, Optional.of(position))))
                    .isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void takesEntriesThatHaveRunOutAwayWithTheNextChange() {
        add("acme", "192.0.2.1", Optional.empty());
        add("acme", "192.0.2.2", Optional.of(clock.instant().plusSeconds(1)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(isStored(2)).isTrue();

        add("acme", "192.0.2.3", Optional.empty());

        assertThat(isStored(2)).isFalse();
        assertThat(lines()).containsExactly(1L, 3L);
    }

    @Test
    void takesNoMoreAwayThanOneTransactionHolds() {
        Instant expiresAt = clock.instant().plusSeconds(1);
        add("acme", "198.51.100.0", Optional.empty());
        for (int i = 1; i <= 120; i++) {
            // A millisecond has 32 audit ids: a few changes at a time.
            clock.advance(Duration.ofMillis(1));
            add("acme", "192.0.2." + i, Optional.of(expiresAt));
        }
        clock.advance(Duration.ofSeconds(1));

        add("acme", "198.51.100.1", Optional.empty());
        assertThat(lines())
                .containsExactlyElementsOf(LongStream.concat(LongStream.of(1), LongStream.rangeClosed(52, 122))
                        .boxed()
                        .toList());
        assertThat(list("acme")).extracting(IpEntry::id).containsExactly(1L, 122L);
        assertThat(isStored(51)).isFalse();
        assertThat(isStored(52)).isTrue();

        remove("acme", 122);
        assertThat(lines()).hasSize(21);
        add("acme", "198.51.100.2", Optional.empty());
        assertThat(lines()).containsExactly(1L, 123L);
    }

    @Test
    void tellsWhoMayPassInEachScope() {
        add(ada, "acme", "192.0.2.0/24");
        clock.advance(Duration.ofMillis(1));
        core.commit(core.addIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewIp(IpBlock.parse("203.0.113.0/24"), Optional.empty(), IpScope.API, Optional.empty())));
        TenantScope scope = core.scope("acme", IpStore.register());

        Allowlist chargers = core.ips().allowlist(scope, IpScope.CHARGER);
        assertThat(chargers.allows("192.0.2.7", clock.instant())).isTrue();
        assertThat(chargers.allows("203.0.113.10", clock.instant())).isFalse();
        Allowlist callers = core.ips().allowlist(scope, IpScope.API);
        assertThat(callers.allows("192.0.2.7", clock.instant())).isFalse();
        assertThat(callers.allows("203.0.113.10", clock.instant())).isTrue();
    }

    private IpEntry add(Caller caller, String tenant, String block) {
        return core.commit(core.addIp()
                .run(
                        core.door(caller, tenant, Role.ADMIN),
                        new NewIp(IpBlock.parse(block), Optional.empty(), IpScope.CHARGER, Optional.empty())));
    }

    private void add(String tenant, String block, Optional<Instant> expiresAt) {
        core.commit(core.addIp()
                .run(
                        core.door(ada, tenant, Role.ADMIN),
                        new NewIp(IpBlock.parse(block), Optional.empty(), IpScope.CHARGER, expiresAt)));
    }

    private IpEntry decidedBefore() {
        return new IpEntry(
                9,
                IpBlock.parse("192.0.2.9"),
                Optional.empty(),
                IpScope.CHARGER,
                Optional.empty(),
                "x",
                clock.instant(),
                1);
    }

    private void remove(String tenant, long id) {
        core.commit(core.removeIp().run(core.door(ada, tenant, Role.ADMIN), Long.toString(id), Precondition.NONE));
    }

    private List<IpEntry> list(String tenant) {
        return core.ips().list(core.scope(tenant), Pages.LARGEST).items();
    }

    private IpRegister register(String tenant) {
        return core.ips().register(core.scope(tenant, IpStore.register()));
    }

    private List<Long> lines() {
        return register("acme").lines().stream().map(IpRegister.Line::id).toList();
    }

    private boolean isStored(long id) {
        return !core.table().read(Keys.ip(core.scope("acme"), id)).isEmpty();
    }
}
