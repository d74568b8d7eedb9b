package dev.tenantry.local.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a person sees of the provider: forms and links, no script.
final class SignInPage {

    private static final String STYLE = style();

    /// Nothing is loaded, nothing runs, and no page shows this one in a frame. Where forms lead is not limited:
    /// browsers hold the redirects after a form against `form-action` too, and a portal may send a person on from
    /// its callback.
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; base-uri 'none'; frame-ancestors 'none'";

    private final String issuer;
    private final List<Person> people;

    /// @param people those who can be chosen without typing
    SignInPage(String issuer, List<Person> people) {
        this.issuer = issuer;
        this.people = List.copyOf(people);
    }

    /// Asks who the person is.
    ///
    /// @param email what the field begins with
    /// @param fault what is wrong with it
    Response ask(Parameters parameters, ReturnAddress address, String email, Optional<String> fault) {
        String request = hidden(parameters);
        StringBuilder body = new StringBuilder("<p class=\"local\">Local mode: no passwords, anyone may be anyone.</p>"
                + "<h1>Sign in</h1><p><strong>" + escaped(address.clientId())
                + "</strong> asks who you are. Your answer goes to</p><p class=\"address\">"
                + escaped(address.uri().toString()) + "</p>");
        if (!people.isEmpty()) {
            body.append("<form method=\"post\" action=\"" + Paths.AUTHORIZE + "\">")
                    .append(request)
                    .append("<h2 id=\"people\">Be one of the demo people</h2>"
                            + "<ul class=\"people\" aria-labelledby=\"people\">");
            for (Person person : people) {
                body.append("<li><button name=\"email\" value=\"" + escaped(person.email()) + "\"><span>"
                        + escaped(person.name()) + "</span> <span class=\"email\">" + escaped(person.email())
                        + "</span></button></li>");
            }
            body.append("</ul></form>");
        }
        body.append("<form method=\"post\" action=\"" + Paths.AUTHORIZE + "\">")
                .append(request)
                .append("<h2>Be anybody else</h2><label for=\"email\">E-mail address</label>");
        fault.ifPresent(it -> body.append("<p class=\"fault\" id=\"fault\" role=\"alert\">" + escaped(it) + "</p>"));
        body.append("<input id=\"email\" name=\"email\" type=\"email\" required autocomplete=\"email\" value=\""
                        + escaped(email) + "\" aria-describedby=\"" + (fault.isPresent() ? "fault " : "") + "hint\"")
                .append(fault.isPresent() ? " aria-invalid=\"true\" autofocus" : "")
                .append("><p class=\"hint\" id=\"hint\">The same address is the same person every time.</p>"
                        + "<button class=\"main\">Sign in</button></form><p><a href=\""
                        + escaped(cancelled(address)) + "\">Cancel and go back</a></p>");
        return html(fault.isPresent() ? 400 : 200, "Sign in", body.toString());
    }

    /// Says what is wrong with a request that must not be answered by a redirect.
    Response unanswerable(List<String> faults) {
        StringBuilder body = new StringBuilder("<h1>This sign-in can't go on</h1><p>The page that sent you here, or its"
                + " configuration, has to be corrected:</p><ul>");
        faults.forEach(fault -> body.append("<li>").append(escaped(fault)).append("</li>"));
        return html(400, "Sign-in failed", body.append("</ul>").toString());
    }

    /// Says what is wrong with a request whose client the person has never seen: they tell it themselves, or not.
    Response refused(ReturnAddress address, OAuthError error) {
        return html(
                400,
                "Sign-in failed",
                "<h1>This sign-in can't go on</h1><p><strong>" + escaped(address.clientId())
                        + "</strong> asked for what it can't get: " + escaped(error.description()) + "</p><p><a href=\""
                        + escaped(link(address, error)) + "\">Go back to "
                        + escaped(address.uri().origin())
                        + "</a></p>");
    }

    /// Says that nobody is signed in any more.
    ///
    /// @param back where a link leads
    /// @param note more to say
    static Response signedOut(Optional<String> back, String note) {
        String link = back.map(it -> "<p><a href=\"" + escaped(it) + "\">Go on to " + escaped(it) + "</a></p>")
                .orElse("");
        String more = note.isEmpty() ? "" : "<p>" + escaped(note) + "</p>";
        return html(200, "Signed out", "<h1>You are signed out</h1>" + link + more);
    }

    private String cancelled(ReturnAddress address) {
        return link(address, new OAuthError("access_denied", "The person went back without signing in."));
    }

    private String link(ReturnAddress address, OAuthError error) {
        return address.error(issuer, error).headers().joined("location").orElseThrow();
    }

    private static String hidden(Parameters parameters) {
        StringBuilder fields = new StringBuilder();
        for (String name : AuthorizationRequest.PARAMETERS) {
            parameters
                    .get(name)
                    .ifPresent(value -> fields.append(
                            "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escaped(value) + "\">"));
        }
        return fields.toString();
    }

    private static Response html(int status, String title, String body) {
        return Response.of(
                        status,
                        "text/html; charset=utf-8",
                        Body.of("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                                + title + " – Tenantry</title><style>" + STYLE + "</style></head><body><main>" + body
                                + "</main></body></html>"))
                .with("content-security-policy", POLICY)
                .with("x-content-type-options", "nosniff")
                // Not no-referrer, which would hide from ourselves that a form is our own.
                .with("referrer-policy", "same-origin")
                .with("cache-control", "no-store");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(SignInPage.class.getResourceAsStream("/identity/sign-in.css"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This JDK has no SHA-256.", impossible);
        }
    }
}
