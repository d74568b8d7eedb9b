package dev.tenantry.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.chargers.ChargerFilter;
import dev.tenantry.chargers.NewCharger;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.IssuedInvite;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.operator.ErasePerson.Erasure;
import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.InviteAlreadyUsed;
import dev.tenantry.refusal.Refusal.InviteRevoked;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

class ErasePersonTest extends FullTenant {

    private static final DomainPrefix OTHER = new DomainPrefix("other");

    @Test
    void leavesNoTraceOfAnAdminWhoDidEverything() {
        fill();
        assertThat(telling(bea.id().value(), "bea@example.com")).hasSizeGreaterThan(3);
        List<AuditEntry> before = core.trail("acme");
        clock.advance(Duration.ofSeconds(1));

        Erasure erasure = erase(bea);

        assertThat(erasure.isComplete()).isTrue();
        assertThat(erasure.people()).containsExactly(bea.id());
        assertThat(erasure.tenants()).containsOnlyKeys(ACME);
        assertThat(erasure.tenants().get(ACME)).containsEntry("members", 1).containsEntry("invites", 1);
        assertThat(telling(bea.id().value(), "bea@example.com")).isEmpty();

        // What they did stays told, in its order.
        List<AuditEntry> after = core.trail("acme");
        assertThat(after.subList(after.size() - before.size(), after.size()))
                .extracting(AuditEntry::id, AuditEntry::action)
                .isEqualTo(before.stream()
                        .map(entry -> tuple(entry.id(), entry.action()))
                        .toList());
        assertThat(after)
                .filteredOn(entry -> entry.actorId().equals(UserId.ERASED.value()))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.actorIp()).isEmpty());
        assertThat(after)
                .filteredOn(entry -> entry.actorId().equals(ada.id().value()))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.actorIp()).isPresent());
        assertThat(core.trail("acme", AuditAction.USER_REMOVED).getFirst()).satisfies(entry -> {
            assertThat(entry.actorId()).isEqualTo("operator");
            assertThat(entry.targetId()).isEqualTo(UserId.ERASED.value());
            assertThat(entry.before()).contains(Map.of("role", "admin"));
        });
        assertThat(core.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
        assertThat(erase(bea).tenants()).isEmpty();
    }

    @Test
    void erasesWhoHasLeftLongAgo() {
        fill();
        assertThat(telling(cyd.id().value())).isNotEmpty();

        assertThat(erase(cyd).tenants()).containsOnlyKeys(ACME);

        assertThat(telling(cyd.id().value(), "cyd@example.com")).isEmpty();
    }

    /// By address: whoever has it, in every tenant.
    @Test
    void findsAPersonByTheirAddress() {
        fill();
        join("other", People.named("eve"), Role.ADMIN);

        Erasure erasure = core.erasePerson()
                .run(Optional.empty(), Optional.of(EmailIdentity.of("DAN@example.com")), false, REQUEST, () -> true);

        assertThat(erasure.people()).containsExactly(dan.id());
        assertThat(erasure.tenants()).containsOnlyKeys(ACME, OTHER);
        assertThat(telling(dan.id().value(), "dan@example.com")).isEmpty();
    }

    @Test
    void erasesSomebodyWhoWasOnlyInvited() {
        fill();
        IssuedInvite issued = invite(ada, "Guest@example.org");

        Erasure erasure = core.erasePerson()
                .run(Optional.empty(), Optional.of(EmailIdentity.of("guest@example.org")), false, REQUEST, () -> true);

        assertThat(erasure.people()).isEmpty();
        assertThat(erasure.tenants().get(ACME)).containsEntry("invites", 1);
        assertThat(telling(
                        "guest@example.org",
                        EmailIdentity.of("guest@example.org").digest()))
                // The token that was mailed still tells its holder what became of it.
                .allMatch(text ->
                        text.equals(EmailIdentity.of("guest@example.org").digest()));
        Caller guest = People.named("guest");
        Caller theirs = new Caller(
                guest.id(), Optional.of("guest@example.org"), true, "", "", guest.sourceIp(), guest.requestId());
        assertThatExceptionOfType(InviteRevoked.class)
                .isThrownBy(() -> core.acceptInvite().run(theirs, issued.token().value()));
    }

    /// The token of an invite that was accepted says so after its sender is gone.
    @Test
    void leavesTheWordForWhatBecameOfAnInvite() {
        fill();
        IssuedInvite issued = invite(bea, "eve@example.com");
        Caller eve = People.named("eve");
        core.insist(() -> core.acceptInvite().run(eve, issued.token().value()));
        erase(bea);
        assertThatExceptionOfType(InviteAlreadyUsed.class)
                .isThrownBy(() -> core.acceptInvite().run(eve, issued.token().value()));
    }

    @Test
    void takesNoTenantItsLastAdmin() {
        fill();
        erase(bea);
        Set<String> before = texts();

        assertThatExceptionOfType(NotPossible.class)
                .isThrownBy(() -> erase(ada))
                .satisfies(e -> assertThat(e.code()).isEqualTo("last_admin"))
                .withMessageContaining("acme (active)");

        assertThat(texts()).isEqualTo(before);
        delete();
        assertThatExceptionOfType(NotPossible.class)
                .isThrownBy(() -> erase(ada))
                .withMessageContaining("acme (deleted)");
        core.purgeTenant().run(ACME, REQUEST, () -> true);
        assertThat(erase(ada).isComplete()).isTrue();
        assertThat(telling(ada.id().value(), "ada@example.com")).isEmpty();
    }

    @Test
    void tellsWhatItWouldEraseAndErasesNothing() {
        fill();
        Set<String> before = texts();

        Erasure look = core.erasePerson().run(Optional.of(bea.id()), Optional.empty(), true, REQUEST, () -> true);

        assertThat(texts()).isEqualTo(before);
        assertThat(look.tenants().get(ACME)).containsEntry("members", 1).containsEntry("invites", 1);
        assertThat(look.tenants().get(ACME)).containsKey("rows");
        // Whoever does it afterwards comes to the same.
        assertThat(erase(bea).tenants()).isEqualTo(look.tenants());
    }

    /// A deleted tenant can be restored, and its people are in it then.
    @Test
    void erasesFromDeletedTenantsToo() {
        fill();
        delete();

        assertThat(erase(bea).tenants()).containsOnlyKeys(ACME);

        assertThat(telling(bea.id().value(), "bea@example.com")).isEmpty();
        core.commit(core.restoreTenant().run(ACME, REQUEST));
        assertThat(core.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
    }

    /// Whose address is another member's by now, who may have left.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsNoAddressThatAFormerHolderIsStillCalledBy(boolean isGone) {
        fill();
        Caller heir = as(People.named("heir"), "heir@example.com");
        join("acme", heir, Role.USER);
        Caller renamed = as(heir, "bea@example.com");
        var scope = core.door(renamed, "acme", Role.VIEWER).open();
        core.table().commit(core.followIdentity().run(scope, renamed));
        if (isGone) {
            core.insist(() -> core.removeMember().run(door(ada), heir.id().value()));
        }

        assertThat(erase(heir).isComplete()).isTrue();

        assertThat(telling(heir.id().value(), "bea@example.com")).isEmpty();
        assertThat(telling(bea.id().value())).isNotEmpty();
    }

    /// Whoever stops the command does not stop the function: a second run begins while the first one looks for the
    /// last time, after the person came and went again.
    @Test
    void doesNotEndWhatAnotherRunHasBegun() {
        fill();
        AtomicInteger steps = new AtomicInteger();
        AtomicBoolean isStopped = new AtomicBoolean();
        Erasure first = core.erasePerson().run(Optional.of(bea.id()), Optional.empty(), false, REQUEST, () -> {
            // A member, her invite, the rows, and then the end.
            if (steps.incrementAndGet() == 4) {
                clock.advance(Duration.ofSeconds(1));
                join("acme", bea, Role.USER);
                leave("acme");
                AtomicInteger left = new AtomicInteger(0);
                isStopped.set(!core.erasePerson()
                        .run(Optional.of(bea.id()), Optional.empty(), false, REQUEST, () -> left.getAndDecrement() > 0)
                        .isComplete());
            }
            return true;
        });

        assertThat(isStopped).isTrue();
        assertThat(telling(bea.id().value())).isNotEmpty();
        assertThat(first.isComplete()).isFalse();
        assertThat(erase(bea).isComplete()).isTrue();
        assertThat(telling(bea.id().value(), "bea@example.com", "ERASURE")).isEmpty();
    }

    /// So it is where the second run begins when all has been looked for, and only the erasure itself is left.
    @Test
    void isNotForgottenWhileAnotherRunBegins() {
        fill();
        core.tenant("zeta", ada);
        AtomicBoolean isLast = new AtomicBoolean();
        AtomicBoolean isStopped = new AtomicBoolean();
        Erasure first = core.erasePerson().run(Optional.of(bea.id()), Optional.empty(), false, REQUEST, () -> {
            if (telling("ERASURE_IN").isEmpty()
                    && telling("MEMBER#" + bea.id().value()).isEmpty()
                    && !isLast.get()) {
                isLast.set(true);
                faulty.next("transactWriteItems", (_, call) -> {
                    clock.advance(Duration.ofSeconds(1));
                    join("zeta", bea, Role.USER);
                    AtomicInteger left = new AtomicInteger(1);
                    isStopped.set(!core.erasePerson()
                            .run(
                                    Optional.of(bea.id()),
                                    Optional.empty(),
                                    false,
                                    REQUEST,
                                    () -> left.getAndDecrement() > 0)
                            .isComplete());
                    return call.happen();
                });
            }
            return true;
        });

        assertThat(isStopped).isTrue();
        assertThat(first.isComplete()).isFalse();
        assertThat(erase(bea).isComplete()).isTrue();
        assertThat(telling(bea.id().value(), "bea@example.com", "ERASURE")).isEmpty();
    }

    /// What is read in one batch is not of one moment.
    @Test
    void takesNobodyForTheLastAdminWhoWasReadBeforeTheyWereRemoved() {
        fill();
        AtomicBoolean isTorn = new AtomicBoolean();
        Fault[] torn = new Fault[1];
        torn[0] = (request, call) -> {
            BatchGetItemResponse early = (BatchGetItemResponse) call.happen();
            if (!request.toString().contains("HEADCOUNT")
                    || !request.toString().contains(bea.id().value())) {
                faulty.next("batchGetItem", torn);
                return early;
            }
            leave("acme");
            isTorn.set(true);
            Map<String, List<Map<String, AttributeValue>>> mixed = new HashMap<>();
            ((BatchGetItemResponse) call.happen())
                    .responses()
                    .forEach((table, late) -> mixed.put(
                            table,
                            Stream.concat(
                                            early.responses().getOrDefault(table, List.of()).stream()
                                                    .filter(item -> !isHeadcount(item)),
                                            late.stream().filter(ErasePersonTest::isHeadcount))
                                    .toList()));
            return early.toBuilder().responses(mixed).build();
        };
        faulty.next("batchGetItem", torn);

        assertThat(erase(bea).isComplete()).isTrue();

        assertThat(isTorn).isTrue();
        assertThat(telling(bea.id().value(), "bea@example.com")).isEmpty();
    }

    private static boolean isHeadcount(Map<String, AttributeValue> item) {
        return AttributeValue.fromS("HEADCOUNT").equals(item.get("SK"));
    }

    @Test
    void comesToItsEndHoweverManyDoItAtOnce() throws InterruptedException {
        fill();
        join("other", bea, Role.VIEWER);
        for (int round = 0; round < 3; round++) {
            List<Object> outcomes = Race.run(4, i -> () -> {
                if (i == 3) {
                    leave("acme");
                    join("acme", as(bea, "bea@work.example"), Role.USER);
                    leave("acme");
                    return true;
                }
                Erasure erasure = core.erasePerson()
                        .run(
                                i == 0 ? Optional.empty() : Optional.of(bea.id()),
                                i == 0 ? Optional.of(EmailIdentity.of("bea@example.com")) : Optional.empty(),
                                false,
                                REQUEST,
                                () -> true);
                return erasure.isComplete();
            });
            assertThat(outcomes)
                    .allMatch(it -> it instanceof Boolean || it instanceof Unavailable || it instanceof AlreadyMember);
        }
        for (int runs = 0;
                !(eraseByAddress("bea@example.com").isComplete() & erase(bea).isComplete());
                runs++) {
            assertThat(runs).isLessThan(5);
        }
        assertThat(telling(bea.id().value(), "bea@example.com", "bea@work.example", "ERASURE"))
                .isEmpty();
        assertThat(core.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
    }

    /// Whoever asks otherwise is told, and neither takes the other's rows.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsOfAnotherErasureOfTheSamePerson(boolean isByAddressFirst) {
        fill();
        join("other", bea, Role.VIEWER);
        Optional<UserId> user = Optional.of(bea.id());
        Optional<EmailIdentity> email = Optional.of(EmailIdentity.of("bea@example.com"));
        // In acme she is gone, and the pass over its rows has begun.
        AtomicInteger left = new AtomicInteger(2);
        assertThat(core.erasePerson()
                        .run(
                                isByAddressFirst ? Optional.empty() : user,
                                isByAddressFirst ? email : Optional.empty(),
                                false,
                                REQUEST,
                                () -> left.getAndDecrement() > 0)
                        .isComplete())
                .isFalse();

        for (boolean isDryRun : List.of(true, false)) {
            Erasure other = core.erasePerson()
                    .run(
                            isByAddressFirst ? user : Optional.empty(),
                            isByAddressFirst ? Optional.empty() : email,
                            isDryRun,
                            REQUEST,
                            () -> true);
            assertThat(other.isComplete()).isFalse();
            assertThat(other.others())
                    .containsExactly(isByAddressFirst ? "email" : bea.id().value());
        }

        assertThat((isByAddressFirst ? eraseByAddress("bea@example.com") : erase(bea)).isComplete())
                .isTrue();
        assertThat((isByAddressFirst ? erase(bea) : eraseByAddress("bea@example.com")).isComplete())
                .isTrue();
        assertThat(telling(bea.id().value(), "bea@example.com", "ERASURE")).isEmpty();
    }

    /// An address that somebody else has by now was invited for them.
    @Test
    void leavesAloneWhatAnAddressIsInvitedForThatIsAnothersNow() {
        fill();
        Caller namesake = as(People.named("namesake"), "bea@example.com");
        join("other", namesake, Role.USER);
        core.tenant("zeta", otto);
        core.insist(() -> core.createInvite()
                .run(
                        core.door(otto, "zeta", Role.VIEWER),
                        otto,
                        new NewInvite(new EmailAddress("bea@example.com"), Role.USER, new Language("en"))));
        int mails = telling("MAILS").size();

        assertThat(erase(bea).isComplete()).isTrue();

        assertThat(core.listInvites()
                        .run(core.door(otto, "zeta", Role.VIEWER), Pages.LARGEST)
                        .items())
                .hasSize(1);
        assertThat(telling("MAILS")).hasSize(mails);
        assertThat(telling(bea.id().value())).isEmpty();
    }

    private Erasure eraseByAddress(String address) {
        return core.erasePerson()
                .run(Optional.empty(), Optional.of(EmailIdentity.of(address)), false, REQUEST, () -> true);
    }

    /// Whatever happens to whichever of its steps: written and not heard of, not written, in another one's way. By
    /// address, which leads nowhere any more once whoever has it is removed.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWhereItWasStopped(boolean isByAddress) {
        fill();
        join("other", bea, Role.VIEWER);
        Fault[] kinds = {Fault.LOST_ANSWER, Fault.OUT_OF_REACH, Fault.CONFLICT, Fault.THROTTLED};
        for (int i = 0; i < 24; i++) {
            faulty.next("transactWriteItems", kinds[i % kinds.length]);
        }
        Optional<UserId> user = isByAddress ? Optional.empty() : Optional.of(bea.id());
        Optional<EmailIdentity> email =
                isByAddress ? Optional.of(EmailIdentity.of("bea@example.com")) : Optional.empty();
        int stopped = 0;
        while (true) {
            try {
                if (core.erasePerson()
                        .run(user, email, false, REQUEST, () -> true)
                        .isComplete()) {
                    break;
                }
            } catch (Unavailable e) {
                stopped++;
            }
        }
        assertThat(stopped).isGreaterThanOrEqualTo(3);
        faulty.calm();
        assertThat(telling(bea.id().value(), "bea@example.com")).isEmpty();
        assertThat(core.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
    }

    /// However little time there is for each: whoever goes on comes to the end, by whichever of two addresses or by
    /// user id, and what is found by the other address is gone, too.
    @ParameterizedTest
    @ValueSource(strings = {"bea@example.com", "bea@work.example", ""})
    void goesOnStepByStep(String address) {
        fill();
        join(
                "other",
                new Caller(bea.id(), Optional.of("bea@work.example"), true, "", "", bea.sourceIp(), bea.requestId()),
                Role.VIEWER);
        Optional<EmailIdentity> email =
                Optional.of(address).filter(it -> !it.isEmpty()).map(EmailIdentity::of);
        boolean isComplete = false;
        for (int steps = 1; !isComplete; steps++) {
            AtomicInteger left = new AtomicInteger(steps);
            isComplete = core.erasePerson()
                    .run(
                            email.isPresent() ? Optional.empty() : Optional.of(bea.id()),
                            email,
                            false,
                            REQUEST,
                            () -> left.getAndDecrement() > 0)
                    .isComplete();
        }
        assertThat(telling(bea.id().value(), "bea@example.com", "bea@work.example"))
                .isEmpty();
    }

    /// Never more time than for one page of a tenant's rows: what was seen to is not read again.
    @Test
    void goesOnWithinALargeTenant() {
        fill();
        for (int from = 0; from < 4000; from += 100) {
            Change change = Change.empty();
            for (int id = from; id < from + 100; id++) {
                change.with(Put.newRow(
                        Keys.audit(core.scope("acme"), id),
                        Row.with().text("actorId", bea.id().value()).row()));
            }
            core.table().commit(change);
        }
        int runs = 0;
        boolean isComplete = false;
        int rows = 0;
        while (!isComplete) {
            runs++;
            // Each time for three steps: a member, an invite, a page, or the end.
            AtomicInteger left = new AtomicInteger(3);
            Erasure step = core.erasePerson()
                    .run(Optional.of(bea.id()), Optional.empty(), false, REQUEST, () -> left.getAndDecrement() > 0);
            rows += step.tenants().getOrDefault(ACME, Map.of()).getOrDefault("rows", 0);
            isComplete = step.isComplete();
            assertThat(runs).isLessThan(10);
        }
        assertThat(runs).isGreaterThan(2);
        assertThat(rows).isBetween(4000, 4020);
        assertThat(telling(bea.id().value(), "bea@example.com")).isEmpty();
    }

    /// However little time there is, always the same: each run comes further.
    @ParameterizedTest
    @ValueSource(strings = {"bea@example.com", "bea@work.example", ""})
    void comesFurtherWithEachRun(String address) {
        fill();
        join("other", as(bea, "bea@work.example"), Role.VIEWER);
        core.tenant("zeta", ada);
        join("zeta", bea, Role.USER);
        core.insist(() -> core.removeMember()
                .run(core.door(bea, "zeta", Role.VIEWER), bea.id().value()));
        Optional<EmailIdentity> email =
                Optional.of(address).filter(it -> !it.isEmpty()).map(EmailIdentity::of);
        Optional<UserId> user = email.isPresent() ? Optional.empty() : Optional.of(bea.id());
        boolean isComplete = false;
        for (int runs = 0; !isComplete; runs++) {
            assertThat(runs).isLessThan(20);
            AtomicInteger left = new AtomicInteger(1);
            isComplete = core.erasePerson()
                    .run(user, email, false, REQUEST, () -> left.getAndDecrement() > 0)
                    .isComplete();
            // Whoever looks meanwhile is told that there is more to do.
            assertThat(core.erasePerson()
                            .run(user, email, true, REQUEST, () -> true)
                            .isComplete())
                    .isEqualTo(isComplete);
        }
        assertThat(telling(bea.id().value(), "bea@example.com", "bea@work.example", "ERASURE"))
                .isEmpty();
    }

    /// The last thing that an admin does is to invite somebody.
    @Test
    void revokesWhatTheySendUntilTheyAreRemoved() {
        fill();
        whileErasing(1, () -> invite(bea, "late@example.org"));
        assertThat(telling(bea.id().value(), "bea@example.com", "late@example.org", "ERASURE"))
                .isEmpty();
    }

    /// Somebody lets them in again, removes them, or invites them, at whichever of its steps: the next run sees to
    /// it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void beginsAnewWhereTheyComeAgain(int step) {
        fill();
        join("other", bea, Role.VIEWER);
        whileErasing(step, () -> {
            for (String tenant : List.of("acme", "other")) {
                leave(tenant);
                join(tenant, as(bea, "bea@work.example"), Role.USER);
                leave(tenant);
            }
            invite(ada, "BEA@example.com");
        });
        assertThat(telling(bea.id().value(), "bea@example.com", "bea@work.example", "ERASURE"))
                .isEmpty();
        assertThat(core.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
    }

    private void leave(String tenant) {
        try {
            core.insist(() -> core.removeMember()
                    .run(
                            core.door(tenant.equals("acme") ? ada : otto, tenant, Role.VIEWER),
                            bea.id().value()));
        } catch (UserNotFound e) {
            // They are not in it now.
        }
    }

    /// Two accounts with one address; one of them comes again when the other's part is done.
    @Test
    void beginsAnewForEachOfTwoPeople() {
        fill();
        Caller twin =
                new Caller(People.named("twin").id(), bea.email(), true, "Bea", "", bea.sourceIp(), bea.requestId());
        join("other", twin, Role.VIEWER);
        Optional<EmailIdentity> email = Optional.of(EmailIdentity.of("bea@example.com"));
        AtomicInteger left = new AtomicInteger(3);
        assertThat(core.erasePerson()
                        .run(Optional.empty(), email, false, REQUEST, () -> left.getAndDecrement() > 0)
                        .isComplete())
                .isFalse();
        join("acme", as(twin, "twin@example.com"), Role.ADMIN);
        core.insist(() -> core.removeMember()
                .run(core.door(twin, "acme", Role.VIEWER), twin.id().value()));
        Erasure rest = core.erasePerson().run(Optional.empty(), email, false, REQUEST, () -> true);
        assertThat(rest.isComplete()).isTrue();
        assertThat(rest.people()).containsExactlyInAnyOrder(bea.id(), twin.id());
        assertThat(telling(bea.id().value(), twin.id().value(), "bea@example.com", "ERASURE"))
                .isEmpty();
    }

    /// Does something at one of the steps of bea's erasure, and then goes on until it is complete.
    private void whileErasing(int step, Runnable meanwhile) {
        AtomicInteger steps = new AtomicInteger();
        boolean isComplete = false;
        for (int runs = 0; !isComplete; runs++) {
            assertThat(runs).isLessThan(5);
            isComplete = core.erasePerson()
                    .run(Optional.of(bea.id()), Optional.empty(), false, REQUEST, () -> {
                        if (steps.incrementAndGet() == step) {
                            clock.advance(Duration.ofSeconds(1));
                            meanwhile.run();
                        }
                        return true;
                    })
                    .isComplete();
        }
        assertThat(steps).hasValueGreaterThanOrEqualTo(step);
    }

    private static Caller as(Caller person, String address) {
        return new Caller(person.id(), Optional.of(address), true, "", "", person.sourceIp(), person.requestId());
    }

    /// Its count of admins may go before the member does; that makes nobody the last one.
    @Test
    void takesATenantThatIsBeingPurgedForGone() {
        fill();
        delete();
        AtomicBoolean isPurged = new AtomicBoolean();
        // What is remembered and intended, and then the removal.
        faulty.next("transactWriteItems", (_, call) -> call.happen(), (_, call) -> call.happen(), (_, call) -> {
            isPurged.set(true);
            assertThat(core.purgeTenant().run(ACME, REQUEST, () -> false).isComplete())
                    .isFalse();
            core.table()
                    .commit(Change.empty()
                            .with(Delete.ifThere(Keys.headcount(core.doors().command(ACME, REQUEST)))));
            return call.happen();
        });
        assertThat(erase(bea).isComplete()).isTrue();
        assertThat(isPurged).isTrue();
        assertThat(core.purgeTenant().run(ACME, REQUEST, () -> true).isComplete())
                .isTrue();
        assertThat(telling(bea.id().value(), "bea@example.com")).isEmpty();
    }

    /// They found a tenant while they are erased: what leads there stays, and the next time finds it.
    @Test
    void leavesTheWayToATenantThatTheyCameToMeanwhile() {
        fill();
        AtomicBoolean isFounded = new AtomicBoolean();
        Erasure erasure = core.erasePerson().run(Optional.of(bea.id()), Optional.empty(), false, REQUEST, () -> {
            if (isFounded.compareAndSet(false, true)) {
                core.tenant("meanwhile", bea);
            }
            return true;
        });

        assertThat(erasure.isComplete()).isFalse();
        assertThat(core.door(bea, "meanwhile", Role.ADMIN).open().role()).isEqualTo(Role.ADMIN);
        assertThatExceptionOfType(NotPossible.class)
                .isThrownBy(() -> erase(bea))
                .withMessageContaining("meanwhile (active)");
        join("meanwhile", dan, Role.ADMIN);
        assertThat(erase(bea).isComplete()).isTrue();
        assertThat(telling(bea.id().value(), "bea@example.com")).isEmpty();
    }

    /// Somebody removes them while they are erased, and that is told of, too.
    @Test
    void forgetsWhatIsToldOfThemMeanwhile() {
        fill();
        AtomicInteger steps = new AtomicInteger();
        Erasure erasure = core.erasePerson().run(Optional.of(bea.id()), Optional.empty(), false, REQUEST, () -> {
            if (steps.incrementAndGet() == 1) {
                clock.advance(Duration.ofSeconds(1));
                core.insist(() -> core.removeMember().run(door(ada), bea.id().value()));
            }
            return true;
        });
        assertThat(erasure.isComplete()).isTrue();
        assertThat(telling(bea.id().value(), "bea@example.com")).isEmpty();
    }

    /// What people call their chargers and tenants is none of an erasure's business, and an invite that is sent
    /// meanwhile stays one that can be read: the next time revokes it.
    @Test
    void breaksNothingThatIsOnlyCalledLikeThem() {
        fill();
        core.insist(() -> core.addChargers()
                .run(
                        door(ada),
                        List.of(new NewCharger(
                                "",
                                new ChargePointIdentity("bea@example.com"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))));
        AtomicInteger steps = new AtomicInteger();
        core.erasePerson()
                .run(Optional.empty(), Optional.of(EmailIdentity.of("bea@example.com")), false, REQUEST, () -> {
                    if (steps.incrementAndGet() == 7) {
                        invite(ada, "BEA@example.com");
                    }
                    return true;
                });
        assertThat(core.listInvites().run(door(ada), Pages.LARGEST).items()).hasSizeLessThanOrEqualTo(1);
        assertThat(core.listChargers()
                        .run(door(ada), ChargerFilter.ALL, Pages.LARGEST)
                        .items())
                .extracting(shown -> shown.charger().identity().value())
                .contains("bea@example.com");
        assertThat(core.repairCounters().run(ACME, () -> true).notSettled()).isEmpty();
    }

    /// An address that was theirs is somebody else's elsewhere by now: that one stays who they are.
    @Test
    void leavesAloneWhoHasTheirAddressElsewhere() {
        fill();
        Caller namesake = new Caller(
                People.named("namesake").id(),
                Optional.of("bea@example.com"),
                true,
                "Bea",
                "",
                "203.0.113.10",
                "request");
        join("other", namesake, Role.USER);

        Erasure erasure = erase(bea);

        assertThat(erasure.people()).containsExactly(bea.id());
        assertThat(erasure.isComplete()).isTrue();
        assertThat(telling(bea.id().value())).isEmpty();
        assertThat(core.door(namesake, "other", Role.USER).open().role()).isEqualTo(Role.USER);
        core.insist(() -> core.removeMember()
                .run(core.door(namesake, "other", Role.VIEWER), namesake.id().value()));
    }

    @Test
    void tellsOfATenantThatWouldBeLeftWithoutAnAdminWhereItOnlyLooks() {
        fill();
        erase(bea);
        Erasure look = core.erasePerson().run(Optional.of(ada.id()), Optional.empty(), true, REQUEST, () -> true);
        assertThat(look.lastAdminOf()).containsExactly("acme (active)");
        assertThat(look.tenants()).containsOnlyKeys(ACME);
    }

    private Erasure erase(Caller person) {
        return core.erasePerson().run(Optional.of(person.id()), Optional.empty(), false, REQUEST, () -> true);
    }
}
