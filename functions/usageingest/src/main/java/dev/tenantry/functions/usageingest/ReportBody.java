package dev.tenantry.functions.usageingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.text.Timestamp;
import dev.tenantry.text.UnpairedSurrogates;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Report;
import dev.tenantry.usage.Sample;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message's body as a report, read as a stream: it can have ten thousand samples. A field that is not known is a
/// fault like any other: it could be a counter that is spelt wrong, and what it tells must not get lost.
final class ReportBody {

    private static final int MAX_CHARGER_LENGTH = 255;

    /// A number of more digits than that is greater than any counter may be.
    private static final int MOST_DIGITS = 14;

    private static final String NO_COUNTER = "must be an integer from 0 to 10^12";
    private static final String FROM_PRESENCE = "is not reported: it follows from the events of charger connect";
    private static final String UNKNOWN = "has an unknown field";
    private static final String TWICE = "has a field twice";

    private final JsonParser json;

    private @Nullable String id;
    private @Nullable DomainPrefix tenant;
    private @Nullable List<Sample> samples;

    private ReportBody(JsonParser json) {
        this.json = json;
    }

    /// @throws InvalidValue if the text is no report; it begins with the place of the fault where that is not the
    ///                      whole body, such as `/samples/17/at`, and repeats nothing else of the text
    static Report read(String body) {
        try (JsonParser json = JsonText.FACTORY.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidValue("must be a JSON object");
            }
            Report report = new ReportBody(json).report();
            if (json.nextToken() != null) {
                throw new InvalidValue("must be one JSON object");
            }
            return report;
        } catch (IOException e) {
            throw new InvalidValue("must be JSON");
        }
    }

    private Report report() throws IOException {
        SampleFields alone = new SampleFields("");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> {
                    once(id == null);
                    id = text("/id");
                }
                case "tenant" -> {
                    once(tenant == null);
                    tenant = tenant();
                }
                case "samples" -> {
                    once(samples == null);
                    samples = samples();
                }
                default -> {
                    if (!alone.take(name)) {
                        throw new InvalidValue(envelope(name).orElse(UNKNOWN));
                    }
                }
            }
        }
        if (id == null || tenant == null) {
            throw new InvalidValue("must have id and tenant");
        }
        if (samples != null && alone.taken != 0) {
            throw new InvalidValue("must have either samples or the fields of one");
        }
        return new Report(id, tenant, samples == null ? List.of(alone.sample()) : samples);
    }

    private List<Sample> samples() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new InvalidValue("/samples must be an array");
        }
        List<Sample> read = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (read.size() == Report.MAX_SAMPLES) {
                throw new InvalidValue("must have 1 to " + Report.MAX_SAMPLES + " samples");
            }
            String place = "/samples/" + read.size();
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new InvalidValue(place + " must be an object");
            }
            SampleFields fields = new SampleFields(place);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (!fields.take(name)) {
                    throw new InvalidValue(place + " " + UNKNOWN);
                }
            }
            read.add(fields.sample());
        }
        return read;
    }

    /// Which service wrapped the report, told by the names of the first object that are no report's.
    private Optional<String> envelope(String first) throws IOException {
        Set<String> names = new HashSet<>(Set.of(first));
        json.skipChildren();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            names.add(json.currentName());
            json.nextToken();
            json.skipChildren();
        }
        if (names.containsAll(Set.of("TopicArn", "Message"))) {
            return Optional.of("is an SNS notification: turn on raw message delivery for the subscription");
        }
        if (names.containsAll(Set.of("detail-type", "detail"))) {
            return Optional.of("is an EventBridge event: have the rule's target send $.detail alone");
        }
        return Optional.empty();
    }

    /// The fields of one sample.
    private final class SampleFields {

        private final String place;
        /// A bit for each field that came.
        private int taken;

        private @Nullable String charger;
        private @Nullable Instant at;
        private long messagesIn;
        private long messagesOut;
        private long bytesIn;
        private long bytesOut;
        private long errors;

        SampleFields(String place) {
            this.place = place;
        }

        /// @return false if samples have no such field
        boolean take(String name) throws IOException {
            switch (name) {
                case "at" -> {
                    first(1);
                    at = time();
                }
                case "charger" -> {
                    first(1 << 1);
                    charger = charger();
                }
                case "messagesIn" -> {
                    first(1 << 2);
                    messagesIn = count(name);
                }
                case "messagesOut" -> {
                    first(1 << 3);
                    messagesOut = count(name);
                }
                case "bytesIn" -> {
                    first(1 << 4);
                    bytesIn = count(name);
                }
                case "bytesOut" -> {
                    first(1 << 5);
                    bytesOut = count(name);
                }
                case "errors" -> {
                    first(1 << 6);
                    errors = count(name);
                }
                case "connects", "disconnects", "chargersOnlineMax" ->
                    throw new InvalidValue(place + "/" + name + " " + FROM_PRESENCE);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void first(int field) {
            if ((taken & field) != 0) {
                throw new InvalidValue((place + " " + TWICE).strip());
            }
            taken |= field;
        }

        Sample sample() {
            if (at == null) {
                throw new InvalidValue(
                        place.isEmpty() ? "must have samples, or at and counters" : place + " must have at");
            }
            return new Sample(
                    at,
                    Optional.ofNullable(charger),
                    new Counters(messagesIn, messagesOut, bytesIn, bytesOut, 0, 0, errors));
        }

        private Instant time() throws IOException {
            String text = text(place + "/at");
            try {
                return Timestamp.parse(text);
            } catch (InvalidValue e) {
                throw new InvalidValue(place + "/at " + e.getMessage());
            }
        }

        private String charger() throws IOException {
            String text = text(place + "/charger");
            if (text.isEmpty()
                    || text.length() > MAX_CHARGER_LENGTH
                            && text.codePointCount(0, text.length()) > MAX_CHARGER_LENGTH) {
                throw new InvalidValue(place + "/charger must have 1 to " + MAX_CHARGER_LENGTH + " characters");
            }
            if (UnpairedSurrogates.areIn(text)) {
                // Two that differ in half a character would be one report's content.
                throw new InvalidValue(place + "/charger must not have unpaired surrogates");
            }
            return text;
        }

        private long count(String name) throws IOException {
            long count = switch (json.currentToken()) {
                // Compared before it is cut to 64 bits.
                case VALUE_NUMBER_INT ->
                    json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : json.getLongValue();
                case VALUE_NUMBER_FLOAT -> whole(json.getDecimalValue());
                case null, default -> -1;
            };
            if (count < 0 || count > Sample.MAX_COUNT) {
                throw new InvalidValue(place + "/" + name + " " + NO_COUNTER);
            }
            return count;
        }
    }

    /// `1.0` and `1e3` are integers, as in JSON Schema.
    ///
    /// @return -1 for what is none, or is greater than any counter
    private static long whole(BigDecimal number) {
        if (number.signum() == 0) {
            return 0;
        }
        // Before it is written out: 1e1000000000 has as many digits.
        if ((long) number.precision() - number.scale() > MOST_DIGITS
                || number.stripTrailingZeros().scale() > 0) {
            return -1;
        }
        return number.longValueExact();
    }

    private DomainPrefix tenant() throws IOException {
        try {
            return new DomainPrefix(text("/tenant"));
        } catch (InvalidValue e) {
            throw new InvalidValue("/tenant must be a tenant's domain prefix");
        }
    }

    private String text(String place) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidValue(place + " must be text");
        }
        return json.getText();
    }

    private static void once(boolean isFirst) {
        if (!isFirst) {
            throw new InvalidValue(TWICE);
        }
    }
}
