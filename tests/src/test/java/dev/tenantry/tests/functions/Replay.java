package dev.tenantry.tests.functions;

import dev.tenantry.runtime.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What came of a sample event. Each is given to its function once, and once more so that repetitions are met as well,
/// for all that tests want to know of it.
///
/// @param answer  the first answer
/// @param actions the IAM actions that both answers needed of DynamoDB
record Replay(String answer, Set<String> actions) {

    private static final Map<Path, Replay> REPLAYS = new ConcurrentHashMap<>();

    static Replay of(Path file) {
        return REPLAYS.computeIfAbsent(file, Replay::run);
    }

    private static Replay run(Path file) {
        SampleEvent event = SampleEvent.of(file);
        try (Sandbox sandbox = event.sandbox();
                RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(sandbox.dynamoDbUri());
                CapturedOutput _ = CapturedOutput.begin()) {
            LambdaFunction handler = Sandbox.handler(event.function(), dynamoDb.uri());
            String answer = Sandbox.invoke(handler, event.json());
            Sandbox.invoke(handler, event.json());
            return new Replay(answer, Set.copyOf(dynamoDb.actions()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
