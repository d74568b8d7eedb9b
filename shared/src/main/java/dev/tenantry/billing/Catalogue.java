package dev.tenantry.billing;

import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.BillingNotConfigured;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// What can be subscribed to here: what Stripe sells and somebody has given a number. Each instance of a function
/// remembers it for some minutes, so that the page which everybody sees does not ask Stripe each time.
@Singleton
public final class Catalogue {

    /// How long a change at Stripe may take to show.
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private record Remembered(List<NumberedOffer> offers, Instant until) {}

    private final Payments payments;
    private final Clock clock;
    private final Settings settings;
    private volatile @Nullable Remembered remembered;

    @Inject
    Catalogue(Payments payments, Clock clock, Settings settings) {
        this.payments = payments;
        this.clock = clock;
        this.settings = settings;
    }

    /// All of it, by number. Two products with one number are one too many: the newest of them counts.
    ///
    /// @throws BillingNotConfigured if nothing is sold here
    /// @throws UpstreamUnavailable  if nothing is remembered and Stripe can't be asked in time
    List<NumberedOffer> offers(Instant deadline) {
        Remembered known = remembered;
        // Nobody waits for somebody else's question: the time that each has is its own.
        return known != null && clock.instant().isBefore(known.until()) ? known.offers() : fresh(deadline);
    }

    /// The same, asked of Stripe now.
    List<NumberedOffer> fresh(Instant deadline) {
        Map<String, Integer> numbers = settings.stripe().products();
        Map<Integer, NumberedOffer> byNumber = new TreeMap<>();
        for (Offer offer : payments.offers(numbers.keySet(), deadline)) {
            Optional.ofNullable(numbers.get(offer.stripeProductId()))
                    .or(offer::number)
                    .ifPresent(number -> byNumber.putIfAbsent(number, new NumberedOffer(number, offer)));
        }
        List<NumberedOffer> offers = List.copyOf(byNumber.values());
        remembered = new Remembered(offers, clock.instant().plus(LIFETIME));
        return offers;
    }
}
