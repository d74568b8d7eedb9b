package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    @Test
    void namesAFewFaultsInWordsToo() {
        var problem = Problems.of(
                new InvalidRequest(List.of(new Fault("/name", "is required"), new Fault("/role", "is odd"))));

        assertThat(problem.detail()).isEqualTo("Fix this and try again: /name is required; /role is odd.");
        assertThat(problem.faults()).hasSize(2);
    }

    @Test
    void namesTheBodyWhereAFaultIsOfAllOfIt() {
        var problem = Problems.of(new InvalidRequest("", "must be UTF-8"));

        assertThat(problem.detail()).isEqualTo("Fix this and try again: the body must be UTF-8.");
    }

    @Test
    void staysSmallHoweverManyFaultsThereAre() {
        List<Fault> faults = IntStream.range(0, 50_000)
                .mapToObj(i -> new Fault("/" + i, "is not a field of this request"))
                .toList();

        var problem = Problems.of(new InvalidRequest(faults));

        assertThat(problem.faults()).isEqualTo(faults.subList(0, 100));
        assertThat(problem.detail())
                .contains("50000 faults")
                .contains("first 100")
                .hasSizeLessThan(200);
    }

    @Test
    void cutsANameThatNobodyWouldRead() {
        String name = "/" + "a".repeat(198) + "\uD83D\uDD0C".repeat(100_000);

        var problem = Problems.of(new InvalidRequest(name, "is not a field of this request"));

        assertThat(problem.faults())
                .containsExactly(new Fault("/" + "a".repeat(198) + "…", "is not a field of this request"));
        assertThat(problem.detail()).hasSizeLessThan(300);
    }
}
