package dev.tenantry.functions.chargerconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.chargers.Accepted;
import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.Rejection;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.storage.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The Lambda function that the broker asks about chargers (docs/broker.md).
public final class ChargerConnectHandler extends EventFunction {

    private static final Duration TIME_FOR_STORAGE = Duration.ofSeconds(10);

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
        BrokerEvent event = BrokerEvent.read(in, core.clock().instant(), requestId);
        entry.kind(event.type().text());
        try {
            Told told = make(entry, () -> {
                ChargerEvent charger = located(event);
                DomainPrefix.inPath(charger.tenant()).ifPresent(entry::tenant);
                return decide(event, charger).map(accepted -> new Told(charger, accepted));
            });
            entry.code("accepted");
            count(entry, true, told.accepted().registered());
            BrokerAnswer.accepted(out, told.accepted(), told.tenantOfHost());
        } catch (Rejection e) {
            entry.code(e.reason().text());
            count(entry, false, false);
            BrokerAnswer.rejected(out, e.reason());
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

    private Decision<Accepted> decide(BrokerEvent event, ChargerEvent charger) {
        return switch (event.type()) {
            case CONNECT -> core.connect().run(charger, event.credentials());
            case BOOT -> core.boot().run(charger, event.nameplate());
            case DISCONNECT -> core.disconnect().run(charger);
        };
    }

    private static void count(EventEntry entry, boolean accepted, boolean registered) {
        entry.count("chargersAccepted", accepted ? 1 : 0);
        entry.count("chargersRejected", accepted ? 0 : 1);
        entry.count("chargersRegistered", registered ? 1 : 0);
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
    protected List<String> primingEvents() {
        return List.of(
                priming("connect"),
                priming("boot"),
                priming("disconnect"),
                priming("connect").replace("\"tenant\": \"" + DomainPrefix.NOBODYS, "\"host\": \"priming.invalid"));
    }

    /// No tenant can have the name that the priming event has, so no charger comes as far as to a password and a
    /// change.
    @Override
    protected void primeOthers() {
        core.passwords().prime();
        primeChange();
    }

    private static String priming(String type) {
        return """
                {"type": "%s", "tenant": "%s", "identity": "PRIMING", "sourceIp": "192.0.2.1", "tls": true,
                "authorization": "Basic UFJJTUlORzo=", "connectionId": "priming", "at": "2025-01-01T00:00:00.000Z",
                "boot": {"chargingStation": {"model": "Priming", "modem": {"iccid": "0"}}}}
                """.formatted(type, DomainPrefix.NOBODYS);
    }
}
