package dev.tenantry.local.aws.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs": Lambda function response
/// format for format 2.0.
class AnswerV2Test {

    @Test
    void takesStatusHeadersAndBody() {
        Response response = parse("{\"statusCode\":201,\"headers\":{\"Location\":\"/x\",\"X-N\":7},\"body\":\"hé\"}");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().joined("location")).contains("/x");
        assertThat(response.headers().joined("x-n")).contains("7");
        assertThat(response.body().text()).isEqualTo("hé");
    }

    @Test
    void turnsEachCookieIntoASetCookieHeader() {
        assertThat(parse("{\"statusCode\":200,\"cookies\":[\"a=1; Path=/\",\"b=2\"]}")
                        .headers()
                        .all("set-cookie"))
                .isEqualTo(List.of("a=1; Path=/", "b=2"));
    }

    @Test
    void decodesABase64Body() {
        assertThat(parse("{\"statusCode\":200,\"body\":\"/wAB\",\"isBase64Encoded\":true}")
                        .body()
                        .bytes())
                .isEqualTo(new byte[] {(byte) 0xff, 0, 1});
    }

    /// The guide: isBase64Encoded false, statusCode 200, content-type application/json, and the answer is the body.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"message\":\"hi\"} | {\"message\":\"hi\"}", "\"hi\" | hi", "[1] | [1]"})
    void infersAResponseFromJsonWithoutStatusCode(String answer, String body) {
        Response response = parse(answer);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().joined("content-type")).contains("application/json");
        assertThat(response.body().text()).isEqualTo(body);
    }

    @Test
    void callsABodyWithoutContentTypePlainText() {
        assertThat(parse("{\"statusCode\":200,\"body\":\"hi\"}").headers().joined("content-type"))
                .contains("text/plain;charset=UTF-8");
    }

    @Test
    void leavesFramingToTheGateway() {
        assertThat(parse(
                                "{\"statusCode\":200,\"headers\":{\"Content-Length\":\"99\",\"Transfer-Encoding\":\"chunked\"}}")
                        .headers()
                        .asMap())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "{} {}",
                "{\"statusCode\":\"200\"}",
                "{\"statusCode\":99}",
                "{\"statusCode\":200,\"body\":{}}",
                "{\"statusCode\":200,\"body\":\"?\",\"isBase64Encoded\":true}"
            })
    void refusesAMalformedAnswer(String answer) {
        assertThat(AnswerV2.parse(answer)).isEmpty();
    }

    private static Response parse(String answer) {
        return AnswerV2.parse(answer).orElseThrow();
    }
}
