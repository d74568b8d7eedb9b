package dev.tenantry.local.identity;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a client may learn of a person (OpenID Connect Core 1.0, sections 3.1.2.1 and 5.4).
///
/// @param granted those that were asked for and exist here
record Scopes(Set<String> granted) {

    static final List<String> SUPPORTED = List.of("openid", "profile", "email", "offline_access");

    /// A client that asks for none in particular gets what the API wants to know (RFC 6749, section 3.3).
    static final Scopes DEFAULT = Scopes.of("openid profile email");

    Scopes {
        granted = Set.copyOf(granted);
    }

    /// Unknown ones are left out, as the specification wants.
    static Scopes of(String text) {
        Set<String> granted = new LinkedHashSet<>(Arrays.asList(text.split(" ")));
        granted.retainAll(SUPPORTED);
        return new Scopes(granted);
    }

    boolean has(String scope) {
        return granted.contains(scope);
    }

    boolean includes(Scopes others) {
        return granted.containsAll(others.granted);
    }

    /// As a request or an answer has them, in the order of [#SUPPORTED].
    String text() {
        return String.join(" ", SUPPORTED.stream().filter(this::has).toList());
    }
}
