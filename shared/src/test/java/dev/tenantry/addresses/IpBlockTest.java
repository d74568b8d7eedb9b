package dev.tenantry.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpBlockTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7/32, 192.0.2.7",
        "192.0.2.0/24, 192.0.2.0/24",
        "192.0.2.6/31, 192.0.2.6/31",
        "128.0.0.0/1, 128.0.0.0/1",
        "10.0.0.0/8, 10.0.0.0/8",
        "0.0.0.0/1, 0.0.0.0/1",
        "255.255.255.255, 255.255.255.255",
    })
    void takesIpv4(String text, String canonical) {
        assertThat(IpBlock.parse(text).value()).isEqualTo(canonical);
    }

    /// RFC 5952 §4: lower case, no leading zeros, `::` for the longest run of zeros, the first of two, never for a
    /// single one.
    @ParameterizedTest
    @CsvSource({
        "2001:DB8::ABCD, 2001:db8::abcd",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "2001:db8::1/128, 2001:db8::1",
        "2001:DB8:0::/32, 2001:db8::/32",
        "2001:db8:0:0:8000::/65, 2001:db8:0:0:8000::/65",
        "::/1, ::/1",
        "8000::/1, 8000::/1",
    })
    void takesIpv6(String text, String canonical) {
        assertThat(IpBlock.parse(text).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:192.0.2.7, 192.0.2.7",
        "::FFFF:c000:207, 192.0.2.7",
        "0:0:0:0:0:ffff:192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7/128, 192.0.2.7",
        "::ffff:192.0.2.0/120, 192.0.2.0/24",
        "::ffff:0:0/97, 0.0.0.0/1",
        "::192.0.2.7, ::c000:207",
        "::ffff:0:192.0.2.7, ::ffff:0:c000:207",
        "::ffc0:0:0/90, ::ffc0:0:0/90",
    })
    void foldsIpv4MappedIntoIpv6AndNothingElse(String text, String canonical) {
        assertThat(IpBlock.parse(text).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7/24, 192.0.2.0/24",
        "192.0.2.7/31, 192.0.2.6/31",
        "192.0.2.0/8, 192.0.0.0/8",
        "2001:db8::1/32, 2001:db8::/32",
        "2001:db8:ffff::/33, 2001:db8:8000::/33",
        "::ffff:192.0.2.7/120, 192.0.2.0/24",
        "::1/127, ::/127",
    })
    void namesTheBlockMeantWhereHostBitsAreSet(String text, String meant) {
        assertThatThrownBy(() -> IpBlock.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageEndingWith("did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "10.0.0.0/0", "2001:db8::/0", "::ffff:0:0/96", "::ffff:192.0.2.7/96"})
    void isNeverEverything(String text) {
        assertThatThrownBy(() -> IpBlock.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("must not cover all addresses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/24",
                "*",
                "any",
                "localhost",
                "example.com",
                // Space inside, and invisible things that are no space.
                "192.0.2.7\u0000",
                "\u00a0192.0.2.7",
                "192.0.2.0 /24",
                "192.0.2.0/ 24",
                "\u200b::1",
                // What inet_aton would take.
                "192.0.2",
                "192.0",
                "192",
                "3221225991",
                "0xC0000207",
                "0300.0.2.7",
                "0xc0.0.2.7",
                "192.0.2.0x7",
                "1.2.3.4.",
                // Leading zeros: octal to some readers, decimal to others.
                "192.0.2.07",
                "192.0.2.007",
                "192.0.2.00",
                "010.0.0.1",
                "192.0.2.0/024",
                "192.0.2.0/00",
                "2001:db8::/032",
                "::ffff:192.0.2.07",
                "::ffff:0300.0.2.7",
                // Out of range, too much, too little.
                "192.0.2.256",
                "1.2.3.4.5",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/+24",
                "192.0.2.0/",
                "192.0.2.0/24/24",
                "192.0.2.0/2147483672",
                "2001:db8::/129",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                ":::",
                ":1",
                "2001:00db8::",
                "12345::",
                "g::1",
                "::ffff:192.0.2",
                "::ffff:192.0.2.256",
                "1:2:3:4:5:6:7:1.2.3.4",
                // Masks, ranges, wildcards, lists.
                "192.0.2.0/255.255.255.0",
                "192.0.2.0/0.0.0.255",
                "2001:db8::/ffff:ffff::",
                "192.0.2.1-5",
                "192.0.2.1-192.0.2.5",
                "192.0.2.*",
                "192.0.*.*",
                "192.0.2.%",
                "192.0.2._",
                "2001:db8::*",
                "2001:db8::1-2",
                "192.0.2.1,5",
                "192.0.2.1,192.0.2.2",
                "1-2.3.4.5",
                // Zones, ports, brackets, URLs, names of addresses.
                "fe80::1%eth0",
                "fe80::1%1",
                "fe80::1%",
                "192.0.2.7%eth0",
                "192.0.2.7:80",
                "[::1]",
                "[2001:db8::1]:80",
                "http://192.0.2.7",
                "7.2.0.192.in-addr.arpa",
                "garbage/0",
                "2001-db8--1.ipv6-literal.net",
                "2001-db8-0-0-0-0-0-1",
                // Other bases and other digits.
                "20010db8000000000000000000000001",
                "0x20010db8000000000000000000000001",
                "4)+k&C#VzJ4br>0wv%Yp",
                "0b11000000.0.2.7",
                "１９２.0.2.7",
                "192.0.2.٧",
                "192。0。2。7",
                "192.0.2.0/２４",
            })
    void takesNothingThatCouldBeReadInTwoWays(String text) {
        assertThatThrownBy(() -> IpBlock.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("must be one IP address or CIDR block");
    }

    @ParameterizedTest
    @ValueSource(strings = {" 192.0.2.7", "192.0.2.7 ", "192.0.2.7\n", "\t192.0.2.7\r\n", "\u2003192.0.2.7/32 "})
    void readsPastTheSpaceAroundIt(String text) {
        assertThat(IpBlock.parse(text)).isEqualTo(IpBlock.parse("192.0.2.7"));
    }

    /// Whatever the alphabet of addresses can spell is an address or refused, and what is one stays what it is.
    @Test
    void readsEveryTextOrRefusesIt() {
        RandomGenerator random = new Random(5952);
        int blocks = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
            try {
                IpBlock block = IpBlock.parse(text);
                assertThat(IpBlock.parse(block.value())).as(text).isEqualTo(block);
                blocks++;
            } catch (InvalidValue e) {
                assertThat(e.toString()).as(text).containsPattern(": (must|has bits set) ");
            }
        }
        assertThat(blocks).isGreaterThan(10_000);
    }

    private static final List<String> SEEDS = List.of(
            "192.0.2.7",
            "192.0.2.0/24",
            "10.0.0.0/8",
            "2001:db8::1",
            "2001:db8::/32",
            "::ffff:192.0.2.7",
            "::ffff:c000:200/120",
            "1:2:3:4:5:6:7:8",
            "::",
            "fe80::1/64",
            "64:ff9b::192.0.2.33/96");

    private static String mutated(String seed, RandomGenerator random) {
        StringBuilder text = new StringBuilder(seed);
        for (int edits = random.nextInt(4); edits > 0 && !text.isEmpty(); edits--) {
            int at = random.nextInt(text.length());
            char c = "0123456789abcdefF.:/".charAt(random.nextInt(20));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    @Test
    void refusesLongTextsUnread() {
        assertThatThrownBy(() -> IpBlock.parse("1".repeat(100_000))).isInstanceOf(InvalidValue.class);
        assertThat(IpBlock.parse("0000:0000:0000:0000:0000:1111:255.255.255.255/128")
                        .value())
                .isEqualTo("::1111:ffff:ffff");
    }

    @Test
    void equalBlocksAreEqual() {
        assertThat(IpBlock.parse("2001:DB8:0::/32")).isEqualTo(IpBlock.parse("2001:db8::/32"));
        assertThat(IpBlock.parse("192.0.2.0/24"))
                .isEqualTo(IpBlock.parse("::ffff:192.0.2.0/120"))
                .hasSameHashCodeAs(IpBlock.parse("192.0.2.0/24"))
                .isNotEqualTo(IpBlock.parse("192.0.2.0/25"))
                .isNotEqualTo(IpBlock.parse("192.0.2.0"));
    }

    @Test
    void isReadFromTheTableAsItWasWritten() {
        for (String text : List.of("192.0.2.7", "192.0.2.0/24", "2001:db8::/32")) {
            assertThat(IpBlock.stored(IpBlock.parse(text).value())).isEqualTo(IpBlock.parse(text));
        }
    }
}
