package dev.tenantry.functions.chargerconnect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tenantry.addresses.IpBlock;
import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.ConnectionId;
import dev.tenantry.chargers.Credentials;
import dev.tenantry.chargers.Nameplate;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.text.Timestamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An event of the broker's.
///
/// Fields that this service does not know are ignored, so that a broker may be newer than it. None of them can let
/// anyone in: what lets in is named here, and its absence only keeps out.
///
/// A fault is what the broker did wrong. What a charger writes (the host it asks for, its identity, its credentials,
/// its BootNotification) is never one, whatever it is: the broker could not correct it.
///
/// @param host        what the charger asked for, if that is to say whose it is; empty where the event names the
///                    tenant
/// @param credentials empty-handed unless it is a connect
/// @param nameplate   says nothing unless it is a boot
record BrokerEvent(
        Type type, Optional<String> host, ChargerEvent chargerEvent, Credentials credentials, Nameplate nameplate) {

    /// What happened.
    enum Type {
        CONNECT("connect"),
        BOOT("boot"),
        DISCONNECT("disconnect");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /// @throws InvalidValue if there is none of that name
        static Type of(String text) {
            for (Type type : values()) {
                if (type.text.equals(text)) {
                    return type;
                }
            }
            throw new InvalidValue("must be one of connect, boot, disconnect");
        }
    }

    /// How far the broker's clock may be ahead of ours.
    private static final Duration MOST_AHEAD = Duration.ofMinutes(5);

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    /// The most bytes of an event, as of a request's body.
    static final int MAX_BYTES = 256 * 1024;

    /// Bounded by the event's size alone, and its depth by what that allows. Any other bound (how long a name or a
    /// number) would be one for a charger to break in what the broker only passes on; and so would a table of names
    /// that overflows when they are chosen to collide.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_BYTES)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final String NO_JSON = "is not valid JSON; put names in double quotes and use each once";

    /// The most events of a batch.
    static final int MAX_EVENTS = 100;

    private static final String EVENTS = "events";

    private static final MalformedEvent TOO_LARGE = new MalformedEvent("", "must be at most 256 KiB");

    /// What came with one invocation: an event, or a batch of them.
    ///
    /// @param events  in their order, each an event or what is wrong with it
    /// @param isBatch they came as a batch, and are to be answered as one
    record Delivery(List<Read> events, boolean isBatch) {}

    /// An event of a batch that was read.
    ///
    /// @param malformed why there is none
    record Read(@Nullable BrokerEvent event, @Nullable MalformedEvent malformed) {}

    /// Reads what an invocation brings. An event of a batch that is malformed is one in its place.
    ///
    /// @param now       what the events' time is held against
    /// @param requestId of the invocation that brought it
    /// @throws MalformedEvent naming all faults of an event that came alone, or of the batch itself
    static Delivery read(InputStream in, Instant now, String requestId) throws IOException {
        // Lambda bounds what an invocation brings.
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEvent("", "must be a JSON object");
            }
            Reader reader = new Reader(json, now, requestId, text, true);
            reader.fields();
            List<Read> batch = reader.batch;
            if (batch != null) {
                reader.insistOnNothingElse();
                return new Delivery(batch, true);
            }
            return new Delivery(List.of(new Read(reader.checked(0), null)), false);
        } catch (JsonProcessingException e) {
            throw new MalformedEvent("", NO_JSON);
        }
    }

    private static final class Reader {

        private final JsonParser json;
        private final Instant now;
        private final String requestId;
        private final String delivered;
        private final boolean isOutermost;
        private final Set<String> names = new HashSet<>();
        private final Map<String, String> texts = new HashMap<>();
        private final List<Fault> faults = new ArrayList<>();
        private @Nullable Boolean tls;
        private @Nullable Nameplate boot;

        private @Nullable List<Read> batch;
        private boolean hasTwins;

        /// @param json        at the beginning of the event
        /// @param delivered   all that the parser reads
        /// @param isOutermost it may turn out to be a batch
        Reader(JsonParser json, Instant now, String requestId, String delivered, boolean isOutermost) {
            this.json = json;
            this.now = now;
            this.requestId = requestId;
            this.delivered = delivered;
            this.isOutermost = isOutermost;
        }

        void fields() throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                // Two values for one name: which of them was checked, and which is used? (RFC 8259 §4)
                hasTwins |= !names.add(name);
                json.nextToken();
                switch (name) {
                    case "type",
                            "tenant",
                            "host",
                            "identity",
                            "sourceIp",
                            "clientCertificateCn",
                            "authorization",
                            "connectionId",
                            "at" -> text(name);
                    case "tls" -> tls();
                    case "boot" -> boot = new BootPayload(json).read();
                    case EVENTS -> {
                        if (isOutermost) {
                            batch = events();
                        } else {
                            json.skipChildren();
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        }

        private List<Read> events() throws IOException {
            List<Read> read = new ArrayList<>();
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return read;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (read.size() == MAX_EVENTS) {
                    throw outOfBounds();
                }
                read.add(event());
            }
            return read;
        }

        private Read event() throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return new Read(null, new MalformedEvent("", "must be a JSON object"));
            }
            long start = json.currentTokenLocation().getCharOffset();
            Reader reader = new Reader(json, now, requestId, delivered, false);
            reader.fields();
            try {
                return new Read(reader.checked(start), null);
            } catch (MalformedEvent e) {
                return new Read(null, e);
            }
        }

        /// A batch that is also an event would be taken for the one by some, and for the other by others.
        void insistOnNothingElse() {
            if (hasTwins) {
                throw new MalformedEvent("", NO_JSON);
            }
            if (batch == null || batch.isEmpty()) {
                throw outOfBounds();
            }
            if (names.contains("type")) {
                throw new MalformedEvent("/" + EVENTS, "must not stand beside the fields of an event");
            }
        }

        private static MalformedEvent outOfBounds() {
            return new MalformedEvent("/" + EVENTS, "must be an array of 1 to " + MAX_EVENTS + " events");
        }

        /// @param start where the event begins in what was delivered
        /// @throws MalformedEvent naming all its faults
        BrokerEvent checked(long start) {
            if (isTooLarge(start)) {
                throw TOO_LARGE;
            }
            if (hasTwins) {
                throw new MalformedEvent("", NO_JSON);
            }
            Optional<Type> type = required("type", Type::of);
            // Where the broker knows the tenant, what else the charger asked for does not matter.
            Optional<String> host =
                    texts.containsKey("tenant") ? Optional.empty() : Optional.ofNullable(texts.get("host"));
            boolean isByHost = host.isPresent() || !texts.containsKey("tenant") && !isUnnamed("host");
            Optional<String> tenant = isByHost ? Optional.of("") : required("tenant", text -> text);
            Optional<String> identity = required("identity", text -> text);
            Optional<ConnectionId> connection = required("connectionId", ConnectionId::new);
            Optional<Instant> at = required("at", this::time);
            boolean leaves = type.isPresent() && type.get() == Type.DISCONNECT;
            Optional<String> sourceIp = leaves ? Optional.of("") : required("sourceIp", Reader::address);
            boolean connects = type.isPresent() && type.get() == Type.CONNECT;
            if (connects && tls == null && isUnnamed("tls")) {
                faults.add(new Fault("/tls", "is required"));
            }
            boolean boots = type.isPresent() && type.get() == Type.BOOT;
            if (boots && boot == null) {
                faults.add(new Fault("/boot", "is required"));
            }
            if (!faults.isEmpty()) {
                throw new MalformedEvent(faults);
            }
            return new BrokerEvent(
                    type.orElseThrow(),
                    host,
                    new ChargerEvent(
                            tenant.orElseThrow(),
                            identity.orElseThrow(),
                            sourceIp.orElseThrow(),
                            connection.orElseThrow(),
                            at.orElseThrow(),
                            requestId),
                    new Credentials(
                            Boolean.TRUE.equals(tls),
                            Optional.ofNullable(texts.get("clientCertificateCn")),
                            Optional.ofNullable(texts.get("authorization"))),
                    boot == null ? Nameplate.NONE : boot);
        }

        /// In bytes, of which a character takes three at most. What stands alone is all that was delivered.
        private boolean isTooLarge(long start) {
            long end = isOutermost ? delivered.length() : json.currentLocation().getCharOffset();
            return (end - start) * 3 > MAX_BYTES
                    && delivered.substring((int) start, (int) end).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
        }

        private <T> Optional<T> required(String name, Function<String, T> type) {
            String text = texts.get(name);
            if (text == null) {
                if (isUnnamed(name)) {
                    faults.add(new Fault("/" + name, "is required"));
                }
                return Optional.empty();
            }
            try {
                return Optional.of(type.apply(text));
            } catch (InvalidValue e) {
                faults.add(new Fault("/" + name, String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }

        /// Nothing was said of that field yet.
        private boolean isUnnamed(String name) {
            String pointer = "/" + name;
            for (Fault fault : faults) {
                if (fault.pointer().equals(pointer)) {
                    return false;
                }
            }
            return true;
        }

        /// Otherwise no allowlist would have it, and the tenant would look there for what the broker has to
        /// correct.
        private static String address(String text) {
            if (!IpBlock.isAddress(text)) {
                throw new InvalidValue("must be an IP address without a port");
            }
            return text;
        }

        private Instant time(String text) {
            Instant at = Timestamp.parse(text);
            if (at.isAfter(now.plus(MOST_AHEAD))) {
                throw new InvalidValue("must not be more than 5 minutes in the future; check the broker's clock");
            }
            if (at.isBefore(FIRST)) {
                throw new InvalidValue("must not be before the year 2000; check the broker's clock");
            }
            return at;
        }

        private void text(String name) throws IOException {
            switch (json.currentToken()) {
                case VALUE_STRING -> texts.put(name, json.getText());
                case VALUE_NULL -> {}
                default -> {
                    faults.add(new Fault("/" + name, "must be a string"));
                    json.skipChildren();
                }
            }
        }

        private void tls() throws IOException {
            switch (json.currentToken()) {
                case VALUE_TRUE -> tls = true;
                case VALUE_FALSE -> tls = false;
                case VALUE_NULL -> {}
                default -> {
                    faults.add(new Fault("/tls", "must be true or false"));
                    json.skipChildren();
                }
            }
        }
    }
}
