package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final String HEADER = "Idempotency-Key";

    private final Person ada = Person.anyone();
    private final String prefix = TenantFixture.unusedPrefix();
    private final String body = TenantFixture.body("Acme", prefix);
    private final String key = UUID.randomUUID().toString();

    @Test
    void givesTheFirstAnswerAgain() {
        Answer first = ada.post("/tenant", body, HEADER, key).is(201);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        ada.put("/tenant/" + prefix, "{\"name\":\"Renamed\"}").is(200);

        Answer again = ada.post("/tenant", body, HEADER, key).is(201);

        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.requestId()).isNotEqualTo(first.requestId());
        assertThat(ada.get("/tenant").json()).hasSize(1);
        assertThat(ada.get("/tenant/" + prefix + "/audit?action=tenant.created").json())
                .hasSize(1);
    }

    @Test
    void refusesAKeyWithAnotherBody() {
        ada.post("/tenant", body, HEADER, key).is(201);
        ada.post("/tenant", TenantFixture.body("Acme", TenantFixture.unusedPrefix()), HEADER, key)
                .isProblem(422, "idempotency_key_reused");
        ada.post("/tenant", TenantFixture.body("Another", prefix), HEADER, key)
                .isProblem(422, "idempotency_key_reused");
        assertThat(ada.get("/tenant").json()).hasSize(1);
    }

    @Test
    void keepsPeopleApart() {
        ada.post("/tenant", body, HEADER, key).is(201);
        Person grace = Person.anyone();
        grace.post("/tenant", body, HEADER, key).isProblem(409, "domain_prefix_taken");
        grace.post("/tenant", TenantFixture.body("Hers", TenantFixture.unusedPrefix()), HEADER, key)
                .is(201);
    }

    @Test
    void keepsNoError() {
        TenantFixture taken = TenantFixture.founded();
        ada.post("/tenant", TenantFixture.body("Acme", taken.prefix()), HEADER, key)
                .isProblem(409, "domain_prefix_taken");
        ada.post("/tenant", "{}", HEADER, key).is(400);
        ada.post("/tenant", body, HEADER, key).is(201);
    }

    @Test
    void makesTwoTenantsWithoutAKey() {
        ada.post("/tenant", body).is(201);
        ada.post("/tenant", body).isProblem(409, "domain_prefix_taken");
        ada.post("/tenant", TenantFixture.body("Acme", TenantFixture.unusedPrefix()))
                .is(201);
        assertThat(ada.get("/tenant").json()).hasSize(2);
    }

    @Test
    void takesAKeyOf1To255Characters() {
        ada.post("/tenant", body, HEADER, "").isInvalid(HEADER);
        ada.post("/tenant", body, HEADER, "k".repeat(256)).isInvalid(HEADER);
        ada.post("/tenant", body, HEADER, "k".repeat(255)).is(201);
    }

    @RepeatedTest(5)
    void makesOneTenantOfManyEqualRequestsAtOnce() throws InterruptedException {
        List<Answer> answers = Rivals.answers(_ -> ada.post("/tenant", body, HEADER, key));

        assertThat(answers).allSatisfy(answer -> answer.is(201));
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotent-Replayed").isEmpty())
                .hasSize(1);
        assertThat(ada.get("/tenant").json()).hasSize(1);
        assertThat(ada.get("/tenant/" + prefix + "/audit").json()).hasSize(1);
    }
}
