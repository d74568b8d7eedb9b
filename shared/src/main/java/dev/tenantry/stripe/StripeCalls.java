package dev.tenantry.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeResponse;
import dev.tenantry.billing.Payments;
import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.BillingNotConfigured;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.upstream.BoundedCalls;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;

/// How Stripe is asked anything: with the keys of the moment, by a deadline, and once. Whoever called us can repeat it,
/// and Stripe delivers events again, so our own repetitions would only add to its load when it is failing.
@Singleton
final class StripeCalls {

    /// Most on a page of a list.
    static final long PAGE_SIZE = 100;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /// For each wait on the network; the deadline holds for all of them together.
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

    /// Most pages of a list, 100 on each.
    private static final int PAGES = 10;

    /// How many failures the making of one thing can leave behind at Stripe.
    private static final int KEYS = 5;

    /// Between two tries at what somebody else is making.
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// What stays as it is until an operator changes a key, its permissions, or something at Stripe.
    private static final Set<Integer> LASTING = Set.of(400, 401, 403, 404);

    /// Something to ask of Stripe.
    @FunctionalInterface
    interface Question<T> {
        T ask(StripeClient stripe) throws StripeException, InterruptedException;
    }

    /// Something to have Stripe make.
    @FunctionalInterface
    interface Making<T> {
        T with(RequestOptions options) throws StripeException;
    }

    /// One page of a list at Stripe.
    @FunctionalInterface
    interface Pages<T extends HasId> {
        StripeCollection<T> after(Optional<String> id) throws StripeException;
    }

    private final StripeSecrets secrets;
    private final BoundedCalls calls;
    private final Settings settings;

    @Inject
    StripeCalls(StripeSecrets secrets, BoundedCalls calls, Settings settings) {
        this.secrets = secrets;
        this.calls = calls;
        this.settings = settings;
    }

    /// @throws BillingNotConfigured if there is no Stripe here
    /// @throws UpstreamUnavailable  if Stripe fails, or has not answered by the deadline
    <T> T within(Instant deadline, Question<T> question) {
        Optional<URI> apiBase = settings.stripe().apiBase();
        return calls.within(deadline, Payments.STRIPE, () -> {
            try {
                return ask(question, apiBase);
            } catch (StripeException e) {
                throw failure(e);
            }
        });
    }

    private <T> T ask(Question<T> question, Optional<URI> apiBase) throws StripeException, InterruptedException {
        StripeKeys keys = secrets.keys();
        try {
            return question.ask(client(keys, apiBase));
        } catch (AuthenticationException e) {
            // Perhaps the key was rotated a moment ago.
            Optional<StripeKeys> fresh = secrets.instead(keys);
            if (fresh.isEmpty()) {
                throw e;
            }
            return question.ask(client(fresh.get(), apiBase));
        }
    }

    static StripeClient client(StripeKeys keys, Optional<URI> apiBase) {
        StripeClient.StripeClientBuilder client = StripeClient.builder()
                .setApiKey(keys.apiKey())
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setReadTimeout((int) READ_TIMEOUT.toMillis())
                .setMaxNetworkRetries(0);
        apiBase.ifPresent(base -> client.setApiBase(base.toString()));
        return client.build();
    }

    /// Has Stripe make something once, however often and by however many it is asked for under these keys.
    ///
    /// @param keys the beginning of the idempotency keys, the same for all who ask for the same
    static <T> T once(String keys, Making<T> making) throws StripeException, InterruptedException {
        int key = 1;
        while (true) {
            try {
                return making.with(RequestOptions.builder()
                        .setIdempotencyKey(keys + "-" + key)
                        .build());
            } catch (StripeException e) {
                if (isKeptFailure(e) && key < KEYS) {
                    // Stripe keeps failures under a key as well, its own and ours, once it has begun to do something;
                    // and
                    // the reason may have passed. Everyone goes on to the same next key, so that it is still one thing
                    // that they get.
                    key++;
                } else if (isUnderWay(e)) {
                    // Somebody is making it at this moment. The deadline ends the wait.
                    Thread.sleep(PAUSE);
                } else {
                    throw e;
                }
            }
        }
    }

    private static boolean isUnderWay(StripeException failure) {
        return status(failure) == 409;
    }

    private static boolean isKeptFailure(StripeException failure) {
        StripeResponse response = failure.getStripeError() == null
                ? null
                : failure.getStripeError().getLastResponse();
        return response != null
                && response.headers()
                        .firstValue("Idempotent-Replayed")
                        .filter("true"::equals)
                        .isPresent();
    }

    /// All pages of a list. What has more of them than anybody has use for is refused: a part of it would be a
    /// wrong answer. It stays so until an operator has changed something.
    static <T extends HasId> List<StripeCollection<T>> pages(String what, Pages<T> pages) throws StripeException {
        List<StripeCollection<T>> all = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (int i = 0; i < PAGES; i++) {
            StripeCollection<T> page = pages.after(last);
            all.add(page);
            if (!Boolean.TRUE.equals(page.getHasMore())) {
                return all;
            }
            last = Optional.of(page.getData().getLast().getId());
        }
        throw Payments.STRIPE.unavailable("more than " + PAGES * PAGE_SIZE + " " + what, true);
    }

    static int status(StripeException failure) {
        return Optional.ofNullable(failure.getStatusCode()).orElse(0);
    }

    static UpstreamUnavailable failure(StripeException failure) {
        return failure(failure, code(failure));
    }

    /// Stripe's word for what is wrong; empty where it has none.
    static String code(StripeException failure) {
        return Optional.ofNullable(failure.getCode()).orElse("");
    }

    /// @param code what an operator finds in docs/billing.md
    static UpstreamUnavailable failure(StripeException failure, String code) {
        return Payments.STRIPE.unavailable(reason(failure, code), LASTING.contains(status(failure)));
    }

    /// Codes and Stripe's own request id: a message can quote what was sent.
    static String reason(StripeException failure, String code) {
        return failure.getClass().getSimpleName() + " " + status(failure) + " " + code + " "
                + Optional.ofNullable(failure.getRequestId()).orElse("");
    }
}
