package dev.tenantry.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.testing.TestClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeAccountTest {

    private final StripeAccount account = new StripeAccount(new TestClock(), Optional.empty());
    private final String customer =
            account.createCustomer(Form.parse("")).path("id").asText();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&items[0][price]=price_none",
                "&items[0][quantity]=1",
                "&items[0][price]=price_local&items[0][quantity]=-1",
                "&items[0][price]=price_local&items[0][quantity]=1.5",
                "&items[0][price]=price_local&items[0][quantity]=x",
                "&items[0][price]=price_local&items[1][price]=price_local",
            })
    void makesNoSubscriptionOfWrongItems(String items) {
        assertThatExceptionOfType(StripeError.class)
                .isThrownBy(() -> account.createSubscription(Form.parse("customer=" + customer + items)));
        assertThat(account.newestFirst("subscription")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"items[0][price]=price_none", "cancel_at_period_end=true&items[0][quantity]=x"})
    void changesNothingByWrongItems(String form) {
        String id = account.createSubscription(
                        Form.parse("customer=" + customer + "&items[0][price]=price_local&items[0][quantity]=3"))
                .path("id")
                .asText();
        String before = account.get("subscription", id).toString();
        assertThatExceptionOfType(StripeError.class).isThrownBy(() -> account.updateSubscription(id, Form.parse(form)));
        assertThat(account.get("subscription", id)).hasToString(before);
    }

    /// Stripe API reference, "Update a subscription": any parameters not provided are left unchanged.
    @Test
    void leavesTheTimeOfTheEndThatAnUpdateDoesNotName() {
        String id = account.createSubscription(Form.parse("customer=" + customer
                        + "&items[0][price]=price_local&items[0][quantity]=3&cancel_at=1900000000"))
                .path("id")
                .asText();
        assertThat(account.updateSubscription(id, Form.parse("metadata[a]=b"))
                        .path("cancel_at")
                        .asLong())
                .isEqualTo(1_900_000_000);
        assertThat(account.updateSubscription(id, Form.parse("cancel_at="))
                        .path("cancel_at")
                        .isNull())
                .isTrue();
    }

    @Test
    void forgetsADeletedCustomerButForItsId() {
        String subscription = account.createSubscription(
                        Form.parse("customer=" + customer + "&items[0][price]=price_local&items[0][quantity]=3"))
                .path("id")
                .asText();
        account.deleteCustomer(customer);
        assertThat(account.get("customer", customer).path("deleted").asBoolean())
                .isTrue();
        assertThat(account.get("subscription", subscription).path("status").asText())
                .isEqualTo("canceled");
        assertThat(account.listCustomers(Form.parse("")).path("data")).isEmpty();
        assertThatExceptionOfType(StripeError.class)
                .isThrownBy(() -> account.createSession(Form.parse("customer=" + customer), ""));
        assertThatExceptionOfType(StripeError.class).isThrownBy(() -> account.deleteCustomer(customer));
    }
}
