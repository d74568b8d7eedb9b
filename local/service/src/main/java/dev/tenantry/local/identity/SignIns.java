package dev.tenantry.local.identity;

import dev.tenantry.local.aws.http.Request;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Who has signed in with which browser, told by a cookie, in memory.
final class SignIns {

    /// Cookies know no ports: without one in the name, another service of this machine would take ours away.
    private final String cookieName;

    private final Opaque opaque;
    private final Clock clock;
    private final Map<String, SignIn> byCookie = new Latest<>();

    SignIns(String issuer, RandomGenerator random, Clock clock) {
        this.cookieName = "tenantry_sign_in_" + URI.create(issuer).getPort();
        this.opaque = new Opaque(random);
        this.clock = clock;
    }

    /// A person who has signed in.
    ///
    /// @param id       as clients get to know it (`sid`); the cookie is a secret, this is none
    /// @param agreedTo where the person has seen that their answer goes, see [#agreement]
    record SignIn(String id, Person person, Instant at, Set<String> agreedTo) {

        SignIn {
            agreedTo = Set.copyOf(agreedTo);
        }

        boolean isAgreedTo(ReturnAddress address) {
            return agreedTo.contains(agreement(address));
        }

        boolean knows(String origin) {
            return agreedTo.stream().anyMatch(agreed -> agreed.endsWith(" " + origin));
        }
    }

    private static String agreement(ReturnAddress address) {
        return address.clientId() + " " + address.uri().origin();
    }

    synchronized Optional<SignIn> of(Request request) {
        return cookie(request).map(byCookie::get);
    }

    /// Takes note of a person who has just said who they are.
    ///
    /// @return the cookie that tells so
    synchronized Remembered begin(Request request, Person person, ReturnAddress address) {
        Optional<SignIn> before = of(request).filter(it -> it.person().equals(person));
        cookie(request).ifPresent(byCookie::remove);
        Set<String> agreedTo = new HashSet<>(before.map(SignIn::agreedTo).orElse(Set.of()));
        agreedTo.add(agreement(address));
        SignIn signIn = new SignIn(before.map(SignIn::id).orElseGet(opaque::next), person, clock.instant(), agreedTo);
        String secret = opaque.next();
        byCookie.put(secret, signIn);
        return new Remembered(signIn, setCookie(secret, ""));
    }

    /// @param cookie a value of `Set-Cookie`
    record Remembered(SignIn signIn, String cookie) {}

    synchronized void end(String id) {
        byCookie.values().removeIf(signIn -> signIn.id().equals(id));
    }

    /// A value of `Set-Cookie` that takes the cookie away.
    String noCookie() {
        return setCookie("", "; Max-Age=0");
    }

    /// It is for our own pages and for links to them. No `Secure`: there is no TLS on this machine.
    private String setCookie(String value, String more) {
        return cookieName + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + more;
    }

    private Optional<String> cookie(Request request) {
        for (String header : request.headers().all("cookie")) {
            for (String pair : header.split(";", -1)) {
                if (pair.strip().startsWith(cookieName + "=")) {
                    return Optional.of(pair.strip().substring(cookieName.length() + 1));
                }
            }
        }
        return Optional.empty();
    }
}
