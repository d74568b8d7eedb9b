package dev.tenantry.stripe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What this service and Stripe know each other by.
///
/// @param apiKey         secret or restricted key of Stripe's API
/// @param webhookSecrets signing secrets of the webhook endpoint: one, or two while one is rotated
record StripeKeys(String apiKey, List<String> webhookSecrets) {

    StripeKeys {
        webhookSecrets = List.copyOf(webhookSecrets);
    }

    /// Reads `{"apiKey": "…", "webhookSecrets": ["…"]}`.
    ///
    /// @throws IllegalStateException if it is something else; the message holds nothing of it
    static StripeKeys parse(String secret) {
        String apiKey = "";
        List<String> webhookSecrets = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(secret)) {
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            while (object && json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("apiKey")) {
                    apiKey = json.getValueAsString("");
                } else if (name.equals("webhookSecrets") && json.currentToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        webhookSecrets.add(json.getText().strip());
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            apiKey = "";
        }
        if (apiKey.isBlank()) {
            throw new IllegalStateException(
                    "Stripe's secret must be JSON like {\"apiKey\": \"sk_…\", \"webhookSecrets\": [\"whsec_…\"]}");
        }
        return new StripeKeys(apiKey.strip(), webhookSecrets);
    }

    /// Keys are secrets: a record's own text would print them into the first log that sees it.
    @Override
    public String toString() {
        return "StripeKeys[" + webhookSecrets.size() + " signing secrets]";
    }
}
