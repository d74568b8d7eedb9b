package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomDomainTest {

    private static final String LABEL_OF_64 = "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://chargers.example.com/",
                "wss://chargers.example.com",
                "wss://chargers.example.com:8443/ocpp/",
                "wss://Chargers.Example.Com/",
                "wss://a.b-c.example.com:65535/",
                "wss://chargers.example.com/%C3%A9"
            })
    void takesAWssUrlWithAHostName(String value) {
        assertThat(new CustomDomain(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "chargers.example.com",
                "ws://chargers.example.com/",
                "https://chargers.example.com/",
                "wss://user:secret@chargers.example.com/",
                "wss://chargers.example.com/?token=1",
                "wss://chargers.example.com/#top",
                "wss://localhost/",
                "wss://192.0.2.1/",
                "wss://[2001:db8::1]/",
                "wss://chargers.example.com:0/",
                "wss://chargers.example.com:99999/",
                "wss:///",
                "wss://a b.example.com/",
                "wss://under_score.example.com/",
                "wss://chargers.example.com:/",
                "wss://-chargers.example.com/",
                "wss://chargers-.example.com/",
                "wss://chargers..example.com/",
                "wss://chargers.example.com./",
                "wss://" + LABEL_OF_64 + ".example.com/",
                "wss://chargers.example.com/\uD800",
                "wss://chargers.example.com/é",
                "wss://@chargers.example.com/"
            })
    void refusesEverythingElse(String value) {
        assertThatThrownBy(() -> new CustomDomain(value)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wss://ocpp.example.com/", "wss://other.ocpp.example.com/", "wss://OTHER.Ocpp.example.COM/"})
    void cannotBeWantedWhereOtherTenantsLive(String value) {
        assertThatThrownBy(() -> CustomDomain.wanted(value, "ocpp.example.com"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("all tenants share");
        assertThat(CustomDomain.wanted("wss://myocpp.example.com/", "ocpp.example.com")
                        .value())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://chargers.example.com/",
                "wss://CHARGERS.Example.com",
                "wss://chargers.example.com:8443/ocpp/"
            })
    void isKnownByItsHost(String value) {
        assertThat(new CustomDomain(value).host().value()).isEqualTo("chargers.example.com");
    }

    @Test
    void leavesRoomForTheNameThatProvesIt() {
        String host = ("a".repeat(57) + ".").repeat(4) + "b";
        assertThat(host).hasSize(233);
        assertThat(CustomDomain.wanted("wss://" + host + "/", "ocpp.example.com")
                        .host()
                        .value())
                .isEqualTo(host);
        assertThatThrownBy(() -> CustomDomain.wanted("wss://" + host + "b/", "ocpp.example.com"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("233");
    }

    @Test
    void refusesWhatIsTooLong() {
        String longest = "wss://chargers.example.com/" + "a".repeat(255 - 27);

        assertThat(new CustomDomain(longest).value()).hasSize(255);
        assertThatThrownBy(() -> new CustomDomain(longest + "a")).isInstanceOf(InvalidValue.class);
    }
}
