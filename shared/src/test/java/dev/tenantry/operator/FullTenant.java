package dev.tenantry.operator;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.ConnectionId;
import dev.tenantry.chargers.Credentials;
import dev.tenantry.chargers.NewCharger;
import dev.tenantry.chargers.Rejection;
import dev.tenantry.edit.Edit;
import dev.tenantry.idempotency.IdempotencyRecord;
import dev.tenantry.idempotency.IdempotencyRecordStore;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.IssuedInvite;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.ips.IpDescription;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.profiles.Configuration;
import dev.tenantry.profiles.CpmsUrl;
import dev.tenantry.profiles.HeartbeatInterval;
import dev.tenantry.profiles.NewProfile;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.ProfileName;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.profiles.ShownProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenants.CustomDomain;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Report;
import dev.tenantry.usage.Sample;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A test of what becomes of a tenant that has one of everything that a tenant can have.
abstract class FullTenant extends TwoTenants {

    static final DomainPrefix ACME = new DomainPrefix("acme");
    static final String REQUEST = "command";

    /// An admin beside Ada, who founded it.
    final Caller bea = People.named("bea");

    /// Somebody who has left.
    final Caller cyd = People.named("cyd");

    /// Somebody who was in acme and in other.
    final Caller dan = People.named("dan");

    Door door(Caller caller) {
        return core.door(caller, "acme", Role.VIEWER);
    }

    /// Everything at once, in acme.
    void fill() {
        join("acme", bea, Role.ADMIN);
        join("acme", cyd, Role.USER);
        join("acme", dan, Role.VIEWER);
        join("other", dan, Role.ADMIN);
        core.insist(() -> core.removeMember().run(door(cyd), cyd.id().value()));
        invite(bea, "invited@example.org");
        IssuedInvite revoked = invite(ada, "revoked@example.org");
        core.insist(() -> core.revokeInvite()
                .run(door(ada), Long.toString(revoked.invite().id())));
        core.insist(() -> core.addIp()
                .run(
                        door(bea),
                        new NewIp(
                                IpBlock.parse("203.0.113.0/24"),
                                Optional.of(new IpDescription("Depot of acme")),
                                IpScope.API,
                                Optional.empty())));
        chargers();
        customers();
        core.insist(() -> core.updateTenant()
                .run(
                        door(ada),
                        new TenantEdit(
                                Optional.empty(),
                                new Edit.Set<>(CustomDomain.wanted("wss://chargers.acme.org/", "ocpp.example.com"))),
                        Precondition.NONE));
        answers();
    }

    void join(String tenant, Caller person, Role role) {
        core.insist(() ->
                core.addMember().run(core.scope(tenant), person, person.email().orElseThrow(), role));
    }

    IssuedInvite invite(Caller inviter, String receiver) {
        IssuedInvite issued = core.insist(() -> core.createInvite()
                .run(door(inviter), inviter, new NewInvite(new EmailAddress(receiver), Role.USER, new Language("en"))));
        core.table().commit(core.sendInvite().run(issued));
        return issued;
    }

