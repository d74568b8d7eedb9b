package dev.tenantry.local.identity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a client asks the authorization endpoint for (OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636, section
/// 4.3).
///
/// @param codeChallenge the SHA-256 of what the client will show for the code
/// @param oldest        how long ago the person may have signed in
record AuthorizationRequest(
        Scopes scopes,
        Optional<String> nonce,
        String codeChallenge,
        Set<String> prompts,
        Optional<Duration> oldest,
        Optional<String> loginHint) {

    /// All that a request is made of and that a form of ours hands on. Not `prompt`: the form is its answer.
    static final List<String> PARAMETERS = List.of(
            "client_id",
            "redirect_uri",
            "response_type",
            "response_mode",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method");

    private static final List<String> ONCE =
            List.of("response_type", "response_mode", "scope", "state", "nonce", "code_challenge", "prompt", "max_age");
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    AuthorizationRequest {
        prompts = Set.copyOf(prompts);
    }

    /// @throws OAuthError if the client gets no code for it
    static AuthorizationRequest of(Parameters parameters) throws OAuthError {
        refuseWhatIsNotSupported(parameters);
        List<String> faults = new ArrayList<>();
        ONCE.stream()
                .filter(parameters::isRepeated)
                .forEach(name -> faults.add(name + " is there twice; send it once."));
        if (parameters.get("response_type").isEmpty()) {
            faults.add("response_type is missing; send code.");
        }
        parameters
                .get("response_mode")
                .filter(mode -> !mode.equals("query") && !mode.equals("fragment"))
                .ifPresent(mode -> faults.add("response_mode must be query or fragment."));
        String challenge = parameters.get("code_challenge").orElse("");
        if (challenge.isEmpty()) {
            faults.add("code_challenge is missing; PKCE is required of every client.");
        } else if (!CHALLENGE.matcher(challenge).matches()) {
            faults.add("code_challenge must be a SHA-256 hash in 43 characters of base64url.");
        }
        if (!parameters.get("code_challenge_method").equals(Optional.of("S256"))) {
            faults.add("code_challenge_method must be S256.");
        }
        Set<String> prompts =
                Set.copyOf(List.of(parameters.get("prompt").orElse("").split(" ", -1)));
        if (prompts.contains("none") && prompts.size() > 1) {
            faults.add("prompt is none or something else, not both.");
        }
        Optional<String> oldest = parameters.get("max_age");
        if (oldest.isPresent() && !SECONDS.matcher(oldest.get()).matches()) {
            faults.add("max_age must be a number of seconds.");
        }
        if (!faults.isEmpty()) {
            throw new OAuthError("invalid_request", String.join(" ", faults));
        }
        return new AuthorizationRequest(
                parameters.get("scope").map(Scopes::of).orElse(Scopes.DEFAULT),
                parameters.get("nonce"),
                challenge,
                prompts,
                oldest.map(Long::valueOf).map(Duration::ofSeconds),
                parameters.get("login_hint"));
    }

    /// Whether the person may not be asked anything.
    boolean isSilent() {
        return prompts.contains("none");
    }

    /// Whether the person is to be asked, whatever is remembered.
    boolean wantsPage() {
        return prompts.contains("login") || prompts.contains("select_account") || prompts.contains("consent");
    }

    private static void refuseWhatIsNotSupported(Parameters parameters) throws OAuthError {
        if (parameters.get("request").isPresent()) {
            throw new OAuthError("request_not_supported", "Send the parameters themselves instead of request.");
        }
        if (parameters.get("request_uri").isPresent()) {
            throw new OAuthError("request_uri_not_supported", "Send the parameters themselves instead of request_uri.");
        }
        Optional<String> type = parameters.get("response_type");
        if (type.isPresent() && !type.get().equals("code")) {
            throw new OAuthError("unsupported_response_type", "response_type must be code.");
        }
    }
}
