package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.LocalOptions;
import dev.tenantry.local.LocalService;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The files under `events/`, each sent as it is to a running local service, by the Invoke API. Whoever tries them has
/// no state prepared for each, as [EventsTest] has, and no signature made for them.
class ReplayTest {

    /// First those that others need, at last those that take away.
    private static final Comparator<Path> ORDER =
            Comparator.comparingInt(ReplayTest::turn).thenComparing(SampleEvent::name);

    /// What comes of an event where nobody else has done anything to the tenant but the events before it.
    private static final Map<String, Integer> OTHERWISE = Map.ofEntries(
            // Nobody has subscribed yet.
            Map.entry("billing/create-checkout-subscribed", 201),
            // Nobody has turned provisioning on yet.
            Map.entry("chargers/change-provisioning", 409),
            Map.entry("chargers/create-charger-exists", 201),
            // One of them was entered before.
            Map.entry("chargers/create-chargers", 409),
            Map.entry("chargers/create-chargers-idempotent", 409),
            // A charger's id is drawn at random.
            Map.entry("chargers/delete-charger", 404),
            Map.entry("chargers/get-charger", 404),
            Map.entry("chargers/update-charger", 404),
            Map.entry("chargers/update-charger-if-match", 404),
            Map.entry("chargers/update-chargers", 404),
            // Nobody was invited by the token that the event has; an invite's mail is in the outbox.
            Map.entry("invites/accept-invite", 404),
            // The same address, a moment later.
            Map.entry("invites/create-invite-idempotent", 429),
            // Nobody has invited that one.
            Map.entry("invites/create-invite-too-soon", 201),
            Map.entry("profiles/create-profile-limit", 201),
            // By then it is the default, and the other one is not.
            Map.entry("profiles/delete-profile", 409),
            // The chargers have it that were entered before.
            Map.entry("profiles/delete-profile-default", 409),
            Map.entry("subscription/get-subscription", 404),
            Map.entry("subscription/get-subscription-new-address", 404),
            Map.entry("tenants/create-tenant-idempotent", 409),
            // There is none to verify.
            Map.entry("tenants/verify-domain", 409),
            // Ada is alone.
            Map.entry("users/change-role", 404),
            Map.entry("users/change-roles", 404),
            Map.entry("users/remove-user", 404));

    /// These are about how a function fails.
    private static final Set<String> FAILURES = Set.of(
            "chargerconnect/batch-empty",
            "chargerconnect/connect-malformed",
            "mailevents/no-event",
            "metricsaggregation/unknown-command",
            "operator/misspelt-repair",
            "operator/two-commands",
            "operator/show-unknown",
            "operator/purge-not-deleted",
            "operator/erase-last-admin");

    @Test
    void meetsNoAccidentOnTheLocalService() throws IOException, InterruptedException {
        List<String> accidents = new ArrayList<>();
        try (CapturedOutput functions = CapturedOutput.begin();
                LocalService service =
                        LocalService.start(LocalOptions.from(Map.of("PORT", "0", "SQS_PORT", "0"), Project.root()));
                HttpClient client = HttpClient.newHttpClient()) {
            for (Path file : Project.events().stream().sorted(ORDER).toList()) {
                String name = SampleEvent.name(file);
                String function =
                        Sandbox.function(name.substring(0, name.indexOf('/'))).logicalId();
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(
                                        service.uri().resolve("/2015-03-31/functions/" + function + "/invocations"))
                                .POST(BodyPublishers.ofString(Project.read(file)))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() != 200 || !isAsItShould(name, answer)) {
                    accidents.add(name + ": " + answer.statusCode() + " " + answer.body());
                }
            }
        }
        assertThat(accidents).isEmpty();
    }

    private static boolean isAsItShould(String name, HttpResponse<String> answer) {
        if (answer.headers().firstValue("x-amz-function-error").isPresent() || FAILURES.contains(name)) {
            return answer.headers().firstValue("x-amz-function-error").isPresent() && FAILURES.contains(name);
        }
        Integer status = OTHERWISE.getOrDefault(name, SampleEvent.STATUS.get(name));
        return status == null
                || Json.parse(answer.body()).orElseThrow().path("statusCode").asInt() == status;
    }

    private static int turn(Path file) {
        String name = SampleEvent.name(file);
        if (name.equals("tenants/create-tenant")) {
            return 0;
        }
        if (name.endsWith("-no-profile")) {
            return 1;
        }
        if (name.equals("profiles/create-profile")) {
            return 2;
        }
        if (name.equals("tenants/delete-tenant")) {
            return 5;
        }
        if (name.startsWith("operator/")) {
            return switch (name) {
                // What was deleted before.
                case "operator/restore" -> 6;
                case "operator/suspend" -> 8;
                case "operator/resume" -> 9;
                case "operator/delete-subscribed" -> 10;
                default -> 7;
            };
        }
        return SampleEvent.of(file).routeKey().startsWith("DELETE ") ? 4 : 3;
    }
}
