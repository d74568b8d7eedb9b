package dev.tenantry.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.10, c000020a",
        "::ffff:192.0.2.10, c000020a",
        "::FFFF:c000:20a, c000020a",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:0DB8:0001:0002::, 20010db800010002",
        "2001:db8:1:3::1, 20010db800010003",
        "::1, 0000000000000000",
    })
    void isAnAddressOrTheNetworkOfOne(String ip, String value) {
        assertThat(SourceNetwork.of(ip)).isEqualTo(new SourceNetwork(value));
    }
}
