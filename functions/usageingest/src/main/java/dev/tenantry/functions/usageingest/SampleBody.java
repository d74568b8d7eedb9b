package dev.tenantry.functions.usageingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.text.Timestamp;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message's body as a sample. A field that is not known is a fault like any other: it could be a counter that is
/// spelt wrong, and what it tells must not get lost.
final class SampleBody {

    private static final int MAX_CHARGER_LENGTH = 255;

    private @Nullable String id;
    private @Nullable String tenant;
    private @Nullable String charger;
    private @Nullable String at;
    private long messagesIn;
    private long messagesOut;
    private long bytesIn;
    private long bytesOut;
    private long connects;
    private long disconnects;
    private long errors;

    private SampleBody() {}

    /// @throws InvalidValue if the text is no sample
    static Sample read(String body) {
        try (JsonParser json = JsonText.FACTORY.createParser(body)) {
            json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
            SampleBody fields = new SampleBody();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidValue("must be a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.take(name, json);
            }
            if (json.nextToken() != null) {
                throw new InvalidValue("must be one JSON object");
            }
            return fields.sample();
        } catch (IOException e) {
            throw new InvalidValue("must be JSON");
        }
    }

    private void take(String name, JsonParser json) throws IOException {
        switch (name) {
            case "id" -> id = text(json);
            case "tenant" -> tenant = text(json);
            case "charger" -> charger = text(json);
            case "at" -> at = text(json);
            case "messagesIn" -> messagesIn = count(json);
            case "messagesOut" -> messagesOut = count(json);
            case "bytesIn" -> bytesIn = count(json);
            case "bytesOut" -> bytesOut = count(json);
            case "connects" -> connects = count(json);
            case "disconnects" -> disconnects = count(json);
            case "errors" -> errors = count(json);
            default -> throw new InvalidValue("has an unknown field");
        }
    }

    private Sample sample() {
        if (id == null || tenant == null || charger == null || at == null) {
            throw new InvalidValue("must have id, tenant, charger and at");
        }
        if (charger.isEmpty() || charger.codePointCount(0, charger.length()) > MAX_CHARGER_LENGTH) {
            throw new InvalidValue("must name a charger");
        }
        return new Sample(
                id,
                new DomainPrefix(tenant),
                time(at),
                new Counters(messagesIn, messagesOut, bytesIn, bytesOut, connects, disconnects, errors));
    }

    private static Instant time(String at) {
        try {
            return Timestamp.parse(at);
        } catch (InvalidValue e) {
            throw new InvalidValue("at " + e.getMessage());
        }
    }

    private static String text(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidValue("must have text in id, tenant, charger and at");
        }
        return json.getText();
    }

    private static long count(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new InvalidValue("must have whole numbers for counters");
        }
        // Compared before it is cut to 64 bits.
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new InvalidValue("must have counters of at most 10^12");
        }
        long count = json.getLongValue();
        if (count < 0 || count > Sample.MAX_COUNT) {
            throw new InvalidValue("must have counters from 0 to 10^12");
        }
        return count;
    }
}
