package dev.tenantry.local.identity;

import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.identity.SignIns.Remembered;
import dev.tenantry.local.identity.SignIns.SignIn;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Where a client sends a person's browser to learn who they are (OpenID Connect Core 1.0, section 3.1.2). There are no
/// passwords: whoever sits here may be anyone. So what guards a person who is signed in is that their browser tells
/// nobody anything before they have seen whom.
final class AuthorizeEndpoint implements Endpoint {

    private final String issuer;
    private final SignIns signIns;
    private final Grants grants;
    private final Origins origins;
    private final SignInPage page;
    private final Clock clock;

    AuthorizeEndpoint(String issuer, SignIns signIns, Grants grants, Origins origins, SignInPage page, Clock clock) {
        this.issuer = issuer;
        this.signIns = signIns;
        this.grants = grants;
        this.origins = origins;
        this.page = page;
        this.clock = clock;
    }

    @Override
    public Response answer(Request request) {
        Parameters parameters = Parameters.of(request);
        ReturnAddress address;
        try {
            address = ReturnAddress.of(parameters);
        } catch (ReturnAddress.Unsound unsound) {
            return page.unanswerable(unsound.faults());
        }
        boolean trusted = isTrusted(request, address);
        try {
            AuthorizationRequest asked = AuthorizationRequest.of(parameters);
            return request.method().equals("POST")
                    ? signedIn(request, parameters, address, asked)
                    : asked(request, parameters, address, asked, trusted);
        } catch (OAuthError error) {
            // A redirect without a click would let any site send people on from here to any other (RFC 9700, section
            // 4.11.2).
            return trusted ? address.error(issuer, error) : page.refused(address, error);
        }
    }

    /// Whether a browser may be sent there without its person having been asked now.
    private boolean isTrusted(Request request, ReturnAddress address) {
        return origins.isKnown(address.uri().origin())
                || signIns.of(request).filter(it -> it.isAgreedTo(address)).isPresent();
    }

    private Response asked(
            Request request, Parameters parameters, ReturnAddress address, AuthorizationRequest asked, boolean trusted)
            throws OAuthError {
        if (asked.isSilent() && !trusted) {
            // Whoever is signed in, or nobody: it is the same answer, so that it tells a stranger nothing.
            return address.error(
                    issuer,
                    new OAuthError(
                            "interaction_required",
                            "This client has to ask the person at this redirect_uri first; it is none of"
                                    + " PORTAL_ORIGINS."));
        }
        Optional<SignIn> remembered = signIns.of(request)
                .filter(signIn -> asked.oldest()
                        .map(oldest -> clock.instant().isBefore(signIn.at().plus(oldest)))
                        .orElse(true));
        if (asked.isSilent() && remembered.isEmpty()) {
            throw new OAuthError("login_required", "Nobody has signed in with this browser lately.");
        }
        return trusted && remembered.isPresent() && !asked.wantsPage()
                ? code(remembered.get(), address, asked)
                : page.ask(
                        parameters,
                        address,
                        asked.loginHint()
                                .or(() ->
                                        remembered.map(signIn -> signIn.person().email()))
                                .orElse(""),
                        Optional.empty());
    }

    private Response signedIn(
            Request request, Parameters parameters, ReturnAddress address, AuthorizationRequest asked) {
        // A page of somebody else must not sign a person in as whom it likes.
        if (!request.headers().joined("origin").map(origins::isOwn).orElse(true)) {
            return page.unanswerable(List.of("The form was sent by another site. Sign in on this page itself."));
        }
        String email = parameters.get("email").orElse("").strip();
        if (!Person.isEmail(email)) {
            return page.ask(
                    parameters, address, email, Optional.of("Enter an e-mail address such as ada@example.com."));
        }
        Remembered remembered = signIns.begin(request, Person.of(email), address);
        return code(remembered.signIn(), address, asked).with("set-cookie", remembered.cookie());
    }

    private Response code(SignIn signIn, ReturnAddress address, AuthorizationRequest asked) {
        Grant grant =
                new Grant(address.clientId(), signIn.person(), asked.scopes(), signIn.id(), signIn.at(), asked.nonce());
        return address.code(issuer, grants.issueCode(grant, address.uri(), asked.codeChallenge()));
    }
}
