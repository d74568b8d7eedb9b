package dev.tenantry.local.fleet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.broker.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Chargers that connect, boot, send heartbeats, all lose their connection and all come back, but for those that
/// somebody blocked meanwhile. Whoever is refused stays away.
final class Fleet {

    private static final int BAR_WIDTH = 30;

    /// Chargers of one report.
    private static final int REPORT_SIZE = 1000;

    private final FleetOptions options;
    private final ServiceClient service;
    private final PrintStream out;
    private final Optional<PrintStream> progress;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String identities;

    /// @param out      takes the summary
    /// @param progress takes the progress bar; empty where nobody watches
    Fleet(FleetOptions options, ServiceClient service, PrintStream out, Optional<PrintStream> progress) {
        this.options = options;
        this.identities = options.identities().orElse("SIM-" + run + "-");
        this.service = service;
        this.out = out;
        this.progress = progress;
    }

    /// Runs them all.
    ///
    /// @return the phases, in their order
    /// @throws IOException if the service is not there or lets nobody provision
    List<Phase> run() throws IOException {
        service.startProvisioning();
        List<Phase> phases = new ArrayList<>();
        long[] ids = new long[options.chargers()];
        boolean[] isIn = new boolean[options.chargers()];
        phases.add(phase("connect", IntStream.range(0, isIn.length).toArray(), i -> {
            Answer answer = service.ask(connect(i, 1));
            isIn[i] = answer.accepted();
            ids[i] = answer.chargerId().orElse(0L);
            return Verdict.outcome(answer);
        }));
        int[] connected = IntStream.range(0, isIn.length).filter(i -> isIn[i]).toArray();
        phases.add(phase("boot", connected, i -> Verdict.outcome(service.ask(boot(i)))));
        Optional<String> queue = service.usageQueue();
        if (queue.isPresent()) {
            phases.add(reports(queue.get(), connected));
        } else {
            out.println("heartbeat   skipped: there is no usage queue at " + options.sqs()
                    + "; say where it is with SQS_PORT or --sqs");
        }
        // A node that starts after a crash owes the ends of all connections that it had.
        phases.add(batches("disconnect", connected, i -> fields("disconnect", i, 1)));
        service.block(IntStream.of(connected)
                .limit(options.blocked())
                .mapToLong(i -> ids[i])
                .toArray());
        phases.add(batches("reconnect", connected, i -> connect(i, 2)));
        Map<String, Long> refusals = service.refusals();
        if (!refusals.isEmpty()) {
            out.println("The tenant sees of refusals, at least: " + refusals);
        }
        return phases;
    }

    /// One by one, or so many in a call as the options say.
    private Phase batches(String name, int[] chargers, IntFunction<ObjectNode> event) {
        if (options.batch() == 1) {
            return phase(name, chargers, i -> Verdict.outcome(service.ask(event.apply(i))));
        }
        Phase phase = new Phase(name, chargers.length);
        AtomicInteger next = new AtomicInteger();
        each(() -> {
            for (int from = next.getAndAdd(options.batch());
                    from < chargers.length;
                    from = next.getAndAdd(options.batch())) {
                long start = System.nanoTime();
                int[] some = Arrays.copyOfRange(chargers, from, Math.min(from + options.batch(), chargers.length));
                List<Answer> answers =
                        service.tell(IntStream.of(some).mapToObj(event).toList());
                long took = System.nanoTime() - start;
                answers.forEach(answer -> phase.record(Verdict.outcome(answer), took));
                show(phase);
            }
        });
        return over(phase);
    }

    /// A node reports many chargers at once: that is what makes usage cheap.
    private Phase reports(String queue, int[] chargers) {
        Phase phase = new Phase("heartbeat", chargers.length);
        for (int from = 0; from < chargers.length; from += REPORT_SIZE) {
            long start = System.nanoTime();
            int[] some = Arrays.copyOfRange(chargers, from, Math.min(from + REPORT_SIZE, chargers.length));
            String outcome = service.send(queue, report(from / REPORT_SIZE, some));
            long took = System.nanoTime() - start;
            for (int _ : some) {
                phase.record(outcome, took);
            }
            show(phase);
        }
        return over(phase);
    }

    private void each(Runnable work) {
        try (ExecutorService threads = Executors.newFixedThreadPool(options.concurrency())) {
            for (int i = 0; i < options.concurrency(); i++) {
                threads.execute(work);
            }
        }
    }

