package dev.tenantry.identity;

/// The form of a domain in which DNS has it: ASCII in lower case, each internationalised label as its A-label, which is
/// `xn--` and its Punycode (RFC 5890 §2.3.2.1, RFC 3492).
///
/// It maps nothing, as IDNA2003 and browsers do (UTS #46), but the case of a letter that stays a letter beyond ASCII:
/// `straße.example` and `strasse.example` are two domains, and a label that only mapping would make a valid one is
/// the A-label of nothing that can be registered. Hence not `java.net.IDN`.
final class ALabels {

    private static final int BASE = 36;
    private static final int FIRST_THRESHOLD = 1;
    private static final int LAST_THRESHOLD = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private ALabels() {}

    static String of(String domain) {
        StringBuilder labels = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= domain.length(); i++) {
            if (i == domain.length() || domain.charAt(i) == '.') {
                labels.append(label(domain.substring(start, i)));
                if (i < domain.length()) {
                    labels.append('.');
                }
                start = i + 1;
            }
        }
        return labels.toString();
    }

    private static String label(String label) {
        int[] characters = label.codePoints().map(ALabels::lower).toArray();
        StringBuilder ascii = new StringBuilder();
        for (int c : characters) {
            if (c < FIRST_BEYOND_ASCII) {
                ascii.append((char) c);
            }
        }
        return ascii.length() == characters.length ? ascii.toString() : "xn--" + punycode(characters, ascii);
    }

    private static int lower(int c) {
        int lower = Character.toLowerCase(c);
        // Neither does an ASCII letter become another, nor another an ASCII letter: a Kelvin sign stays one.
        return c < FIRST_BEYOND_ASCII == lower < FIRST_BEYOND_ASCII ? lower : c;
    }

    /// Encodes a label that has characters beyond ASCII (RFC 3492 §6.3): those of ASCII first, then for each other
    /// one, in the order of their numbers, how far it is from the one before, in numbers and places together.
    private static String punycode(int[] label, StringBuilder ascii) {
        StringBuilder code = new StringBuilder(ascii);
        if (!ascii.isEmpty()) {
            code.append('-');
        }
        int done = ascii.length();
        long delta = 0;
        int bias = INITIAL_BIAS;
        int from = FIRST_BEYOND_ASCII;
        boolean isFirst = true;
        while (done < label.length) {
            int next = Integer.MAX_VALUE;
            for (int c : label) {
                next = c >= from ? Math.min(next, c) : next;
            }
            delta += (long) (next - from) * (done + 1);
            for (int c : label) {
                if (c < next) {
                    delta++;
                } else if (c == next) {
                    append(code, delta, bias);
                    bias = adapted(isFirst ? delta / DAMP : delta / 2, done + 1);
                    isFirst = false;
                    delta = 0;
                    done++;
                }
            }
            delta++;
            from = next + 1;
        }
        return code.toString();
    }

    /// As digits of a number whose base changes with each (RFC 3492 §3.3).
    private static void append(StringBuilder code, long number, int bias) {
        long rest = number;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.clamp(k - bias, FIRST_THRESHOLD, LAST_THRESHOLD);
            if (rest < threshold) {
                code.append(digit(rest));
                return;
            }
            code.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(long value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    /// How the thresholds of the next number lie (RFC 3492 §6.1).
    private static int adapted(long delta, int characters) {
        long scaled = delta + delta / characters;
        int k = 0;
        while (scaled > (BASE - FIRST_THRESHOLD) * LAST_THRESHOLD / 2) {
            scaled /= BASE - FIRST_THRESHOLD;
            k += BASE;
        }
        return (int) (k + (BASE - FIRST_THRESHOLD + 1) * scaled / (scaled + SKEW));
    }
}
