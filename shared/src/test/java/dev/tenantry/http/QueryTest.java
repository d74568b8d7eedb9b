package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.text.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @Test
    void decodesPercentAndPlus() {
        assertThat(text("q=a%20b%2Bc+d", "q")).contains("a b+c d");
        assertThat(text("q", "q")).contains("");
        assertThat(text("", "q")).isEmpty();
    }

    @Test
    void refusesBrokenPercentEncoding() {
        assertThat(faults("q=%zz&%=1&q=ok", "q")).containsExactly("?");
        // What is decodable is still read.
        assertThat(faults("q=%zz&n=1", "q")).containsExactly("?", "?n");
    }

    /// A plus that was not encoded came as a space.
    @Test
    void saysHowToWriteTheOffsetOfATime() {
        Query query = new Query("from=2026-01-31T12:00%2B02:00&to=2026-01-31T12:00+02:00", "list");
        assertThat(query.optionalTime("from", Timestamp::parse).get()).contains(Instant.parse("2026-01-31T10:00:00Z"));
        query.optionalTime("to", Timestamp::parse);
        assertThatThrownBy(() -> query.complete(() -> "complete"))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .containsExactly(new Fault(
                                        "?to",
                                        "must be an ISO 8601 time with Z or an offset, such as 2026-01-31T12:00:00.000Z;"
                                                + " in a query, + is written %2B")));
    }

    @Test
    void asksForAThousandUnlessTold() {
        assertThat(page("")).isEqualTo(new PageRequest(1000, Optional.empty()));
        assertThat(page("limit=1").limit()).isEqualTo(1);
        assertThat(page("limit=1000").limit()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "ten", "", "1.5", "99999999999"})
    void refusesALimitOutOfRange(String limit) {
        assertThatThrownBy(() -> page("limit=" + limit))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .containsExactly(new Fault("?limit", "must be a whole number from 1 to 1000")));
    }

    @Test
    void goesOnAfterAPositionWithTheSameFilters() {
        Query query = new Query("action=user.removed&limit=2", "list");

        String next = query.goingOnAfter("position 1");

        assertThat(next).startsWith("action=user.removed&limit=2&cursor=");
        for (String page : List.of(next, next.replace("limit=2", "limit=5"))) {
            Query same = new Query(page, "list");
            same.optional("action", text -> text);
            assertThat(same.complete(same.page()).after()).contains("position 1");
        }
    }

    @Test
    void refusesTheCursorOfAnotherListOrFilter() {
        String next = new Query("action=user.removed", "list").goingOnAfter("position");

        for (Query foreign : new Query[] {
            new Query(next, "another list"),
            new Query(next.replace("removed", "joined"), "list"),
            new Query("cursor=AAAA", "list")
        }) {
            assertThatThrownBy(() -> foreign.complete(foreign.page())).isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void namesAllFaultsAtOnce() {
        Query query = new Query("limit=0&cursor=!&q=1&q=2&n=x", "list");
        query.page();
        query.optional("q", text -> text);
        query.optional("n", _ -> {
            throw new InvalidValue("must be a number");
        });

        assertThatThrownBy(() -> query.complete(() -> "never"))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::pointer)
                                .containsExactly("?limit", "?cursor", "?q", "?n"));
    }

    @Test
    void namesEveryParameterThatNobodyAskedFor() {
        Query query = new Query("online=false&q=1&Q=2&online=true&%3F=1&=2", "list");
        query.optional("q", text -> text);
        query.optional("limit", text -> text);
        assertThatThrownBy(() -> query.complete(() -> "never"))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .contains(new Fault(
                                        "?online", "is not a parameter of this request, which takes q, limit"))
                                .extracting(Fault::pointer)
                                .containsExactly("?online", "?Q", "??", "?"));
    }

    @Test
    void tellsOfAQueryThatNobodyReadOnce() {
        Query query = new Query("online=false", "list");
        assertThat(query.untold())
                .containsExactly(new Fault("?online", "is not a parameter of this request, which takes none"));
        assertThat(query.untold()).isEmpty();
    }

    @Test
    void takesNoAmpersandForAParameter() {
        assertThat(new Query("&&", "list").untold()).isEmpty();
    }

    private static List<String> faults(String rawQuery, String name) {
        Query query = new Query(rawQuery, "list");
        query.optional(name, text -> text);
        return query.untold().stream().map(Fault::pointer).distinct().toList();
    }

    private static Optional<String> text(String rawQuery, String name) {
        Query query = new Query(rawQuery, "list");
        return query.complete(query.optional(name, text -> text));
    }

    private static PageRequest page(String rawQuery) {
        Query query = new Query(rawQuery, "list");
        return query.complete(query.page());
    }
}
