package dev.tenantry.local.identity;

import dev.tenantry.local.aws.http.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the answer to an authorization request goes.
///
/// @param inFragment whether the client wants it behind `#` instead of `?`
record ReturnAddress(String clientId, RedirectUri uri, Optional<String> state, boolean inFragment) {

    /// There is none: what is wrong can only be told to the person.
    static final class Unsound extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<String> faults;

        Unsound(List<String> faults) {
            super(String.join(" ", faults));
            this.faults = faults;
        }

        List<String> faults() {
            return faults;
        }
    }

    static ReturnAddress of(Parameters parameters) throws Unsound {
        List<String> faults = new ArrayList<>();
        if (parameters.get("client_id").isEmpty()) {
            faults.add("client_id is missing. Any will do, for example tenantry-portal.");
        }
        if (parameters.isRepeated("client_id")) {
            faults.add("client_id is there twice. Send it once.");
        }
        Optional<RedirectUri> uri = parameters.get("redirect_uri").flatMap(RedirectUri::parse);
        if (uri.isEmpty()) {
            faults.add("redirect_uri " + RedirectUri.RULE + ".");
        }
        if (parameters.isRepeated("redirect_uri")) {
            faults.add("redirect_uri is there twice. Send it once.");
        }
        if (!faults.isEmpty()) {
            throw new Unsound(faults);
        }
        return new ReturnAddress(
                parameters.get("client_id").orElseThrow(),
                uri.orElseThrow(),
                parameters.isRepeated("state") ? Optional.empty() : parameters.get("state"),
                parameters.get("response_mode").filter("fragment"::equals).isPresent());
    }

    Response code(String issuer, String code) {
        return answer(issuer, Map.of("code", code));
    }

    Response error(String issuer, OAuthError error) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", error.code());
        parameters.put("error_description", error.description());
        return answer(issuer, parameters);
    }

    /// The issuer goes along, so that a client of several is not deceived about which of them answers (RFC 9207).
    private Response answer(String issuer, Map<String, String> what) {
        Map<String, String> parameters = new LinkedHashMap<>(what);
        state.ifPresent(it -> parameters.put("state", it));
        parameters.put("iss", issuer);
        return uri.redirect(parameters, inFragment);
    }
}
