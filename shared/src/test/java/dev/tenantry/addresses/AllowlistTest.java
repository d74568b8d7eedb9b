package dev.tenantry.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowlistTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00.123Z");

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.0/24, 192.0.2.0, true",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.0/24, 192.0.1.255, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.6/31, 192.0.2.7, true",
        "0.0.0.0/1, 127.255.255.255, true",
        "0.0.0.0/1, 128.0.0.0, false",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/32, 2001:DB8::1, true",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
        "::/1, 192.0.2.7, false",
        "::/1, ::ffff:192.0.2.7, false",
        "192.0.2.0/24, ::ffff:192.0.2.7, true",
        "192.0.2.0/24, ::ffff:c000:207, true",
        "::ffff:192.0.2.0/120, 192.0.2.7, true",
        "192.0.2.0/24, ::192.0.2.7, false",
    })
    void allowsWhatABlockHolds(String block, String ip, boolean allowed) {
        assertThat(of(Map.of(IpBlock.parse(block), Optional.empty())).allows(ip, NOW))
                .isEqualTo(allowed);
    }

    @Test
    void allowsEveryoneAsLongAsItIsEmpty() {
        assertThat(of(Map.of()).allows("203.0.113.10", NOW)).isTrue();
        assertThat(of(Map.of()).allows("no address", NOW)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "unknown",
        "192.0.2.7:443",
        "192.0.2.0/24",
        "192.0.2.7/32",
        "' 192.0.2.7'",
        "192.0.2",
        "0xC0000207"
    })
    void allowsNobodyWhoseAddressIsNone(String ip) {
        assertThat(of(Map.of(IpBlock.parse("192.0.2.0/24"), Optional.empty())).allows(ip, NOW))
                .isFalse();
    }

    @Test
    void allowsWhatAnyBlockHolds() {
        Map<IpBlock, Optional<Instant>> blocks = new LinkedHashMap<>();
        blocks.put(IpBlock.parse("192.0.2.7"), Optional.empty());
        blocks.put(IpBlock.parse("2001:db8::/32"), Optional.empty());
        blocks.put(IpBlock.parse("198.51.100.0/24"), Optional.empty());

        assertThat(of(blocks).allows("198.51.100.3", NOW)).isTrue();
        assertThat(of(blocks).allows("198.51.101.3", NOW)).isFalse();
    }

    @Test
    void countsAnEntryUntilTheMomentItRunsOut() {
        IpBlock block = IpBlock.parse("192.0.2.7");
        Allowlist soon = of(Map.of(block, Optional.of(NOW.plusMillis(1))));

        assertThat(soon.allows("203.0.113.10", NOW)).isFalse();
        assertThat(soon.allows("203.0.113.10", NOW.plusMillis(1))).isTrue();
    }

    @Test
    void anEntryThatHasRunOutLetsNobodyInWhereOthersCount() {
        Allowlist mixed = of(Map.of(
                IpBlock.parse("192.0.2.7"), Optional.of(NOW),
                IpBlock.parse("198.51.100.7"), Optional.empty()));

        assertThat(mixed.allows("192.0.2.7", NOW)).isFalse();
        assertThat(mixed.allows("198.51.100.7", NOW)).isTrue();
    }

    /// Through its plain values, as it is stored.
    private static Allowlist of(Map<IpBlock, Optional<Instant>> blocks) {
        return Allowlist.of(new Allowlist(blocks).values());
    }
}
