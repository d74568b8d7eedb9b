package dev.tenantry.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.idempotency.KeptAnswerStore.Claim;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Digest;
import dev.tenantry.storage.Key;
import dev.tenantry.tenancy.UserId;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

public class KeptAnswerStoreTest {

    private static final UserId ADA = People.named("ada").id();
    private static final UserId BOB = People.named("bob").id();
    private static final String ROUTE = "POST /tenant/{tenant}/invite";

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(dynamoDb(), clock);
    private final Key key = KeptAnswerStore.key(Optional.of("acme"), ADA, ROUTE, "k");
    private final KeptAnswer.Given answer =
            new KeptAnswer.Given("digest", 201, Optional.of("/tenant/acme"), Optional.of("\"1\""), Optional.of("{}"));

    protected DynamoDbClient dynamoDb() {
        return DynamoDbLocal.client();
    }

    @Test
    void keepsAnAnswerForADay() {
        keep(answer);

        clock.advance(KeptAnswerStore.RETENTION.minusSeconds(1));
        assertThat(core.answers().find(key)).contains(answer);
        clock.advance(Duration.ofSeconds(1));
        assertThat(core.answers().find(key)).isEmpty();
    }

    @Test
    void tellsNoBodyWithoutItsIdempotencyKey() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(KeptAnswerStore.digest("k", body))
                .isEqualTo(KeptAnswerStore.digest("k", body.clone()))
                .isNotEqualTo(KeptAnswerStore.digest("l", body))
                .isNotEqualTo(Digest.of(body));
        // Where the key ends and the body begins is part of it.
        assertThat(KeptAnswerStore.digest("k", "xy".getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(KeptAnswerStore.digest("kx", "y".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keepsOneAnswerAtATime() {
        keep(answer);
        assertThatThrownBy(() -> keep(answer)).isInstanceOf(Conflict.class);

        clock.advance(KeptAnswerStore.RETENTION);
        KeptAnswer.Given another =
                new KeptAnswer.Given("other", 204, Optional.empty(), Optional.empty(), Optional.empty());
        keep(another);
        assertThat(core.answers().find(key)).contains(another);
    }

    @Test
    void keepsAClaimUntilItsTimeIsUp() {
        claim();

        assertThat(core.answers().find(key)).contains(new KeptAnswer.Pending("digest"));
        clock.advance(KeptAnswerStore.LEASE.minusSeconds(1));
        assertThatThrownBy(this::claim).isInstanceOf(Conflict.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(core.answers().find(key)).isEmpty();
        claim();
    }

    @Test
    void settlesAClaimWithItsAnswer() {
        Claim claim = claim();
        Change settle = Change.empty();
        core.answers().settle(settle, claim, answer);
        core.table().commit(settle);

        clock.advance(KeptAnswerStore.RETENTION.minusSeconds(1));
        assertThat(core.answers().find(key)).contains(answer);
    }

    @Test
    void releasesAClaim() {
        Claim claim = claim();
        Change release = Change.empty();
        core.answers().release(release, claim);
        core.table().commit(release);

        assertThat(core.answers().find(key)).isEmpty();
        claim();
    }

    @Test
    void neitherSettlesNorReleasesAClaimThatWasLost() {
        Claim lost = claim();
        clock.advance(KeptAnswerStore.LEASE);
        claim();
        Change settle = Change.empty();
        core.answers().settle(settle, lost, answer);
        Change release = Change.empty();
        core.answers().release(release, lost);

        assertThatThrownBy(() -> core.table().commit(settle)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> core.table().commit(release)).isInstanceOf(Conflict.class);
        assertThat(core.answers().find(key)).contains(new KeptAnswer.Pending("digest"));
    }

    @Test
    void tellsEveryTenantUserRouteAndKeyApart() {
        assertThat(key)
                .isEqualTo(KeptAnswerStore.key(Optional.of("acme"), ADA, ROUTE, "k"))
                .isNotEqualTo(KeptAnswerStore.key(Optional.of("other"), ADA, ROUTE, "k"))
                .isNotEqualTo(KeptAnswerStore.key(Optional.empty(), ADA, ROUTE, "k"))
                .isNotEqualTo(KeptAnswerStore.key(Optional.of("acme"), BOB, ROUTE, "k"))
                .isNotEqualTo(KeptAnswerStore.key(Optional.of("acme"), ADA, "POST /tenant/{tenant}/ips", "k"))
                .isNotEqualTo(KeptAnswerStore.key(Optional.of("acme"), ADA, ROUTE, "K"));
    }

    private Claim claim() {
        Change change = Change.empty();
        Claim claim = core.answers().claim(change, key, "digest");
        core.table().commit(change);
        return claim;
    }

    private void keep(KeptAnswer.Given kept) {
        Change change = Change.empty();
        core.answers().keep(change, key, kept);
        core.table().commit(change);
    }
}
