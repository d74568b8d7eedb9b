package dev.tenantry.functions.usageingest;

import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.ConnectionId;
import dev.tenantry.chargers.Credentials;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.CapacityMeter;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import dev.tenantry.usage.Report;
import dev.tenantry.usage.ReportOutcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// What usage costs, from the queue to its window: how fast, JSON included, and in how many capacity units by
/// DynamoDB's rules. Not a test: see docs/performance.md for how to run it.
public final class UsageBenchmark {

    /// What Lambda is invoked with at most, and what SQS adds to each message.
    private static final int DELIVERY_BYTES = 6_000_000;

    private static final int MESSAGE_BYTES = 650;

    private UsageBenchmark() {}

    /// @param arguments `reports`, tenants, samples of a report, samples in all, how many reports of a tenant
    ///                  there are in a minute, and how many in a delivery at most; or `events`, chargers, how often
    ///                  each comes and goes
    public static void main(String[] arguments) {
        int[] numbers = new int[arguments.length - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(arguments[i + 1]);
        }
        if (arguments[0].equals("reports")) {
            reports(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        } else {
            events(numbers[0], numbers[1]);
        }
        // DynamoDB Local's threads would go on for ever.
        System.exit(0);
    }

    /// Each minute, from each tenant so many reports; folded every five minutes.
    private static void reports(int tenants, int size, int all, int aMinute, int aDelivery) {
        TestClock clock = new TestClock();
        Random random = new Random(1);
        String table = DynamoDbLocal.newTable(DynamoDbLocal.client());
        Core founding = Core.over(DynamoDbLocal.client(), table, clock);
        for (int i = 0; i < tenants; i++) {
            founding.tenant("fleet-" + i, People.named("ada"));
        }
        CapacityMeter.Sizes sizes = new CapacityMeter.Sizes();
        CapacityMeter ingesting = new CapacityMeter(DynamoDbLocal.client(), sizes);
        CapacityMeter folding = new CapacityMeter(DynamoDbLocal.client(), sizes);
        Core ingest = Core.over(ingesting.client(), table, clock);
        Core aggregation = Core.over(folding.client(), table, clock);
        long samples = 0;
        long bytes = 0;
        long messages = 0;
        for (int minute = 0; samples < all; minute++) {
            List<String> bodies = new ArrayList<>();
            for (int report = 0; report < aMinute && samples < all; report++) {
                for (int tenant = 0; tenant < tenants && samples < all; tenant++) {
                    bodies.add(body("fleet-" + tenant, minute, report, size, clock, random));
                    samples += size;
                }
            }
            for (int next = 0; next < bodies.size(); ) {
                StringBuilder event = new StringBuilder("{\"Records\":[");
                int first = next;
                while (next < bodies.size()
                        && next < first + tenants * aDelivery
                        && (next == first || event.length() < DELIVERY_BYTES - 2 * MESSAGE_BYTES)) {
                    event.append(next == first ? "" : ",").append(record(next, bodies.get(next)));
                    bytes += bodies.get(next).length();
                    messages += 1 + bodies.get(next).length() / 65_536;
                    next++;
                }
                byte[] delivery = event.append("]}").toString().getBytes(StandardCharsets.UTF_8);
                ingesting.time(() -> take(ingest, delivery));
            }
            clock.advance(Duration.ofMinutes(1));
            if (minute % 5 == 4 || samples >= all) {
                folding.time(() -> aggregation.aggregateUsage().run(() -> true));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d samples of %d tenants in reports of %d, %d bytes each; %.2f SQS units of 64 KiB per 1000 samples%n",
                samples,
                tenants,
                size,
                bytes / (samples / size),
                messages * 1000.0 / samples);
        print("ingest", ingesting, samples);
        print("aggregation", folding, samples);
        System.out.printf(
                Locale.ROOT,
                "together     %8.2f WCU, %.2f RCU per 1000 samples%n",
                (ingesting.writeUnits() + folding.writeUnits()) * 1000.0 / samples,
                (ingesting.readUnits() + folding.readUnits()) * 1000.0 / samples);
    }

    private static void take(Core core, byte[] delivery) {
        try {
            List<Report> reports = new ArrayList<>();
            for (SqsMessage message : SqsMessage.readAll(new ByteArrayInputStream(delivery))) {
                reports.add(ReportBody.read(message.body()));
            }
            for (ReportOutcome outcome : core.ingest(reports)) {
                if (outcome.kind() != ReportOutcome.Kind.COUNTED) {
                    throw new IllegalStateException(outcome.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(String tenant, int minute, int report, int size, TestClock clock, Random random) {
        StringBuilder body = new StringBuilder(
                "{\"id\":\"node-" + report + "/" + minute + "\",\"tenant\":\"" + tenant + "\",\"samples\":[");
        for (int i = 0; i < size; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"at\":\"")
                    .append(dev.tenantry.text.Timestamp.of(clock.instant().minusMillis(random.nextInt(60_000))))
                    .append("\",\"charger\":\"DEPOT-")
                    .append(report * size + i)
                    .append("\",\"messagesIn\":")
                    .append(1 + random.nextInt(9))
                    .append(",\"messagesOut\":")
                    .append(1 + random.nextInt(9))
                    .append(",\"bytesIn\":")
                    .append(random.nextInt(900))
                    .append(",\"bytesOut\":")
                    .append(random.nextInt(500))
                    .append('}');
        }
        return body.append("]}").toString();
    }

    private static String record(int number, String body) {
        return "{\"messageId\":\"" + number + "\",\"receiptHandle\":\"" + "x".repeat(400) + "\",\"body\":\""
                + body.replace("\"", "\\\"") + "\",\"attributes\":{\"ApproximateReceiveCount\":\"1\"},"
                + "\"messageAttributes\":{},\"eventSource\":\"aws:sqs\"}";
    }

    /// Chargers of one tenant that come and go within an hour, evenly; folded every five minutes.
    private static void events(int chargers, int times) {
        TestClock clock = new TestClock();
        String table = DynamoDbLocal.newTable(DynamoDbLocal.client());
        CapacityMeter.Sizes sizes = new CapacityMeter.Sizes();
        CapacityMeter registering = new CapacityMeter(DynamoDbLocal.client(), sizes);
        CapacityMeter telling = new CapacityMeter(DynamoDbLocal.client(), sizes);
        CapacityMeter folding = new CapacityMeter(DynamoDbLocal.client(), sizes);
        Core founding = Core.over(registering.client(), table, clock);
        founding.tenant("acme", People.named("ada"));
        ProfileFixture.create(founding, "acme", SecurityProfile.NONE);
        founding.insist(() -> founding.startProvisioning()
                .run(
                        founding.door(People.named("ada"), "acme", Role.USER),
                        new NewWindow(Optional.empty(), Duration.ofHours(1), Optional.empty())));
        for (int i = 0; i < chargers; i++) {
            // Changes of one frozen moment could draw the same audit id.
            clock.advance(Duration.ofMillis(1));
            tell(founding, clock, i, 0, true);
            tell(founding, clock, i, 0, false);
        }
        founding.aggregateUsage().run(() -> true);
        clock.advance(Duration.ofMinutes(1));
        Core broker = Core.over(telling.client(), table, clock);
        Core aggregation = Core.over(folding.client(), table, clock);
        int events = 0;
        int folded = 0;
        for (int time = 1; time <= times; time++) {
            for (boolean begins : new boolean[] {true, false}) {
                for (int i = 0; i < chargers; i++) {
                    int charger = i;
                    int connection = time;
                    telling.time(() -> tell(broker, clock, charger, connection, begins));
                    events++;
                    clock.advance(Duration.ofNanos(3_600_000_000_000L / (2L * times * chargers)));
                    if (events * 12L / (2L * times * chargers) > folded) {
                        folded++;
                        folding.time(() -> aggregation.aggregateUsage().run(() -> true));
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d chargers that come and go %d times in an hour: %.2f WCU for a coming and going by themselves, %.2f all told%n",
                chargers,
                times,
                telling.writeUnits() * 2.0 / events,
                (telling.writeUnits() + folding.writeUnits()) * 2.0 / events);
    }

    private static void tell(Core core, TestClock clock, int charger, int connection, boolean begins) {
        ChargerEvent event = new ChargerEvent(
                "acme",
                "CP-" + charger,
                "192.0.2.10",
                new ConnectionId(charger + "/" + connection),
                clock.instant(),
                "request");
        core.insist(() -> begins
                ? core.connectCharger().run(event, new Credentials(true, Optional.empty(), Optional.empty()))
                : core.disconnectCharger().run(event));
    }

    private static void print(String what, CapacityMeter meter, long samples) {
        System.out.printf(
                Locale.ROOT,
                "%-12s %8.0f samples/s; per 1000 samples: %8.2f WCU %7.2f RCU %6.2f calls%n",
                what,
                samples / meter.seconds(),
                meter.writeUnits() * 1000.0 / samples,
                meter.readUnits() * 1000.0 / samples,
                meter.calls() * 1000.0 / samples);
    }
}
