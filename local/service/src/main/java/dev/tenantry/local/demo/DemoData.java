package dev.tenantry.local.demo;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.chargers.ChargerEdit;
import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.ChargerName;
import dev.tenantry.chargers.ConnectionId;
import dev.tenantry.chargers.Credentials;
import dev.tenantry.chargers.Nameplate;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.chargers.NewCharger;
import dev.tenantry.chargers.Rejection;
import dev.tenantry.chargers.ShownCharger;
import dev.tenantry.config.Settings;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.IssuedInvite;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.ips.IpDescription;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.identity.Person;
import dev.tenantry.profiles.ChargerPassword;
import dev.tenantry.profiles.Configuration;
import dev.tenantry.profiles.CpmsUrl;
import dev.tenantry.profiles.HeartbeatInterval;
import dev.tenantry.profiles.NewPassword;
import dev.tenantry.profiles.NewProfile;
import dev.tenantry.profiles.ProfileDescription;
import dev.tenantry.profiles.ProfileName;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.TenantName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The tenant `demo` with a person of each role, somebody invited, an allowlist that lets this machine in, two charger
/// profiles, some chargers and their usage, made by the same use cases that serve requests. Its people's e-mail
/// addresses, such as `admin@demo.example`, stand for the same people that the token issuer signs in.
public final class DemoData {

    /// Its domain prefix.
    public static final String TENANT = "demo";

    /// What it pays for: some more than it has.
    public static final long CHARGE_POINTS = 25;

    private static final String NEWCOMER = "newcomer@demo.example";
    private static final DomainPrefix DEMO = new DomainPrefix(TENANT);

    /// Where local mode is called from.
    private static final String SOURCE_IP = "127.0.0.1";

    private static final NewIp THIS_MACHINE = new NewIp(
            IpBlock.parse("127.0.0.0/8"),
            Optional.of(new IpDescription("This machine")),
            IpScope.API,
            Optional.empty());

    /// Everyone may know it, since it opens nothing but what everyone's own machine runs.
    private static final String DEPOT_PASSWORD = "demo-depot-password";

    private static final String LOST = "the tenants that were made here are lost then.";
    /// The number of the profile whose chargers have it: the second that was created.
    private static final long DEPOT = 2;

    private static final int CHARGERS = 12;

    /// How many of them are not there any more.
    private static final int GONE = 2;

    private final Settings settings;
    private final DemoComponent core;
    private final Optional<Path> directory;

    /// @param directory where the data is kept; empty if it is in memory
    public DemoData(Settings settings, Optional<Path> directory) {
        this.settings = settings;
        this.directory = directory;
        this.core = DaggerDemoComponent.factory().create(settings);
    }

    /// Who can look at it, and somebody who is invited.
    public static List<Person> people() {
        return Stream.concat(Stream.of(Role.ADMIN, Role.USER, Role.VIEWER).map(DemoData::email), Stream.of(NEWCOMER))
                .map(Person::of)
                .toList();
    }

    /// Makes it all unless the tenant is there: a data directory keeps it from one start to the next, edits and
    /// all.
    ///
    /// @return whether it was made just now, and its customer at Stripe is still to come
    /// @throws CannotStart if it is half made, or the storage is too slow for it
    public boolean make() {
        return inTime(directory, this::makeAll);
    }

    /// Does a part of it.
    ///
    /// @param directory where the data is kept; empty if it is in memory
    /// @throws CannotStart if the storage is too slow for it
    public static <T> T inTime(Optional<Path> directory, Supplier<T> part) {
        try {
            return part.get();
        } catch (Unavailable | UpstreamUnavailable slow) {
            throw tooSlow(directory, slow);
        } catch (CompletionException alongside) {
            throw alongside.getCause() instanceof Unavailable slow ? tooSlow(directory, slow) : alongside;
        }
    }

    private static CannotStart tooSlow(Optional<Path> directory, Throwable slow) {
        return new CannotStart(
                "The demo data could not be written in time, because the storage is slow or the machine is busy. "
                        + directory
                                .map(path -> "Start with DEMO=0 or another DATA_DIR, or delete " + path
                                        + " and start again: " + LOST)
                                .orElse("Start again, or start with DEMO=0."),
                slow);
    }

