package dev.tenantry.functions.chargerconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.chargers.Accepted;
import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.Reason;
import dev.tenantry.chargers.Rejection;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.functions.chargerconnect.BrokerEvent.Delivery;
import dev.tenantry.functions.chargerconnect.BrokerEvent.Read;
import dev.tenantry.functions.chargerconnect.BrokerEvent.Type;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.storage.Deadline;
import dev.tenantry.storage.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The Lambda function that the broker asks about chargers (docs/broker.md).
public final class ChargerConnectHandler extends EventFunction {

    private static final Duration TIME_FOR_STORAGE = Duration.ofSeconds(10);

    private static final String BATCH = "batch";

    /// Tenants whose refusals are written down while one charger's answer waits: its own, and one that waits
    /// longer.
    private static final int MOST_TENANTS = 2;

    /// What an event of a batch may take from its beginning on, and the answer after it.
    private static final Duration LONGEST_EVENT = Duration.ofSeconds(10);

    /// What the answers of a batch may weigh when there is another one to come: Lambda lets a function return
    /// 6,291,556 bytes, and a profile's configuration makes an answer of half a megabyte at most.
    private static final int MOST_BYTES = 5_500_000;

    private final ChargerConnectComponent core;

    public ChargerConnectHandler() {
        this(Settings.fromEnvironment());
    }

    public ChargerConnectHandler(Settings settings) {
        this(DaggerChargerConnectComponent.factory().create(settings));
    }

    private ChargerConnectHandler(ChargerConnectComponent core) {
        super(core.context());
        this.core = core;
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        Delivery delivery = BrokerEvent.read(in, core.clock().instant(), requestId);
        if (delivery.isBatch()) {
            entry.kind(BATCH);
            answerAll(delivery.events(), out, requestId, entry);
        } else {
            answerOne(Objects.requireNonNull(delivery.events().getFirst().event()), out, requestId, entry);
        }
    }

    private void answerOne(BrokerEvent event, JsonGenerator out, String requestId, EventEntry entry)
            throws IOException {
        entry.kind(event.type().text());
        boolean writesRejections = event.type() == Type.DISCONNECT;
        try {
            Told told = make(entry, () -> {
                ChargerEvent charger = located(event);
                DomainPrefix.inPath(charger.tenant()).ifPresent(entry::tenant);
                return decide(event, charger);
            });
            entry.code("accepted");
            count(entry, true, told.accepted().registered());
            BrokerAnswer.accepted(out, told.accepted(), told.tenantOfHost());
        } catch (Rejection e) {
            entry.code(e.reason().text());
            count(entry, false, false);
            countCredentials(entry, e.reason());
            core.rejections().note(event.chargerEvent(), e);
            writesRejections = true;
            BrokerAnswer.rejected(out, e.reason());
        }
        // A charger that may connect does not wait for what is to be told of others.
        if (writesRejections) {
            writeRejections(requestId, entry, MOST_TENANTS);
        }
    }

    /// One after the other, so that the events of one charger come to what they would have come to by themselves.
    private void answerAll(List<Read> events, JsonGenerator out, String requestId, EventEntry entry)
            throws IOException {
        entry.code("answered");
        entry.count("eventsInBatches", events.size());
        int bytes = 0;
        out.writeStartObject();
        out.writeArrayFieldStart("answers");
        for (Read read : events) {
            // What is not looked at any more has not happened: the broker sends it again.
            String answer = isTimeUp() || bytes > MOST_BYTES ? postponed(entry) : answer(read, requestId, entry);
            bytes += answer.getBytes(StandardCharsets.UTF_8).length;
            out.writeRawValue(answer);
        }
        out.writeEndArray();
        out.writeEndObject();
        writeRejections(requestId, entry, events.size());
    }

    /// What begins now could come too late for an answer.
    private static boolean isTimeUp() {
        return Deadline.hasPassed() || timeLeft().compareTo(LONGEST_EVENT) < 0;
    }

    private String answer(Read read, String requestId, EventEntry entry) {
        BrokerEvent event = read.event();
        if (event == null) {
            entry.count("malformedEvents", 1);
            String fault =
                    String.valueOf(Objects.requireNonNull(read.malformed()).getMessage());
            return JsonText.of(json -> BrokerAnswer.malformed(json, fault));
        }
        try {
            Told told = make(entry, () -> decide(event, located(event)));
            count(entry, true, told.accepted().registered());
            return JsonText.of(json -> BrokerAnswer.accepted(json, told.accepted(), told.tenantOfHost()));
        } catch (Rejection e) {
            count(entry, false, false);
            countCredentials(entry, e.reason());
            core.rejections().note(event.chargerEvent(), e);
            return JsonText.of(json -> BrokerAnswer.rejected(json, e.reason()));
        } catch (Unavailable e) {
            entry.reason("eventsFailed", e.reason());
        } catch (RuntimeException e) {
            // One event that comes to nothing takes none of the others along.
            log.fault(requestId, e);
            entry.reason("eventsFailed", "internal_error");
        }
        entry.count("eventsFailed", 1);
        return JsonText.of(json -> BrokerAnswer.failed(json, requestId));
    }

