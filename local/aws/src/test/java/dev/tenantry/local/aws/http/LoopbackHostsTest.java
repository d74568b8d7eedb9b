package dev.tenantry.local.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackHostsTest {

    private final LoopbackHosts hosts = new LoopbackHosts(request -> Response.of(200));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:8080", "localhost", "Localhost:1", "[::1]", "[::1]:65535"})
    void answersThoseWhoMeanThisMachine(String host) {
        assertThat(answer(Fields.none().and("host", host)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rebound.example",
                "rebound.example:8080",
                "127.0.0.1.rebound.example",
                "localhost.rebound.example:8080",
                "127a0b0c1",
                "rebound.example,localhost",
                "localhost:80:80",
                "0.0.0.0:8080",
            })
    void refusesEverybodyElse(String host) {
        Response answer = answer(Fields.none().and("host", host));
        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.body().text()).contains("call this service by 127.0.0.1 or localhost");
    }

    @Test
    void refusesWhoDoesNotSayWhomTheyMean() {
        assertThat(answer(Fields.none()).status()).isEqualTo(421);
    }

    private Response answer(Fields headers) {
        return hosts.answer(
                new Request("POST", "HTTP/1.1", "/_local/token", "", headers, Body.none(), "127.0.0.1", 8080));
    }
}
