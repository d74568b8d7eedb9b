package dev.tenantry.functions.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.events.RefusedEvent;
import dev.tenantry.functions.operator.Command.Ordered;
import dev.tenantry.http.Fields;
import dev.tenantry.http.Json;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.operator.CreateForAdmin.Created;
import dev.tenantry.operator.ErasePerson.Erasure;
import dev.tenantry.operator.NotPossible;
import dev.tenantry.operator.PurgeTenant;
import dev.tenantry.operator.TenantSummary;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.MailNotConfigured;
import dev.tenantry.refusal.Refusal.SubscriptionActive;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.stats.RepairCounters;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Drift;
import dev.tenantry.storage.Page;
import dev.tenantry.tenancy.Door;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// The Lambda function of the operator's commands, one to an event: `{"suspend": {"tenant": "acme"}, "dryRun": true}`.
/// What it changes is in the audit trail of the tenant, by `operator`; that it was asked at all is in its log. Who may
/// invoke it is for IAM to say.
public final class OperatorHandler extends EventFunction {

    /// Time that one more step can take at most, the storage's own limits and all.
    static final Duration FOR_ONE_MORE = Duration.ofSeconds(30);

    private final OperatorComponent commands;

    public OperatorHandler() {
        this(Settings.fromEnvironment());
    }

    public OperatorHandler(Settings settings) {
        this(DaggerOperatorComponent.factory().create(settings));
    }

    private OperatorHandler(OperatorComponent component) {
        super(component.context());
        this.commands = component;
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        Ordered ordered;
        try {
            ordered = Fields.read(in.readAllBytes(), Command::read);
        } catch (InvalidRequest e) {
            throw new MalformedEvent(e.faults());
        }
        entry.kind(ordered.name());
        new Execution(out, requestId, entry, ordered.isDryRun()).run(ordered.command());
    }

    /// One command on its way.
    private final class Execution {

        private final JsonGenerator out;
        private final String requestId;
        private final EventEntry entry;
        private final boolean isDryRun;

        Execution(JsonGenerator out, String requestId, EventEntry entry, boolean isDryRun) {
            this.out = out;
            this.requestId = requestId;
            this.entry = entry;
            this.isDryRun = isDryRun;
        }

        void run(Command command) throws IOException {
            try {
                switch (command) {
                    case Command.ListAll list -> list(commands.list().run(list.page(), requestId));
                    case Command.Show show ->
                        TenantJson.shown(out, commands.show().run(about(show.tenant()), requestId));
                    case Command.Create create -> create(create);
                    case Command.Suspend suspend ->
                        change(() -> isDryRun
                                ? commands.suspend().look(door(suspend.tenant()))
                                : commands.suspend().suspend(door(suspend.tenant())));
                    case Command.Resume resume ->
                        change(() -> commands.suspend().resume(door(resume.tenant())));
                    case Command.Delete delete -> delete(about(delete.tenant()));
                    case Command.Restore restore ->
                        change(() -> commands.restore().run(about(restore.tenant()), requestId));
                    case Command.Purge purge -> purge(about(purge.tenant()));
                    case Command.PurgeDue _ -> purgeDue();
                    case Command.Erase erase ->
                        erased(commands.erase()
                                .run(erase.user(), erase.email(), isDryRun, requestId, OperatorHandler::isTimeLeft));
                    case Command.Export export ->
                        exported(commands.export().run(about(export.tenant()), export.after(), requestId));
                    case Command.Repair repair ->
                        repaired(
                                isDryRun
                                        ? commands.repair().look(about(repair.tenant()), OperatorHandler::isTimeLeft)
                                        : commands.repair().run(about(repair.tenant()), OperatorHandler::isTimeLeft));
                    case Command.OpenApi open -> openApi(open.tenant());
                }
            } catch (TenantNotFound e) {
                throw new RefusedEvent(
                        "tenant_not_found",
                        "There is no such tenant, or it is deleted and this can't be done with a deleted one.");
            } catch (NotPossible e) {
                throw new RefusedEvent(e.code(), String.valueOf(e.getMessage()));
            }
        }

        private DomainPrefix about(DomainPrefix tenant) {
            entry.tenant(tenant);
            return tenant;
        }

        private Door door(DomainPrefix tenant) {
            return commands.doors().operator(about(tenant), requestId);
        }

