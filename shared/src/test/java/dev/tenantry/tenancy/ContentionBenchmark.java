package dev.tenantry.tenancy;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.chargers.NewCharger;
import dev.tenantry.edit.Edit;
import dev.tenantry.http.HttpFunction;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.profiles.ProfileEdit;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.ProfileName;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Deadline;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.BusyDynamoDb;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FakePayments;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.People;
import dev.tenantry.users.RoleChange;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Many people of one tenant who change different things at once: how many changes are made, how many are given up,
/// after how many tries, and at which rows they met. Not a test: see docs/performance.md for how to run it.
public final class ContentionBenchmark {

    private static final String TENANT = "acme";
    private static final int READERS = 4;

    /// What became of a request.
    private record Outcome(String kind, boolean isDone, int tries, long nanos) {}

    private enum Kind {
        INVITES,
        IPS,
        PROFILES,
        CHARGERS,
        RENAMES,
        ROLES,
        PROVISIONING
    }

    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Core quiet;
    private final BusyDynamoDb busy;
    private final Core core;
    private final Caller founder = People.named("ada");

    private volatile boolean isOver;

    private ContentionBenchmark(long writeMillis, long readMillis) {
        String table = DynamoDbLocal.newTable(DynamoDbLocal.client());
        quiet = Core.over(DynamoDbLocal.client(), table, clock);
        busy = new BusyDynamoDb(DynamoDbLocal.client(), writeMillis, readMillis);
        core = Core.over(busy.client(), table, clock, new Mailbox(), random, new FakePayments());
        quiet.tenant(TENANT, founder);
    }

