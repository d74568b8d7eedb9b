package dev.tenantry.local.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.net.URI;

/// What the console has to know, as `config.json` beside its page says it.
///
/// @param issuer       where people sign in
/// @param clientId     the console's name there
/// @param brokerDomain the domain below which chargers connect
public record ConsoleSettings(String issuer, String clientId, String brokerDomain) {

    /// The API is wherever the console is, by whichever name the browser calls this machine.
    String json() {
        ObjectNode settings = Json.object()
                .put("apiUrl", "/")
                .put("issuer", issuer)
                .put("clientId", clientId)
                .put("scope", "openid profile email")
                .put("brokerDomain", brokerDomain);
        return Json.text(settings);
    }

    /// Where the page sends requests, besides its own origin.
    String connect() {
        URI uri = URI.create(issuer);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