    private Phase over(Phase phase) {
        progress.ifPresent(bar -> bar.print("\r" + " ".repeat(BAR_WIDTH + 40) + "\r"));
        out.println(phase.summary());
        return phase;
    }

    Phase phase(String name, int[] chargers, IntFunction<String> task) {
        Phase phase = new Phase(name, chargers.length);
        AtomicInteger next = new AtomicInteger();
        each(() -> {
            for (int turn = next.getAndIncrement(); turn < chargers.length; turn = next.getAndIncrement()) {
                long start = System.nanoTime();
                phase.record(outcome(task, chargers[turn]), System.nanoTime() - start);
                show(phase);
            }
        });
        return over(phase);
    }

    private static String outcome(IntFunction<String> task, int charger) {
        try {
            return task.apply(charger);
        } catch (RuntimeException e) {
            // It would end the thread and be told to nobody.
            return Verdict.ERROR;
        }
    }

    private void show(Phase phase) {
        progress.ifPresent(bar -> {
            int done = phase.done();
            // A hundred times is enough for an eye.
            if (done % Math.max(1, phase.size() / 100) == 0) {
                int filled = (int) ((long) BAR_WIDTH * done / phase.size());
                bar.print(String.format(
                        Locale.ROOT,
                        "\r%-11s [%s%s] %d of %d",
                        phase.name(),
                        "#".repeat(filled),
                        " ".repeat(BAR_WIDTH - filled),
                        done,
                        phase.size()));
            }
        });
    }

    private ObjectNode connect(int charger, int connection) {
        ObjectNode event = fields("connect", charger, connection).put("tls", true);
        byte[] password = charger < options.wrongPasswords()
                ? ("wrong password " + run).getBytes(StandardCharsets.UTF_8)
                : HexFormat.of().parseHex(options.passwordHex());
        if (password.length > 0) {
            event.put("authorization", "Basic " + Base64.getEncoder().encodeToString(pair(charger, password)));
        }
        if (options.clientCertificates()) {
            event.put("clientCertificateCn", identity(charger));
        }
        return event;
    }

    /// The password as bytes: a key that an installer typed as 40 hexadecimal digits is sent as the 20 bytes that
    /// they stand for (OCPP 1.6 security whitepaper).
    private byte[] pair(int charger, byte[] password) {
        byte[] userName = (identity(charger) + ":").getBytes(StandardCharsets.UTF_8);
        byte[] pair = Arrays.copyOf(userName, userName.length + password.length);
        System.arraycopy(password, 0, pair, userName.length, password.length);
        return pair;
    }

    /// Every second one speaks OCPP 2.0.1.
    private ObjectNode boot(int charger) {
        ObjectNode event = fields("boot", charger, 1);
        ObjectNode boot = event.putObject("boot");
        if (charger % 2 == 0) {
            boot.put("chargePointVendor", "Simulated")
                    .put("chargePointModel", "Wallbox 22")
                    .put("chargePointSerialNumber", "SIM-" + charger)
                    .put("firmwareVersion", "1.0." + charger % 10);
        } else {
            boot.put("reason", "PowerUp")
                    .putObject("chargingStation")
                    .put("vendorName", "Simulated")
                    .put("model", "Station 150")
                    .put("serialNumber", "SIM-" + charger)
                    .put("firmwareVersion", "2.0." + charger % 10)
                    .putObject("modem")
                    .put("iccid", "8931080" + charger);
        }
        return event;
    }

    private ObjectNode fields(String type, int charger, int connection) {
        return Json.object()
                .put("type", type)
                .put("tenant", options.tenant())
                .put("identity", identity(charger))
                .put("sourceIp", "192.0.2." + (1 + charger % 254))
                .put("connectionId", run + "-" + charger + "-" + connection)
                .put("at", now());
    }

    private String report(int number, int[] chargers) {
        ObjectNode report = Json.object().put("id", run + "-" + number).put("tenant", options.tenant());
        ArrayNode samples = report.putArray("samples");
        for (int charger : chargers) {
            samples.addObject()
                    .put("at", now())
                    .put("charger", identity(charger))
                    .put("messagesIn", 1)
                    .put("messagesOut", 1)
                    .put("bytesIn", 27)
                    .put("bytesOut", 58);
        }
        return Json.text(report);
    }

    private String identity(int charger) {
        return FleetOptions.identity(identities, charger);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
