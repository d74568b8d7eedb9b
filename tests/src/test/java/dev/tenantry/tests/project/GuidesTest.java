package dev.tenantry.tests.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenantry.local.LocalOptions;
import dev.tenantry.local.LocalService;
import dev.tenantry.tests.functions.CapturedOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/// What a newcomer types, one command after the other: the tour, and then a charger's life. Each
/// comes to what the page says, but for what differs from time to time.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The commands are for a POSIX shell.")
class GuidesTest {

    private static final long PATIENCE_SECONDS = 120;

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|console)\\n(.*?)^```$");
    private static final String PROMPT = "$ ";

    private static final Pattern STATUS = Pattern.compile("(?m)^(HTTP/1\\.1 .+|[0-9]{3})$");

    /// A field of an answer, without space.
    private static final Pattern FIELD =
            Pattern.compile("\"([A-Za-z]+)\":(\"(?:[^\"\\\\]|\\\\.)*\"|true|false|null|-?[0-9]+)");

    /// Fields that are drawn at random, or tell a time.
    private static final Set<String> VARYING = Set.of(
            "acceptUrl",
            "actorId",
            "chargerId",
            "connectionId",
            "createdBy",
            "currentPeriodEnd",
            "customer",
            "firstAt",
            "html",
            "id",
            "lastAt",
            "lastSeenAt",
            "oldPasswordValidUntil",
            "recheckAfterSeconds",
            "requestId",
            "startedAt",
            "stripeSubscriptionId",
            "tenantId",
            "text",
            "token",
            "updatedAt",
            "createdAt",
            "url",
            "userId");

    @TempDir
    private Path folder;

    /// @param text     what is typed
    /// @param expected what the page shows
    private record Command(String text, String expected) {}

    @Test
    void comeToWhatTheySay() throws IOException, InterruptedException {
        assumeTrue(shell("curl --help all").contains("--json"), "curl is here, from 7.82 on");
        List<Command> commands =
                new ArrayList<>(commands(Project.read(Project.root().resolve("docs/tour.md"))));
        commands.addAll(commands(Project.read(Project.root().resolve("docs/chargers.md"))));
        assertThat(commands).hasSizeGreaterThan(40);

        List<String> shown;
        try (CapturedOutput _ = CapturedOutput.begin();
                LocalService service =
                        LocalService.start(LocalOptions.from(Map.of("PORT", "0", "SQS_PORT", "0"), Project.root()))) {
            shown = run(commands, service.uri().toString());
        }

        for (int i = 0; i < commands.size(); i++) {
            assertShows(commands.get(i), shown.get(i));
        }
    }

    private static List<Command> commands(String page) {
        List<Command> commands = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(page).results().toList()) {
            if (block.group(1).equals("sh")) {
                commands.add(new Command(block.group(2), ""));
            } else {
                read(block.group(2).lines().toList(), commands);
            }
        }
        // The service is there already, and the fleet has tests of its own.
        commands.removeIf(command -> command.text().startsWith("./"));
        return commands;
    }

    private static void read(List<String> lines, List<Command> commands) {
        int i = 0;
        while (i < lines.size()) {
            StringBuilder text = new StringBuilder(lines.get(i++).substring(PROMPT.length()));
            while (!isWhole(text)) {
                text.append('\n').append(lines.get(i++));
            }
            StringBuilder expected = new StringBuilder();
            while (i < lines.size() && !lines.get(i).startsWith(PROMPT)) {
                expected.append(lines.get(i++)).append('\n');
            }
            commands.add(new Command(text.toString(), expected.toString()));
        }
    }

    /// Whether a shell would not wait for more.
    private static boolean isWhole(CharSequence text) {
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
                if (i == text.length()) {
                    return false;
                }
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return quote == 0;
    }

    /// What each of them shows.
    private List<String> run(List<Command> commands, String service) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < commands.size(); i++) {
            script.append("{ ")
                    .append(commands.get(i).text().replace("http://127.0.0.1:8080", service))
                    .append("\n} > ")
                    .append(i)
                    .append(".out 2>&1\n");
        }
        shell(script.toString());
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            shown.add(Files.readString(folder.resolve(i + ".out")));
        }
        return shown;
    }

    private String shell(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script"), script);
        Process bash = new ProcessBuilder("bash", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        if (!bash.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            bash.destroyForcibly();
            throw new AssertionFailedError("the commands do not come to an end");
        }
        return Files.readString(folder.resolve("output"));
    }

    private static void assertShows(Command command, String shown) {
        String said = squeezed(shown);
        STATUS.matcher(command.expected())
                .results()
                .forEach(status -> assertThat(shown.lines())
                        .as(command.text() + " shows\n" + shown)
                        .contains(status.group()));
        FIELD.matcher(squeezed(command.expected()))
                .results()
                .filter(field ->
                        !VARYING.contains(field.group(1)) && !field.group(2).contains("…"))
                .forEach(field ->
                        assertThat(said).as(command.text() + " shows\n" + shown).contains(field.group()));
    }

    /// Pages break lines where answers have none.
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