    /// @param arguments how many write; for how many seconds; for how many milliseconds a transaction is under way,
    ///                  0 as DynamoDB Local does; for how many a read is; and what they do: `mixed`, or one kind
    public static void main(String[] arguments) throws InterruptedException {
        int writers = Integer.parseInt(arguments[0]);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[1]));
        List<Kind> kinds = arguments[4].equals("mixed")
                ? List.of(Kind.values())
                : List.of(Kind.valueOf(arguments[4].toUpperCase(Locale.ROOT)));
        // Before anything counts, the compiler has seen it all.
        ContentionBenchmark warm = new ContentionBenchmark(0, 0);
        warm.run(4, Duration.ofSeconds(8), List.of(Kind.values()));
        ContentionBenchmark alone = new ContentionBenchmark(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
        alone.run(0, time.dividedBy(2), kinds);
        alone.print("GET alone");
        ContentionBenchmark measured =
                new ContentionBenchmark(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
        measured.run(writers, time, kinds);
        measured.print(writers + " writers, " + arguments[4] + ", transactions of " + arguments[2] + " ms");
        // DynamoDB Local's threads would go on for ever.
        System.exit(0);
    }

    private void run(int writers, Duration time, List<Kind> kinds) throws InterruptedException {
        core.insist(() -> core.createProfile().run(door(founder), ProfileFixture.wanted("Standard")));
        List<Caller> admins = new ArrayList<>();
        List<Caller> others = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            admins.add(quiet.member(TENANT, Role.ADMIN));
            others.add(quiet.member(TENANT, Role.VIEWER));
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(writers + READERS)) {
            for (int i = 0; i < writers; i++) {
                int self = i;
                executor.submit(() -> {
                    try {
                        for (int round = 0; !isOver; round++) {
                            change(
                                    kinds.get((self + round) % kinds.size()),
                                    self,
                                    round,
                                    admins.get(self),
                                    others.get(self));
                        }
                    } catch (RuntimeException e) {
                        e.printStackTrace();
                    }
                });
            }
            for (int i = 0; i < READERS; i++) {
                executor.submit(() -> {
                    while (!isOver) {
                        read("GET tenant", () -> core.showTenant().run(door(founder)));
                        read("GET stats", () -> core.showStats().run(door(founder)));
                        read(
                                "GET users",
                                () -> core.listMembers().run(door(founder), new PageRequest(50, Optional.empty())));
                    }
                });
            }
            Thread.sleep(time);
            isOver = true;
        }
    }

    /// Changes of things that nobody else changes, but for the tenant's name and the window, of which there is one.
    private void change(Kind kind, int self, int round, Caller admin, Caller other) {
        String name = self + "-" + round;
        switch (kind) {
            case INVITES ->
                request(
                                "invite",
                                () -> core.createInvite()
                                        .run(
                                                door(admin),
                                                admin,
                                                new NewInvite(
                                                        new EmailAddress("guest-" + name + "@example.com"),
                                                        Role.USER,
                                                        new Language("en"))))
                        .ifPresent(issued -> request(
                                "revoke",
                                () -> core.revokeInvite()
                                        .run(
                                                door(admin),
                                                Long.toString(issued.invite().id()))));
            case IPS ->
                request(
                                "add ip",
                                () -> core.addIp()
                                        .run(
                                                door(admin),
                                                new NewIp(
                                                        IpBlock.parse("10." + self + "." + round / 256 % 256 + "."
                                                                + round % 256),
                                                        Optional.empty(),
                                                        IpScope.CHARGER,
                                                        Optional.empty())))
                        .ifPresent(entry -> request(
                                "remove ip",
                                () -> core.removeIp().run(door(admin), Long.toString(entry.id()), Precondition.NONE)));
            case PROFILES ->
                request("add profile", () -> core.createProfile().run(door(admin), ProfileFixture.wanted(name)))
                        .ifPresent(shown -> {
                            String id = Long.toString(shown.profile().id());
                            request(
                                    "edit profile",
                                    () -> core.updateProfile()
                                            .run(door(admin), id, renamed(name + " again"), Precondition.NONE));
                            request(
                                    "delete profile",
                                    () -> core.deleteProfile().run(door(admin), id, Precondition.NONE));
                        });
            case CHARGERS ->
                request(
                                "add charger",
                                () -> core.addChargers()
                                        .run(
                                                door(admin),
                                                List.of(new NewCharger(
                                                        "",
                                                        new ChargePointIdentity("CP-" + name),
                                                        Optional.empty(),
                                                        Optional.empty(),
                                                        Optional.empty(),
                                                        Optional.empty()))))
                        .ifPresent(added -> request(
                                "remove charger",
                                () -> core.removeCharger()
                                        .run(
                                                door(admin),
                                                Long.toString(added.getFirst()
                                                        .charger()
                                                        .id()),
                                                Precondition.NONE)));
            case RENAMES ->
                request(
                        "rename tenant",
                        () -> core.updateTenant()
                                .run(
                                        door(admin),
                                        new TenantEdit(Optional.of(new TenantName("Acme " + name)), new Edit.Keep<>()),
                                        Precondition.NONE));
            case ROLES -> {
                request(
                        "change role",
                        () -> core.changeRoles().run(door(admin), List.of(new RoleChange(other.id(), Role.USER))));
                request(
                        "change role",
                        () -> core.changeRoles().run(door(admin), List.of(new RoleChange(other.id(), Role.VIEWER))));
            }
            case PROVISIONING ->
                request(
                        "start provisioning",
                        () -> core.startProvisioning()
                                .run(
                                        door(admin),
                                        new NewWindow(Optional.empty(), Duration.ofHours(1), Optional.empty())));
        }
    }

    /// As a function makes a change.
    private <T> Optional<T> request(String kind, Supplier<Decision<T>> decide) {
        if (isOver) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        int[] tries = new int[1];
        try {
            T result = ScopedValue.where(Deadline.CURRENT, Deadline.in(HttpFunction.TIME_FOR_STORAGE))
                    .call(() -> Backoff.forRequest(clock, random).commit(core.table(), attempt -> {
                        tries[0] = attempt;
                        return decide.get();
                    }));
            outcomes.add(new Outcome(kind, true, tries[0], System.nanoTime() - start));
            return Optional.of(result);
        } catch (Unavailable e) {
            outcomes.add(new Outcome(kind, false, tries[0], System.nanoTime() - start));
            return Optional.empty();
        }
    }

    private void read(String kind, Runnable reading) {
        long start = System.nanoTime();
        boolean isDone = true;
        try {
            reading.run();
        } catch (RuntimeException e) {
            e.printStackTrace();
            isDone = false;
        }
        outcomes.add(new Outcome(kind, isDone, 1, System.nanoTime() - start));
    }

    private void print(String title) {
        Map<String, List<Outcome>> byKind = new TreeMap<>();
        List<Outcome> changes = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            byKind.computeIfAbsent(outcome.kind(), _ -> new ArrayList<>()).add(outcome);
            if (!outcome.kind().startsWith("GET")) {
                changes.add(outcome);
            }
        }
        System.out.println(title);
        byKind.forEach(ContentionBenchmark::print);
        if (!changes.isEmpty()) {
            print("all changes", changes);
        }
        busy.cancelled().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(14)
                .forEach(entry -> System.out.printf(Locale.ROOT, "  %6d  %s%n", entry.getValue(), entry.getKey()));
    }

    private static void print(String kind, List<Outcome> outcomes) {
        long[] nanos = outcomes.stream().mapToLong(Outcome::nanos).sorted().toArray();
        long done = outcomes.stream().filter(Outcome::isDone).count();
        double tries = outcomes.stream().mapToInt(Outcome::tries).average().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%-20s done %6d, 503 %5d, tries %5.2f, median %7.1f ms, p99 %7.1f ms%n",
                kind,
                done,
                outcomes.size() - done,
                tries,
                nanos[nanos.length / 2] / 1e6,
                nanos[Math.min(nanos.length - 1, nanos.length * 99 / 100)] / 1e6);
    }

    private Door door(Caller caller) {
        return core.door(caller, TENANT, Role.ADMIN);
    }

    private static ProfileEdit renamed(String name) {
        return new ProfileEdit(
                Optional.of(new ProfileName(name)),
                new Edit.Keep<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Edit.Keep<>(),
                Optional.empty(),
                Optional.empty());
    }
}
