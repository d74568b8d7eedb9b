package dev.tenantry.local.demo;

import dev.tenantry.config.Settings;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.IssuedInvite;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.local.identity.Person;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.UserId;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.TenantName;
import java.util.Optional;
import java.util.function.Supplier;

/// The tenant `demo` with a person of each role and somebody invited, made by the same use cases that serve requests. Their e-mail addresses,
/// such as `admin@demo.example`, stand for the same people that the token issuer signs in.
public final class DemoData {

    /// Its domain prefix.
    public static final String TENANT = "demo";

    private static final DomainPrefix DEMO = new DomainPrefix(TENANT);

    /// In the documentation's range (RFC 5737): nobody's address.
    private static final String SOURCE_IP = "192.0.2.1";

    private final DemoComponent core;

    public DemoData(Settings settings) {
        this.core = DaggerDemoComponent.factory().create(settings);
    }

    /// Makes what is not there yet. A data directory keeps it from one start to the next, edits and all.
    ///
    /// @return whether it was made just now
    public boolean make() {
        Caller admin = person(Role.ADMIN);
        try {
            commit(() -> core.createTenant().run(admin, new NewTenant(new TenantName("Demo Charging"), DEMO)));
        } catch (DomainPrefixTaken e) {
            return false;
        }
        for (Role role : new Role[] {Role.USER, Role.VIEWER}) {
            Caller person = person(role);
            commit(() -> {
                TenantScope scope = core.doors().operator(DEMO, admin.actor());
                return core.addMember().run(scope, person, email(role), role);
            });
        }
        invite(admin);
        core.importUsage().run(DEMO, DemoUsage.until(core.clock().instant(), DEMO));
        core.aggregateUsage().run(() -> true);
        return true;
    }

    /// Somebody who has not answered yet; the mail is in the outbox.
    private void invite(Caller admin) {
        Door door = lookups -> core.doors().operator(DEMO, admin.actor(), lookups);
        NewInvite wanted =
                new NewInvite(new EmailAddress("newcomer@demo.example"), Role.VIEWER, new Language("en"));
        IssuedInvite invite = commit(() -> core.createInvite().run(door, admin, wanted));
        core.table().commit(core.sendInvite().run(invite));
    }

    private <T> T commit(Supplier<Decision<T>> decide) {
        while (true) {
            try {
                Decision<T> decision = decide.get();
                core.table().commit(decision.change());
                return decision.result();
            } catch (Conflict e) {
                // Two entries of one millisecond drew the same audit id: draw again, as a request would.
            }
        }
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
