package dev.tenantry.bus;

import dagger.Lazy;
import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/// The deployment's own bus at Amazon EventBridge.
final class EventBus {

    /// Most events of one call (Amazon EventBridge API Reference, "PutEvents"). Their size needs no bound: each has
    /// some hundreds of bytes, and a call may have 256 KB at least.
    static final int CALL_SIZE = 10;

    /// What all its events name as their origin.
    private static final String SOURCE = "tenantry";

    private final Lazy<EventBridgeClient> bus;
    private final Settings settings;

    @Inject
    EventBus(Lazy<EventBridgeClient> bus, Settings settings) {
        this.bus = bus;
        this.settings = settings;
    }

    /// Which events of a call the bus did not take.
    ///
    /// @param positions of the events in the call
    /// @param reason    why it did not take the first of them, in its code; empty if it took all
    record Left(List<Integer> positions, Optional<String> reason) {}

    /// Puts events, each of which the bus takes or does not.
    ///
    /// @param events at most [#CALL_SIZE]
    /// @throws UpstreamUnavailable if it is not known to have taken any
    Left put(List<BusEvent> events) {
        List<PutEventsRequestEntry> entries = new ArrayList<>();
        for (BusEvent event : events) {
            entries.add(PutEventsRequestEntry.builder()
                    .eventBusName(settings.bus().name())
                    .source(SOURCE)
                    .detailType(event.type())
                    .time(event.at())
                    .detail(event.detail())
                    .build());
        }
        try {
            return left(bus.get().putEvents(put -> put.entries(entries)).entries(), events.size());
        } catch (SdkException e) {
            throw new UpstreamUnavailable("event bus", reason(e));
        }
    }

    /// Puts no event at all, which the bus refuses: afterwards the way to it is known and open.
    ///
    /// @throws UpstreamUnavailable if it could not be asked
    void connect() {
        try {
            var _ = bus.get().putEvents(put -> put.entries(List.of()));
        } catch (AwsServiceException e) {
            if (!"ValidationException".equals(e.awsErrorDetails().errorCode())) {
                throw new UpstreamUnavailable("event bus", reason(e));
            }
        } catch (SdkException e) {
            throw new UpstreamUnavailable("event bus", reason(e));
        }
    }

    /// The answer's entries are those of the call, in its order; one without an id was not taken.
    private static Left left(List<PutEventsResultEntry> results, int asked) {
        List<Integer> positions = new ArrayList<>();
        String reason = "";
        for (int i = 0; i < asked; i++) {
            PutEventsResultEntry result = i < results.size()
                    ? results.get(i)
                    : PutEventsResultEntry.builder().build();
            if (result.eventId() == null) {
                if (positions.isEmpty()) {
                    reason = "EventBridge: " + (result.errorCode() == null ? "no event id" : result.errorCode());
                }
                positions.add(i);
            }
        }
        return new Left(positions, positions.isEmpty() ? Optional.empty() : Optional.of(reason));
    }

    /// Codes only, as everywhere: a message can repeat what was sent.
    private static String reason(SdkException failure) {
        if (failure instanceof AwsServiceException refused) {
            return "EventBridge: " + refused.statusCode()
                    + (refused.awsErrorDetails() == null
                            ? ""
                            : " " + refused.awsErrorDetails().errorCode());
        }
        return "EventBridge: " + failure.getClass().getSimpleName();
    }
}
