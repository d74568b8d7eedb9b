package dev.tenantry.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Inputs that are slightly wrong, the same ones each time: what tests try of fuzzing where nobody lets it run for
/// longer.
final class Mutations {

    private static final int COUNT = 100;
    private static final long SEED = 20_260_101;
    private static final int MOST_CHANGES = 4;
    private static final int MOST_BYTES_AT_ONCE = 40;

    /// What readers of JSON, of HTTP and of keys have stumbled over.
    private static final List<String> TOKENS = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "=",
            "\n",
            "\n\n",
            "\0",
            "null",
            "true",
            "-1",
            "1.5",
            "1e999",
            "9223372036854775808",
            "\\ud800",
            "\\u0000",
            "%00",
            "%2f",
            "%",
            "+",
            "#",
            "*",
            "/",
            "..",
            "é",
            "\u2028",
            "😀",
            "W/\"1\"",
            "\"1\"",
            "a".repeat(300),
            "[".repeat(1200),
            "{\"a\":".repeat(1200));

    private Mutations() {}

    static Stream<byte[]> of(Stream<byte[]> seeds) {
        List<byte[]> all = seeds.toList();
        SplittableRandom random = new SplittableRandom(SEED);
        return IntStream.range(0, COUNT).mapToObj(i -> mutated(all, i, random));
    }

    private static byte[] mutated(List<byte[]> seeds, int turn, SplittableRandom random) {
        byte[] bytes = seeds.get(turn % seeds.size());
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = changed(bytes, seeds, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, List<byte[]> seeds, SplittableRandom random) {
        int start = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, start + random.nextInt(MOST_BYTES_AT_ONCE));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, start);
        switch (random.nextInt(5)) {
            case 0 -> out.writeBytes(TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8));
            case 1 -> out.write(random.nextInt(256));
            case 2 -> {
                out.write(bytes, start, end - start);
                out.write(bytes, start, end - start);
            }
            case 3 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                out.write(other, from, Math.min(other.length - from, MOST_BYTES_AT_ONCE));
            }
            default -> {
                // The bytes go.
            }
        }
        out.write(bytes, end, bytes.length - end);
        return out.toByteArray();
    }
}
