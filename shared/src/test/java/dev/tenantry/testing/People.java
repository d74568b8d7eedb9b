package dev.tenantry.testing;

import dev.tenantry.identity.UserId;
import dev.tenantry.tenancy.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// Signed-in people.
public final class People {

    private People() {}

    /// Someone new.
    public static Caller anyone() {
        return named("someone-" + UUID.randomUUID());
    }

    /// The same person, calling from elsewhere.
    public static Caller at(String ip, Caller person) {
        return new Caller(
                person.id(),
                person.email(),
                person.emailVerified(),
                person.givenName(),
                person.familyName(),
                ip,
                person.requestId());
    }

    /// The person of that name: always the same one.
    public static Caller named(String name) {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new Caller(
                new UserId(id.toString()),
                Optional.of(name + "@example.com"),
                true,
                name,
                "Example",
                "203.0.113.10",
                "request-of-" + name);
    }
}
