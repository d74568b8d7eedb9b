package dev.tenantry.stats;

import dev.tenantry.chargers.ChargerStore;
import dev.tenantry.chargers.RejectionStore;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.storage.Lookup;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.usage.UsageStore;
import dev.tenantry.usage.UsageSummary;
import dev.tenantry.users.Headcount;
import dev.tenantry.users.MemberStore;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;

/// Shows a tenant in numbers, all of which are counted already (docs/adr/0019).
public final class ShowStats {

    private final TenantStore tenants;
    private final MemberStore members;
    private final ProfileStore profiles;
    private final ChargerStore chargers;
    private final RejectionStore rejections;

    @Inject
    ShowStats(
            TenantStore tenants,
            MemberStore members,
            ProfileStore profiles,
            ChargerStore chargers,
            RejectionStore rejections) {
        this.tenants = tenants;
        this.members = members;
        this.profiles = profiles;
        this.chargers = chargers;
        this.rejections = rejections;
    }

    /// One round trip, and another one where somebody else than the caller has sent invites that wait.
    public Stats run(Door door) {
        List<Lookup<?>> lookups = new ArrayList<>(ChargerStore.counts());
        lookups.add(MemberStore.headcount());
        lookups.add(InviteStore.register());
        lookups.add(ProfileStore.register());
        lookups.add(SubscriptionStore.subscription());
        lookups.add(UsageStore.summary());
        lookups.add(RejectionStore.recent());
        TenantScope scope = door.open(lookups.toArray(Lookup<?>[]::new));

        UsageSummary summary = scope.found(UsageStore.summary()).orElse(UsageSummary.NONE);
        YearMonth month = YearMonth.from(scope.now().atOffset(ZoneOffset.UTC));
        return new Stats(
                scope.found(MemberStore.headcount()).orElse(Headcount.ZERO),
                scope.found(InviteStore.register())
                        .map(invites ->
                                invites.pendingAt(scope.now(), members.find(scope, invites.inviters(scope.now()))))
                        .orElse(0L),
                profiles.register(scope).count(),
                chargers.counts(scope),
                rejections.count(scope),
                start(month),
                start(month.plusMonths(1)),
                summary.month(month).messages(),
                summary.month(month).bytes(),
                scope.found(SubscriptionStore.subscription()),
                summary.foldedAt().orElseGet(() -> tenants.tenant(scope).createdAt()));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
