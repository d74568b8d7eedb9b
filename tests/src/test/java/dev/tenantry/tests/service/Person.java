package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;

import dev.tenantry.tenancy.Caller;
import dev.tenantry.testing.People;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Someone who calls the service with a token of theirs.
record Person(Caller caller, String token) {

    /// Someone new.
    static Person anyone() {
        return of(People.anyone());
    }

    static Person of(Caller caller) {
        return new Person(
                caller,
                SERVICE.token(Map.of(
                        "sub", caller.id().value(),
                        "email", caller.email().orElseThrow(),
                        "givenName", caller.givenName(),
                        "familyName", caller.familyName())));
    }

    String id() {
        return caller.id().value();
    }

    String email() {
        return caller.email().orElseThrow();
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + token));
        all.addAll(List.of(headers));
        return SERVICE.send(method, path, body, all);
    }
}
