package dev.tenantry.profiles;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;

/// What 1,000 chargers that come back at once cost one instance in processor time for password hashes, with
/// [PasswordCheck] and without. No test: it measures, and docs/performance.md tells what.
final class PasswordCheckMeasurement {

    private static final int CHARGERS = 1000;

    /// Enough to know what one hash costs; a thousand of them take minutes.
    private static final int HASHES = 5;

    private PasswordCheckMeasurement() {}

    /// Of this thread: what else the machine does is no matter.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    public static void main(String[] arguments) {
        byte[] password = "correct horse battery".getBytes(StandardCharsets.UTF_8);
        PasswordHash hash = PasswordHash.of(new ChargerPassword("correct horse battery"), new SecureRandom());
        hash.matches(password);

        long start = cpuNanos();
        for (int i = 0; i < HASHES; i++) {
            hash.matches(password);
        }
        double one = (cpuNanos() - start) / 1e6 / HASHES;

        PasswordCheck check = new PasswordCheck(new SecureRandom());
        start = cpuNanos();
        check.matches(hash, password);
        long afterFirst = cpuNanos();
        for (int i = 1; i < CHARGERS; i++) {
            check.matches(hash, password);
        }
        double remembered = (cpuNanos() - start) / 1e6;
        double rest = (cpuNanos() - afterFirst) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "one hash %.0f ms; %d connects: %.1f s without, %.0f ms with, of which all but the first %.1f ms%n",
                one,
                CHARGERS,
                one * CHARGERS / 1000,
                remembered,
                rest);
    }
}