    private void chargers() {
        ShownProfile made = core.insist(() -> core.createProfile()
                .run(
                        door(bea),
                        new NewProfile(
                                new ProfileName("Depot acme"),
                                Optional.empty(),
                                CpmsUrl.parse("wss://cpms.acme.org/ocpp"),
                                false,
                                false,
                                HeartbeatInterval.USUAL,
                                SecurityProfile.NONE,
                                Optional.empty(),
                                Configuration.of(Map.of()))));
        // Quick to check: no test of an operator's is about how slow a hash is, and each of them begins with this one.
        ProfileFixture.protect(core, "acme", made.profile().id(), "0123456789abcdef");
        core.insist(() -> core.addChargers()
                .run(
                        door(bea),
                        List.of(new NewCharger(
                                "",
                                new ChargePointIdentity("ACME-1"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))));
        core.insist(() -> core.startProvisioning()
                .run(door(bea), new NewWindow(Optional.empty(), NewWindow.DEFAULT_DURATION, Optional.empty())));
        ChargerEvent event = event("ACME-1");
        core.insist(() -> core.connectCharger().run(event, password("ACME-1", "0123456789abcdef")));
        ChargerEvent wrong = event("ACME-1");
        try {
            core.insist(() -> core.connectCharger().run(wrong, password("ACME-1", "0000000000000000")));
        } catch (Rejection e) {
            core.noteRejections().note(wrong, e);
            core.noteRejections().write(REQUEST, 1);
        }
        core.ingest(List.of(new Report(
                "report-of-acme", ACME, List.of(Sample.of(clock.instant(), new Counters(1, 2, 30, 40, 0, 0, 1))))));
        core.aggregateUsage().run(() -> true);
    }

    ChargerEvent event(String identity) {
        return new ChargerEvent(
                "acme", identity, "198.51.100.9", new ConnectionId("connection"), clock.instant(), "broker-request");
    }

    static Credentials password(String identity, String password) {
        return new Credentials(
                true,
                Optional.empty(),
                Optional.of("Basic "
                        + Base64.getEncoder()
                                .encodeToString((identity + ":" + password).getBytes(StandardCharsets.UTF_8))));
    }

    /// One that was deleted at Stripe, and the one that came after it.
    private void customers() {
        openPortal();
        stripe.delete(new CustomerId(
                core.tenants().tenant(core.scope("acme")).stripeCustomerId().orElseThrow()));
        openPortal();
    }

    private void openPortal() {
        core.insist(() -> core.openPortal()
                .run(door(ada), Optional.of(URI.create("https://portal.example.com")), clock.instant()));
    }

    /// What was answered to requests with an idempotency key.
    private void answers() {
        Change change = Change.empty();
        core.idempotencyRecords()
                .keep(
                        change,
                        IdempotencyRecordStore.slot(
                                Optional.of("acme"), ada.id(), "POST /tenant/{tenant}/invite", "a key"),
                        new IdempotencyRecord.Completed(
                                "digest",
                                201,
                                Optional.of("/tenant/acme/invite/1"),
                                Optional.empty(),
                                Optional.of(
                                        "{\"receiver\":\"invited@example.org\",\"invitedBy\":\"" + bea.id() + "\"}")));
        core.table().commit(change);
    }

    /// What the table has in the clear: every text, key and number in it, and the bytes of packed ones as text.
    Set<String> texts() {
        Set<String> texts = new HashSet<>();
        Map<String, AttributeValue> start = Map.of();
        do {
            Map<String, AttributeValue> from = start;
            var page = faulty.client()
                    .scan(scan -> scan.tableName(core.tableName()).exclusiveStartKey(from.isEmpty() ? null : from));
            page.items().forEach(item -> item.values().forEach(value -> collect(value, texts)));
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (!start.isEmpty());
        return texts;
    }

    private static void collect(AttributeValue value, Set<String> texts) {
        switch (value.type()) {
            case S -> texts.add(value.s());
            case N -> texts.add(value.n());
            case B -> texts.add(value.b().asString(StandardCharsets.ISO_8859_1));
            case L -> value.l().forEach(item -> collect(item, texts));
            case M ->
                value.m().forEach((name, item) -> {
                    texts.add(name);
                    collect(item, texts);
                });
            default -> {}
        }
    }

    /// The texts in which one of these stands.
    List<String> telling(String... secrets) {
        return texts().stream()
                .filter(text -> List.of(secrets).stream()
                        .anyMatch(secret -> text.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT))))
                .sorted()
                .toList();
    }

    void delete() {
        core.insist(() -> core.deleteTenant().run(core.doors().operator(ACME, REQUEST), Precondition.NONE));
        clock.advance(Duration.ofMinutes(1));
    }
}
