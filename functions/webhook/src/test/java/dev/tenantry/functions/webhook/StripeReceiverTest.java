package dev.tenantry.functions.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.billing.Followed;
import dev.tenantry.billing.Mirrored;
import dev.tenantry.billing.Outcome;
import dev.tenantry.identity.DomainPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StripeReceiverTest {

    private static final Path TEMPLATE = Path.of("../../template.yaml");

    private static final Pattern ALARM = Pattern.compile(
            "MetricName: (\\w+)\\s+Dimensions: \\[[{] Name: function, Value: !Ref WebhookFunction [}]]");

    @Test
    void countsWhatAnOperatorShouldHearOf() {
        List<Outcome> counted = Arrays.stream(Outcome.values())
                .filter(outcome -> !counts(outcome, false).isEmpty())
                .toList();
        assertThat(counted)
                .containsExactlyInAnyOrder(
                        Outcome.UNKNOWN_CUSTOMER,
                        Outcome.NO_CUSTOMER,
                        Outcome.DELETED_TENANT,
                        Outcome.PRODUCT_UNREADABLE,
                        Outcome.STATUS_UNKNOWN);
    }

    /// It may be meant so, with an add-on for one, so nobody is woken.
    @Test
    void countsWhereMoreThanOneSubscriptionEntitles() {
        assertThat(counts(Outcome.CHANGED, true)).containsExactly(Mirrored.SEVERAL);
        assertThat(counts(Outcome.PRODUCT_UNREADABLE, true)).containsExactly("unreadableProducts", Mirrored.SEVERAL);
    }

    @Test
    void tellsWhoseEventItWasWhateverCameOfIt() {
        Optional<DomainPrefix> acme = Optional.of(new DomainPrefix("acme"));
        assertThat(Outcome.values())
                .allSatisfy(outcome -> assertThat(StripeReceiver.receipt(new Followed(outcome, acme, false))
                                .tenant())
                        .isEqualTo(acme));
    }

    /// What is counted and not watched, nobody hears of; an alarm for a metric of another name never rings.
    @Test
    void isWatchedByAnAlarmForEachOfItsMetrics() throws IOException {
        List<String> counts = Arrays.stream(Outcome.values())
                .flatMap(outcome -> counts(outcome, false).stream())
                .toList();
        assertThat(ALARM.matcher(Files.readString(TEMPLATE)).results().map(alarm -> alarm.group(1)))
                // Every function of the API has that one.
                .filteredOn(metric -> !metric.equals("serverErrors"))
                .containsExactlyInAnyOrderElementsOf(counts);
    }

    private static List<String> counts(Outcome outcome, boolean several) {
        return StripeReceiver.receipt(new Followed(outcome, Optional.empty(), several))
                .counts();
    }
}