    private boolean makeAll() {
        Caller admin = person(Role.ADMIN);
        try {
            commit(() -> core.foundTenant()
                    .run(admin, new NewTenant(new TenantName("Demo Charging"), DEMO), Optional.empty()));
        } catch (DomainPrefixTaken e) {
            if (settings.stripeSettings().isPresent() && isUnfinished(admin)) {
                throw new CannotStart(List.of(
                        "The demo data is incomplete: its creation was interrupted, or an older version or STRIPE=0 made it. "
                                + "Start with DEMO=0 or another DATA_DIR, or delete "
                                + directory.map(Path::toString).orElse("the data") + ": " + LOST));
            }
            return false;
        }
        for (Role role : new Role[] {Role.USER, Role.VIEWER}) {
            Caller person = person(role);
            commit(() -> {
                TenantScope scope = core.doors().operator(DEMO, admin.actor());
                return core.addMember().run(scope, person, email(role), role);
            });
        }
        // Usage of the days before and the rest have no row in common, and either takes about a second. Not in the
        // common pool, whose only thread may be this one.
        Instant now = core.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        CompletableFuture<Void> usage = CompletableFuture.runAsync(() -> usage(now), Thread::startVirtualThread);
        if (settings.inviteSettings().isPresent()) {
            invite(admin);
        }
        commit(() -> core.addIp().run(door(admin), THIS_MACHINE));
        profiles(admin);
        chargers(admin, now);
        usage.join();
        // What came with the chargers.
        core.aggregateUsage().run(() -> true);
        return true;
    }

    /// The customer comes last of all. Somebody may have deleted the tenant, which is nothing to be repaired.
    private boolean isUnfinished(Caller admin) {
        try {
            return core.tenants()
                    .tenant(core.doors().operator(DEMO, admin.actor()))
                    .stripeCustomerId()
                    .isEmpty();
        } catch (TenantNotFound e) {
            return false;
        }
    }

    private void usage(Instant now) {
        core.importUsage().run(DEMO, DemoUsage.until(now, CHARGERS));
        core.aggregateUsage().run(() -> true);
    }

    private Door door(Caller admin) {
        return lookups -> core.doors().operator(DEMO, admin.actor(), lookups);
    }

    /// One for chargers that prove nothing, which is the default, and one for chargers with a password.
    private void profiles(Caller admin) {
        NewProfile street = new NewProfile(
                new ProfileName("Street"),
                Optional.of(new ProfileDescription("Public chargers")),
                CpmsUrl.parse("wss://cpms.example.com/ocpp"),
                true,
                false,
                HeartbeatInterval.USUAL,
                SecurityProfile.NONE,
                Optional.empty(),
                Configuration.of(Map.of("MeterValueSampleInterval", "60")));
        NewProfile depot = new NewProfile(
                new ProfileName("Depot"),
                Optional.of(new ProfileDescription("Fast chargers behind the gate")),
                CpmsUrl.parse("wss://cpms.example.com/ocpp"),
                false,
                false,
                HeartbeatInterval.of(60),
                SecurityProfile.BASIC_OVER_TLS,
                Optional.of(new NewPassword(new ChargerPassword(DEPOT_PASSWORD))),
                Configuration.of(Map.of("ClockAlignedDataInterval", "900", "MeterValueSampleInterval", "30")));
        commit(() -> core.createProfile().run(door(admin), street));
        commit(() -> core.createProfile().run(door(admin), depot));
    }

    /// Somebody who has not answered yet; the mail is in the outbox.
    private void invite(Caller admin) {
        NewInvite wanted = new NewInvite(new EmailAddress(NEWCOMER), Role.VIEWER, new Language("en"));
        IssuedInvite invite = commit(() -> core.createInvite().run(door(admin), admin, wanted));
        core.table().commit(core.sendInvite().run(invite));
    }

