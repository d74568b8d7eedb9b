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
/// @param host        what the charger asked for, if that is to say whose it is; its event names no tenant then
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

    /// Bounded by the event's size alone. Any other bound (how deep, how long a name or a number) would be one for
    /// a charger to break in what the broker only passes on; and so would a table of names that overflows when they
    /// are chosen to collide.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_BYTES)
                    .maxNameLength(MAX_BYTES)
                    .maxNumberLength(MAX_BYTES)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final String NO_JSON = "is not valid JSON; put names in double quotes and use each once";

    /// Reads an event.
    ///
    /// @param now       what the event's time is held against
    /// @param requestId of the invocation that brought it
    /// @throws MalformedEvent naming all its faults
    static BrokerEvent read(InputStream in, Instant now, String requestId) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new MalformedEvent("", "must be at most 256 KiB");
        }
        try (JsonParser json = JSON.createParser(new String(bytes, StandardCharsets.UTF_8))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEvent("", "must be a JSON object");
            }
            return new Reader(json, now, requestId).event();
        } catch (JsonProcessingException e) {
            throw new MalformedEvent("", NO_JSON);
        }
    }

    private static final class Reader {

        private final JsonParser json;
        private final Instant now;
        private final String requestId;
        private final Set<String> names = new HashSet<>();
        private final Map<String, String> texts = new HashMap<>();
        private final List<Fault> faults = new ArrayList<>();
        private @Nullable Boolean tls;
        private @Nullable Nameplate boot;

        Reader(JsonParser json, Instant now, String requestId) {
            this.json = json;
            this.now = now;
            this.requestId = requestId;
        }

        BrokerEvent event() throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (!names.add(name)) {
                    // Two values for one name: which of them was checked, and which is used? (RFC 8259 §4)
                    throw new MalformedEvent("", NO_JSON);
                }
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
                    default -> json.skipChildren();
                }
            }
            return checked();
        }

        private BrokerEvent checked() {
            Optional<Type> type = required("type", Type::of);
            Optional<String> host = Optional.ofNullable(texts.get("host"));
            Optional<String> tenant = host.isPresent() || !isUnnamed("host") ? Optional.of("") : required("tenant", text -> text);
            if (host.isPresent() && texts.containsKey("tenant")) {
                // Two answers to one question: which of them was checked, and which is used?
                faults.add(new Fault("/host", "must be left out where tenant is given"));
            }
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
