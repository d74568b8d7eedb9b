package dev.tenantry.operator;

import dev.tenantry.chargers.RecentRejection;
import dev.tenantry.chargers.RejectionStore;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.UsageDay;
import dev.tenantry.usage.UsageStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Gives out what a tenant's people entered and what was recorded of them and their chargers, a line for each thing, in
/// the words of docs/model.md. What the service keeps for itself (counters, registers, the other half of what is
/// written twice) and every secret (hashes of passwords and tokens) is not in it: what is not named here is left out.
public final class ExportTenant {

    /// Most rows of a page. A day of usage has up to 96 lines of some 170 bytes, and Lambda answers 6 MB at most.
    private static final int LARGEST_PAGE = 200;

    /// What is given out of each kind of row. The kinds that are not here are left out.
    private static final Map<String, Exported> EXPORTED = Map.of(
            "TENANT",
            new Exported(
                    "tenant",
                    List.of(
                            "id",
                            "name",
                            "domainPrefix",
                            "stripeCustomerId",
                            "customDomain",
                            "verifiedHost",
                            "createdAt",
                            "updatedAt",
                            "founder",
                            "suspendedAt",
                            "deletedAt")),
            "MEMBER",
            new Exported("user", List.of("userId", "username", "givenName", "familyName", "role", "joinedAt")),
            "INVITE",
            new Exported(
                    "invite",
                    List.of(
                            "id",
                            "receiver",
                            "role",
                            "language",
                            "invitedBy",
                            "createdAt",
                            "validUntil",
                            "sentAt",
                            "bounced")),
            "IP",
            new Exported("ip", List.of("id", "block", "scope", "description", "validUntil", "createdBy", "createdAt")),
            "PROFILE",
            new Exported(
                    "profile",
                    List.of(
                            "id",
                            "displayName",
                            "description",
                            "cpmsUrl",
                            "authPassThrough",
                            "heartbeatInterval",
                            "securityProfile",
                            "configuration",
                            "chargerCount",
                            "createdAt",
                            "updatedAt")),
            "CHARGER",
            new Exported(
                    "charger",
                    List.of(
                            "id",
                            "identity",
                            "profileId",
                            "displayName",
                            "blocked",
                            "chargeBoxSerialNumber",
                            "chargePointSerialNumber",
                            "meterSerialNumber",
                            "chargePointModel",
                            "chargePointVendor",
                            "firmwareVersion",
                            "iccid",
                            "imsi",
                            "lastSeenAt",
                            "createdAt",
                            "updatedAt")),
            "PROFILES",
            new Exported("defaultProfile", List.of("defaultId")),
            "PROVISIONING",
            new Exported(
                    "provisioning",
                    List.of("profileId", "startedAt", "validUntil", "startedBy", "maxChargers", "registeredCount")),
            "SUBSCRIPTION",
            new Exported(
                    "subscription",
                    List.of(
                            "productId",
                            "productName",
                            "stripeProductId",
                            "status",
                            "quantity",
                            "stripeSubscriptionId",
                            "stripeStatus",
                            "cancelAtPeriodEnd",
                            "currentPeriodEnd",
                            "cancelAt",
                            "trialEnd",
                            "collectionPaused",
                            "createdAt",
                            "updatedAt")),
            "AUDIT",
            new Exported(
                    "audit",
                    List.of("id", "action", "targetType", "actorId", "actorIp", "requestId", "createdAt", "events")));

    private final TenantDoors doors;
    private final Table table;

    @Inject
    ExportTenant(TenantDoors doors, Table table) {
        this.doors = doors;
        this.table = table;
    }

    /// What is given out of a row.
    ///
    /// @param type       of the line
    /// @param attributes those that it has of these
    private record Exported(String type, List<String> attributes) {}

    /// A page of lines, one round trip and one for the tenant.
    ///
    /// @param after where the page before ended; empty at the beginning
    /// @return plain values by name, `type` among them; the next page goes on after [Page#next]
    /// @throws TenantNotFound if the tenant is unknown
    /// @throws NotPossible    if it is purged, or its purge has begun
    public Page<Map<String, Object>> run(DomainPrefix prefix, Optional<String> after, String requestId) {
        TenantScope scope = doors.command(prefix, requestId);
        if (scope.isBeyondRestoration()) {
            throw new NotPossible("tenant_purged", prefix + " is purged, or its purge has begun.");
        }
        Page<Row> rows = table.queryMegabyte(
                Keys.everything(scope), new PageRequest(LARGEST_PAGE, after), row -> row, Keys::position);
        List<Map<String, Object>> lines = new ArrayList<>();
        rows.items().forEach(row -> lines.addAll(lines(row)));
        return new Page<>(lines, lines.stream().map(_ -> "").toList(), rows.next());
    }

    private static List<Map<String, Object>> lines(Row row) {
        String kind = Keys.kind(row);
        return switch (kind) {
            case "USAGE_DAY" -> usage(UsageStore.day(row));
            case "REJECTIONS" ->
                RejectionStore.rejections(row).stream()
                        .map(ExportTenant::refusal)
                        .toList();
            default ->
                Optional.ofNullable(EXPORTED.get(kind))
                        .map(exported -> line(exported.type(), row.values(exported.attributes())))
                        .stream()
                        .toList();
        };
    }

    private static Map<String, Object> line(String type, Map<String, Object> values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        line.putAll(values);
        return line;
    }

    /// A line for each quarter hour in which something was counted.
    private static List<Map<String, Object>> usage(UsageDay day) {
        List<Map<String, Object>> lines = new ArrayList<>();
        day.counters().forEach((quarter, counters) -> lines.add(line("usage", values(day.day(), quarter, counters))));
        return lines;
    }

    private static Map<String, Object> values(long day, int quarter, Counters counters) {
        Map<String, Object> values = new LinkedHashMap<>();
        Instant start =
                LocalDate.ofEpochDay(day).atTime(quarter / 4, quarter % 4 * 15).toInstant(ZoneOffset.UTC);
        values.put("from", start.toString());
        values.put("messagesIn", counters.messagesIn());
        values.put("messagesOut", counters.messagesOut());
        values.put("bytesIn", counters.bytesIn());
        values.put("bytesOut", counters.bytesOut());
        values.put("connects", counters.connects());
        values.put("disconnects", counters.disconnects());
        values.put("errors", counters.errors());
        return values;
    }

    private static Map<String, Object> refusal(RecentRejection rejection) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("identity", rejection.identity().value());
        values.put("reason", rejection.reason().text());
        values.put("sourceIp", rejection.sourceIp());
        values.put("count", rejection.count());
        values.put("firstAt", rejection.firstAt().toString());
        values.put("lastAt", rejection.lastAt().toString());
        return line("refusal", values);
    }
}