    /// They register while provisioning is on, as they would in the street; some of them have gone since.
    private void chargers(Caller admin, Instant now) {
        Door door = door(admin);
        NewWindow window = new NewWindow(Optional.empty(), NewWindow.DEFAULT_DURATION, Optional.empty());
        commit(() -> core.startProvisioning().run(door, window));
        Credentials nothing = new Credentials(true, Optional.empty(), Optional.empty());
        for (int i = 1; i <= CHARGERS; i++) {
            String number = "%02d".formatted(i);
            Nameplate nameplate = new Nameplate(Map.of(
                    Field.CHARGE_POINT_VENDOR,
                    "Volt Valley",
                    Field.CHARGE_POINT_MODEL,
                    i % 2 == 0 ? "Wallbox 22" : "Station 150",
                    Field.CHARGE_POINT_SERIAL_NUMBER,
                    "VV-0" + number,
                    Field.FIRMWARE_VERSION,
                    "2.4." + i % 4));
            ChargerEvent event = new ChargerEvent(
                    "demo", "STREET-" + number, SOURCE_IP, new ConnectionId("demo-" + i), now, "demo-data");
            commit(() -> core.connectCharger().run(event, nothing));
            commit(() -> core.bootCharger().run(event, nameplate));
            if (i > CHARGERS - GONE) {
                commit(() -> core.disconnectCharger().run(event));
            }
        }
        commit(() -> core.stopProvisioning().run(door, Precondition.NONE));
        enteredByHand(door);
        strangers(now, nothing);
    }

    /// Behind the gate: one that has connected, one that is still in its box, and one that was stolen.
    private void enteredByHand(Door door) {
        List<ShownCharger> entered = commit(() -> core.addChargers()
                .run(
                        door,
                        List.of(
                                byHand("DEPOT-01", "North gate, left"),
                                byHand("DEPOT-02", "North gate, right"),
                                byHand("DEPOT-03", "South gate"))));
        ChargerEdit block = new ChargerEdit(
                Long.toString(entered.getLast().charger().id()),
                "",
                new Edit.Keep<>(),
                Optional.empty(),
                new Edit.Keep<>(),
                Optional.of(true),
                new Edit.Keep<>());
        commit(() -> core.updateChargers().run(door, List.of(block), Precondition.NONE));
        ChargerEvent event = new ChargerEvent(
                TENANT,
                "DEPOT-01",
                SOURCE_IP,
                new ConnectionId("demo-depot-1"),
                core.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                "demo-data");
        Credentials credentials = new Credentials(
                true,
                Optional.empty(),
                Optional.of("Basic "
                        + Base64.getEncoder()
                                .encodeToString(("DEPOT-01:" + DEPOT_PASSWORD).getBytes(StandardCharsets.UTF_8))));
        commit(() -> core.connectCharger().run(event, credentials));
    }

    private static NewCharger byHand(String identity, String name) {
        return new NewCharger(
                "",
                new ChargePointIdentity(identity),
                Optional.of(new ChargerName(name)),
                Optional.of(DEPOT),
                Optional.empty(),
                Optional.empty());
    }

    /// Nobody knows them, and provisioning is off.
    private void strangers(Instant now, Credentials nothing) {
        for (String identity : List.of("RDAM 123", "STREET-99", "RDAM 123")) {
            ChargerEvent event =
                    new ChargerEvent("demo", identity, "198.51.100.7", new ConnectionId("stranger"), now, "demo-data");
            try {
                commit(() -> core.connectCharger().run(event, nothing));
            } catch (Rejection e) {
                core.noteRejections().note(event, e);
            }
        }
        core.noteRejections().write("demo-data", 1);
    }

    private <T> T commit(Supplier<Decision<T>> decide) {
        return Backoff.forRequest(core.clock(), core.random()).commit(core.table(), _ -> decide.get());
    }

    private static Caller person(Role role) {
        Person person = Person.of(email(role));
        return new Caller(
                new UserId(person.sub()),
                Optional.of(person.email()),
                person.emailVerified(),
                person.givenName(),
                person.familyName(),
                SOURCE_IP,
                "demo-data");
    }

    private static String email(Role role) {
        return role.text() + "@demo.example";
    }
}
