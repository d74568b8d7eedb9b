package dev.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    private static final String LABEL_OF_63 = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(strings = {"chargers.example.com", "a.b", "1.example", "xn--bcher-kva.example", "a-b.c--d.example"})
    void takesAQualifiedName(String value) {
        assertThat(new HostName(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "Chargers.example.com",
                "chargers.example.com.",
                ".example.com",
                "a..example.com",
                "-a.example.com",
                "a-.example.com",
                "_a.example.com",
                "a b.example.com",
                "192.0.2.1",
                "a.1com",
                "b\u00fccher.example",
                "\u212aiosk.example",
                "a.example.com:443",
                "a.example.com/"
            })
    void refusesEverythingElse(String value) {
        assertThatThrownBy(() -> new HostName(value)).isInstanceOf(InvalidValue.class);
        assertThat(HostName.of(value).map(HostName::value)).isIn(Optional.empty(), Optional.of("chargers.example.com"));
    }

    @Test
    void endsAtWhatDnsCanHold() {
        String longest = (LABEL_OF_63 + ".").repeat(3) + "a".repeat(61);
        assertThat(new HostName(longest).value()).hasSize(253);
        assertThatThrownBy(() -> new HostName(longest + "a")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new HostName(LABEL_OF_63 + "a.example")).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Chargers.Example.COM, chargers.example.com",
        "chargers.example.com:8443, chargers.example.com",
        "chargers.example.com.:443, chargers.example.com",
        "CHARGERS.example.com., chargers.example.com",
        "chargers.example.com:, chargers.example.com"
    })
    void knowsAHostByWhatAClientAskedFor(String header, String host) {
        assertThat(HostName.asked(header)).contains(new HostName(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ".",
                ":443",
                "[2001:db8::1]:443",
                "192.0.2.1:443",
                "localhost:8080",
                "chargers.example.com..",
                "\u212aiosk.example",
                "a.example.com,b.example.com"
            })
    void takesNothingElseForAHost(String header) {
        assertThat(HostName.asked(header)).isEmpty();
    }

    @Test
    void looksAtNoMoreThanANameCanHave() {
        assertThat(HostName.asked("a.".repeat(1_000_000))).isEmpty();
    }
}