        /// Makes what was decided happen, unless it is only to be told.
        private <T> Made<T> carryOut(Supplier<Decision<T>> decide) {
            AtomicBoolean changes = new AtomicBoolean();
            T result = make(entry, () -> {
                Decision<T> decision = decide.get();
                changes.set(!decision.change().isEmpty());
                return isDryRun ? new Decision<>(decision.result(), Change.empty()) : decision;
            });
            return new Made<>(result, changes.get());
        }

        private void change(Supplier<Decision<TenantSummary>> decide) throws IOException {
            Made<TenantSummary> made = carryOut(decide);
            begin();
            out.writeFieldName("tenant");
            TenantJson.summary(out, made.result());
            out.writeBooleanField("changed", made.changes());
            out.writeEndObject();
        }

        /// Every answer to a command that changes something says whether it did.
        private void begin() throws IOException {
            out.writeStartObject();
            out.writeBooleanField("dryRun", isDryRun);
        }

        private void list(Page<TenantSummary> page) throws IOException {
            out.writeStartObject();
            out.writeArrayFieldStart("tenants");
            for (TenantSummary tenant : page.items()) {
                TenantJson.summary(out, tenant);
            }
            out.writeEndArray();
            Json.text(out, "next", page.next());
            out.writeEndObject();
        }

        private void create(Command.Create wanted) throws IOException {
            entry.tenant(wanted.tenant().domainPrefix());
            Created created;
            try {
                created = carryOut(() ->
                                commands.create().run(wanted.tenant(), wanted.admin(), wanted.language(), requestId))
                        .result();
            } catch (DomainPrefixTaken e) {
                throw new RefusedEvent(
                        "domain_prefix_taken",
                        wanted.tenant().domainPrefix() + " belongs or once belonged to a tenant that somebody has"
                                + " joined, perhaps just now, or that has another name. Look at it with show, or"
                                + " choose another prefix.");
            } catch (MailNotConfigured e) {
                throw new RefusedEvent(
                        "mail_not_configured",
                        "The stack has no mail, so nobody can be invited, and no tenant was created. Give it MailIdentity,"
                                + " MailSender and PortalUrl; see docs/operations.md.");
            }
            if (!isDryRun) {
                send(created);
            }
            begin();
            out.writeFieldName("tenant");
            TenantJson.summary(out, created.tenant());
            out.writeBooleanField("created", created.isNew());
            out.writeObjectFieldStart("invite");
            out.writeNumberField("id", created.invite().invite().id());
            Json.instant(out, "expiresAt", created.invite().invite().expiresAt());
            out.writeEndObject();
            out.writeEndObject();
        }

        private void send(Created created) {
            try {
                Change note = commands.send().run(created.invite());
                make(entry, () -> new Decision<>(created, note));
            } catch (UpstreamUnavailable e) {
                entry.reason("mailsFailed", e.reason());
                entry.count("mailsFailed", 1);
                throw new RefusedEvent(
                        "mail_not_sent",
                        "The tenant is there, but the invite of its admin could not be mailed. Repeat the command to"
                                + " send it again.");
            }
        }

        private void delete(DomainPrefix tenant) throws IOException {
            try {
                change(() -> isDryRun
                        ? told(commands.remove().look(tenant, requestId))
                        : commands.remove().run(tenant, requestId));
            } catch (SubscriptionActive e) {
                throw new RefusedEvent(
                        "subscription_active",
                        tenant + " has a subscription that goes on. Cancel it at Stripe first, so that nobody pays for"
                                + " nothing.");
            }
        }

        private static Decision<TenantSummary> told(TenantSummary tenant) {
            return new Decision<>(tenant, Change.empty());
        }

        private void purge(DomainPrefix tenant) throws IOException {
            PurgeTenant.Purge purge = isDryRun
                    ? commands.purge().look(tenant, requestId, OperatorHandler::isTimeLeft)
                    : commands.purge().run(tenant, requestId, OperatorHandler::isTimeLeft);
            begin();
            purged(purge);
            out.writeEndObject();
        }

        private void purged(PurgeTenant.Purge purge) throws IOException {
            entry.count(
                    "rowsPurged",
                    isDryRun
                            ? 0
                            : purge.rows().values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum());
            out.writeStringField("tenant", purge.tenant().value());
            counts("rows", purge.rows());
            out.writeBooleanField("isComplete", purge.isComplete());
        }