    private static String postponed(EventEntry entry) {
        entry.count("eventsPostponed", 1);
        return JsonText.of(BrokerAnswer::postponed);
    }

    /// For the tenants to see. Nobody who waits is told if it fails.
    private void writeRejections(String requestId, EventEntry entry, int mostTenants) {
        Optional<RuntimeException> failure = core.rejections().write(requestId, mostTenants);
        if (failure.isEmpty()) {
            return;
        }
        entry.count("rejectionsDropped", 1);
        if (failure.get() instanceof Unavailable unavailable) {
            entry.reason("rejectionsDropped", unavailable.reason());
        } else {
            log.fault(requestId, failure.get());
        }
    }

    /// Whom the answer is about, which a broker that named a host has yet to learn.
    private record Told(ChargerEvent charger, Accepted accepted) {

        Optional<String> tenantOfHost() {
            return charger.host().map(_ -> charger.tenant());
        }
    }

    private ChargerEvent located(BrokerEvent event) {
        return event.host().isPresent()
                ? core.locate().run(event.chargerEvent(), event.host().get())
                : event.chargerEvent();
    }

    private Decision<Told> decide(BrokerEvent event, ChargerEvent charger) {
        Decision<Accepted> decision = switch (event.type()) {
            case CONNECT -> core.connect().run(charger, event.credentials());
            case BOOT -> core.boot().run(charger, event.nameplate());
            case DISCONNECT -> core.disconnect().run(charger);
        };
        return decision.map(accepted -> new Told(charger, accepted));
    }

    private static void count(EventEntry entry, boolean accepted, boolean registered) {
        entry.count("chargersAccepted", accepted ? 1 : 0);
        entry.count("chargersRejected", accepted ? 0 : 1);
        entry.count("chargersRegistered", registered ? 1 : 0);
    }

    /// Told apart from other refusals: many of them are somebody who guesses.
    private static void countCredentials(EventEntry entry, Reason reason) {
        if (reason == Reason.BAD_CREDENTIALS || reason == Reason.TOO_MANY_ATTEMPTS) {
            entry.count("credentialsRefused", 1);
        }
    }

    /// The key under which passwords were compared must not be the same wherever the snapshot is restored.
    @Override
    protected void restored() {
        core.passwords().forget();
    }

    /// The broker waits, and so does the charger.
    @Override
    public Optional<Duration> timeForStorage() {
        return Optional.of(TIME_FOR_STORAGE);
    }

    @Override
    protected void connect() {
        super.connect();
        connectForChanges();
    }

    /// A charger with a password that comes, starts and goes, one that registers, and some that are refused, which
    /// is written down as one goes; one at a time and in a batch.
    @Override
    public List<String> primingEvents() {
        String connect = priming("connect");
        String registers = connect.replace("PRIMED", "NEW").replaceFirst("\"authorization\"[^,]*,", "");
        String insecure = connect.replace("\"tls\": true", "\"tls\": false");
        String strange = connect.replace("\"tenant\": \"" + DomainPrefix.NOBODYS, "\"host\": \"priming.invalid");
        String disconnect = priming("disconnect");
        return List.of(
                connect,
                priming("boot"),
                registers,
                insecure,
                strange,
                disconnect,
                "{\"events\": [" + String.join(", ", connect, registers, insecure, disconnect, "{}") + "]}");
    }

    /// As slow as the hashes of passwords that people set, so that its loop is compiled.
    @Override
    protected void primeOthers() {
        core.passwords().prime();
    }

    private static String priming(String type) {
        return """
            {"type": "%s", "tenant": "%s", "identity": "PRIMED", "sourceIp": "192.0.2.1", "tls": true,
            "authorization": "Basic UFJJTUVEOnByaW1lZHByaW1lZHByaW1lZA==", "connectionId": "priming",
            "at": "2025-01-01T00:00:00.000Z",
            "boot": {"chargingStation": {"model": "Priming", "modem": {"iccid": "0"}}}}
            """.formatted(type, DomainPrefix.NOBODYS);
    }
}
