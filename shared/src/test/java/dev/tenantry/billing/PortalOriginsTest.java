package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tenantry.refusal.InvalidValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortalOriginsTest {

    private final PortalOrigins origins =
            new PortalOrigins(List.of("https://portal.example.com", " http://localhost:3000 "));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://portal.example.com",
                "https://portal.example.com/",
                "https://portal.example.com/a/b?c=d&e=%2f#f",
                "https://portal.example.com:443/x",
                "HTTPS://Portal.Example.COM/x",
                "https://portal.example.com/https://evil.example/",
                "https://portal.example.com/?u=//evil.example",
                "http://localhost:3000/billing",
            })
    void takesUrlsOnItsOrigins(String url) {
        assertThat(origins.url(url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/billing",
                "//portal.example.com/",
                "portal.example.com",
                "http://portal.example.com/",
                "https://localhost:3000/",
                "http://localhost/",
                "http://localhost:30000/",
                "http://localhost:3000.evil.example/",
                "https://portal.example.com.evil.example/",
                "https://evil.example/portal.example.com",
                "https://evil.example?https://portal.example.com",
                "https://evil.example#https://portal.example.com",
                "https://xportal.example.com/",
                "https://example.com/",
                "https://portal.example.com./",
                "https://xn--prtal-jxe.example.com/",
                "https://portal.example.com@evil.example/",
                "https://user@portal.example.com/",
                "https://user:secret@portal.example.com/",
                "https://:@portal.example.com/",
                "https://@portal.example.com/",
                "https://portal.example.com:8443/",
                "https://portal.example.com:0443/",
                "https://portal.example.com:/",
                "https://portal.example.com:443:443/",
                "https://portal.example.com:-1/",
                "https://portal.example.com\\@evil.example/",
                "https://portal.example.com\\.evil.example/",
                "https:\\\\portal.example.com/",
                "https:/portal.example.com/",
                "https:portal.example.com/",
                "https:///portal.example.com/",
                "https://evil.example\\@portal.example.com/",
                "https://evil.example%00@portal.example.com/",
                "https://portal%2eexample.com/",
                "https://portal.example.com%2eevil.example/",
                "https://portal.example.com%2f@evil.example/",
                "https://portal。example.com/",
                "https://portal.example.com／evil.example/",
                "https://pοrtal.example.com/",
                "https://portal.example.com/\t",
                "https://portal.exa\nmple.com/",
                " https://portal.example.com/",
                "https://portal.example.com/ x",
                "javascript://portal.example.com/%0aalert(1)",
                "data://portal.example.com/",
                "ftp://portal.example.com/",
                "https://[portal.example.com]/",
                "null",
                "*",
            })
    void refusesEveryOther(String url) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> origins.url(url))
                .withMessageContaining("https://portal.example.com, http://localhost:3000");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> origins.url("https://portal.example.com/" + "x".repeat(2000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "portal.example.com", "https://portal.example.com/", "https://a.example/x"})
    void insistsOnOrigins(String origin) {
        assertThatIllegalStateException().isThrownBy(() -> new PortalOrigins(List.of(origin)));
    }
}