        private void purgeDue() throws IOException {
            PurgeTenant.Due due = isDryRun
                    ? commands.purge().lookDue(requestId, OperatorHandler::isTimeLeft)
                    : commands.purge().runDue(requestId, OperatorHandler::isTimeLeft);
            entry.count("tenantsNotPurged", due.failures().size());
            due.failures()
                    .forEach((tenant, why) ->
                            log.fault(requestId, new IllegalStateException(tenant + " could not be purged", why)));
            begin();
            out.writeArrayFieldStart("purged");
            for (PurgeTenant.Purge purge : due.purges()) {
                out.writeStartObject();
                purged(purge);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("failed");
            for (DomainPrefix tenant : due.failures().keySet()) {
                out.writeString(tenant.value());
            }
            out.writeEndArray();
            out.writeEndObject();
        }

        private void erased(Erasure erasure) throws IOException {
            begin();
            out.writeArrayFieldStart("userIds");
            for (var person : erasure.people()) {
                out.writeString(person.value());
            }
            out.writeEndArray();
            out.writeArrayFieldStart("tenants");
            for (var tenant : erasure.tenants().entrySet()) {
                out.writeStartObject();
                out.writeStringField("tenant", tenant.getKey().value());
                for (var count : tenant.getValue().entrySet()) {
                    out.writeNumberField(count.getKey(), count.getValue());
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            if (isDryRun) {
                out.writeArrayFieldStart("lastAdminOf");
                for (String tenant : erasure.lastAdminOf()) {
                    out.writeString(tenant);
                }
                out.writeEndArray();
            }
            out.writeArrayFieldStart("otherErasures");
            for (String other : erasure.others()) {
                out.writeString(other);
            }
            out.writeEndArray();
            out.writeBooleanField("isComplete", erasure.isComplete());
            out.writeEndObject();
        }

        private void exported(Page<Map<String, Object>> page) throws IOException {
            out.writeStartObject();
            out.writeArrayFieldStart("lines");
            for (Map<String, Object> line : page.items()) {
                TenantJson.plain(out, line);
            }
            out.writeEndArray();
            Json.text(out, "next", page.next());
            out.writeEndObject();
        }

        private void counts(String name, Map<String, Integer> counts) throws IOException {
            out.writeObjectFieldStart(name);
            for (var count : counts.entrySet()) {
                out.writeNumberField(count.getKey(), count.getValue());
            }
            out.writeEndObject();
        }

        private void repaired(RepairCounters.Repair done) throws IOException {
            entry.count("countersRepaired", isDryRun ? 0 : done.repaired().size());
            entry.count("countersNotSettled", done.notSettled().size());
            begin();
            out.writeArrayFieldStart("repaired");
            for (Drift drift : done.repaired()) {
                out.writeStartObject();
                out.writeStringField("counter", drift.counter());
                out.writeStringField("stored", drift.stored());
                out.writeStringField("counted", drift.counted());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("notSettled");
            for (Map.Entry<String, RuntimeException> counter : done.notSettled().entrySet()) {
                out.writeStartObject();
                out.writeStringField("counter", counter.getKey());
                if (counter.getValue() instanceof Unavailable unavailable) {
                    out.writeStringField("reason", unavailable.reason());
                } else {
                    out.writeStringField("reason", "could not be counted; see the log of request " + requestId);
                    log.fault(requestId, counter.getValue());
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }

        private void openApi(DomainPrefix tenant) throws IOException {
            boolean opened =
                    carryOut(() -> commands.openApi().run(door(tenant))).result();
            begin();
            out.writeStringField("tenant", tenant.value());
            out.writeBooleanField("changed", opened);
            out.writeEndObject();
        }
    }

    /// @param changes whether there was anything to do
    private record Made<T>(T result, boolean changes) {}

    private static boolean isTimeLeft() {
        return timeLeft().compareTo(FOR_ONE_MORE) > 0;
    }

    /// Commands that look, and one of each kind that changes something.
    @Override
    public List<String> primingEvents() {
        String tenant = "{\"tenant\": \"" + DomainPrefix.NOBODYS + "\"}";
        return List.of(
                "{\"list\": {}}",
                "{\"show\": " + tenant + "}",
                "{\"suspend\": " + tenant + "}",
                "{\"purgeDue\": {}}",
                "{\"export\": " + tenant + "}",
                "{\"repair\": " + tenant + "}");
    }
}
