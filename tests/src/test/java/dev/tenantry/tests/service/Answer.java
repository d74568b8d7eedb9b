package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the service answered.
record Answer(HttpResponse<String> response) {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    int status() {
        return response.statusCode();
    }

    String body() {
        return response.body();
    }

    JsonNode json() {
        return Json.parse(response.body())
                .orElseThrow(() -> new AssertionError("The body is no JSON: " + response.body()));
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    String etag() {
        return header("ETag").orElseThrow();
    }

    String requestId() {
        return header("X-Request-Id").orElseThrow();
    }

    boolean succeeded() {
        return status() < 300;
    }

    /// The problem's code.
    String code() {
        return json().path("code").asText();
    }

    /// Where the problem's faults are.
    List<String> pointers() {
        List<String> pointers = new ArrayList<>();
        json().path("errors")
                .forEach(error -> pointers.add(error.path("pointer").asText()));
        return pointers;
    }

    /// The path and query of the next page.
    Optional<String> next() {
        return header("Link").map(link -> {
            Matcher next = NEXT.matcher(link);
            assertThat(next.matches()).as(link).isTrue();
            return next.group(1);
        });
    }

    Answer is(int status) {
        assertThat(status()).as(this::toString).isEqualTo(status);
        return this;
    }

    Answer isProblem(int status, String code) {
        is(status);
        assertThat(code()).isEqualTo(code);
        return this;
    }

    /// 400 with exactly these faults, in any order.
    Answer isInvalid(String... pointers) {
        isProblem(400, "invalid_request");
        assertThat(pointers()).as(this::toString).containsExactlyInAnyOrder(pointers);
        return this;
    }

    @Override
    public String toString() {
        return response.request().method() + " " + response.request().uri() + " -> " + status() + " " + body();
    }
}
