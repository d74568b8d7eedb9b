package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @Test
    void takesAHundredKeys() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i <= 100; i++) {
            values.put("Key" + i, "x");
        }

        assertThat(Configuration.of(values).values()).hasSize(100).isEqualTo(values);
        values.put("Key101", "x");
        assertThatThrownBy(() -> Configuration.of(values))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("100");
    }

    @Test
    void countsCodePoints() {
        for (String letter : new String[] {"x", "ä", "😀"}) {
            Map<String, String> longest = Map.of(letter.repeat(50), letter.repeat(500));

            assertThat(Configuration.of(longest).values()).isEqualTo(longest);
            assertThatThrownBy(() -> Configuration.of(Map.of(letter.repeat(51), "")))
                    .isInstanceOf(InvalidValue.class);
            assertThatThrownBy(() -> Configuration.of(Map.of("k", letter.repeat(501))))
                    .isInstanceOf(InvalidValue.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " Key", "Key ", "Ke\ny", "Ke\u0000y", "Key\ud83d", "Key\u2028"})
    void refusesWhatIsNoKey(String key) {
        assertThatThrownBy(() -> Configuration.of(Map.of(key, "x"))).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u0000", "\ud83d", "\u0085", "\u2029"})
    void refusesValuesOnMoreThanOneLine(String value) {
        assertThatThrownBy(() -> Configuration.of(Map.of("Key", value))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void takesAnEmptyValueAndSpaceInValues() {
        assertThatCode(() -> Configuration.of(Map.of("A", "", "B", " x y ", "C.D-E_F", "0,1,2")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesTwoKeysThatDifferInCaseAlone() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("HeartbeatInterval", "1");
        values.put("heartbeatinterval", "2");

        assertThatThrownBy(() -> Configuration.of(values))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("HeartbeatInterval and heartbeatinterval");
    }

    @Test
    void printsKeysOnly() {
        assertThat(Configuration.of(Map.of("VendorSecret", "secret")).toString())
                .isEqualTo("[VendorSecret]");
    }

    @Test
    void boundsHeartbeats() {
        assertThat(HeartbeatInterval.of(0).seconds()).isZero();
        assertThat(HeartbeatInterval.of(86_400).seconds()).isEqualTo(86_400);
        for (long seconds : new long[] {-1, 86_401, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32}) {
            assertThatThrownBy(() -> HeartbeatInterval.of(seconds)).isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void knowsFourSecurityProfiles() {
        for (int number = 0; number <= 3; number++) {
            assertThat(SecurityProfile.of(number).number()).isEqualTo(number);
            assertThat(SecurityProfile.of(number).needsPassword()).isEqualTo(number == 1 || number == 2);
        }
        for (long number : new long[] {-1, 4, 1L << 32, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> SecurityProfile.of(number)).isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void boundsNamesAndDescriptions() {
        assertThat(new ProfileName("  Depot ").value()).isEqualTo("Depot");
        assertThat(new ProfileName("😀".repeat(100)).value()).hasSize(200);
        for (String name : new String[] {"", " ", "x".repeat(101), "😀".repeat(101), "a\nb", "\ud83d", "a\u0000"}) {
            assertThatThrownBy(() -> new ProfileName(name)).isInstanceOf(InvalidValue.class);
        }
        assertThat(new ProfileDescription(" " + "ä".repeat(500) + " ").value()).hasSize(500);
        for (String description : new String[] {"x".repeat(501), "a\nb", "\ud83d"}) {
            assertThatThrownBy(() -> new ProfileDescription(description)).isInstanceOf(InvalidValue.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AuthorizationKey",
                "BasicAuthPassword",
                "authorizationkey",
                "AUTHORIZATION_KEY",
                "Authorization Key",
                "Basic-Auth-Password",
                "SecurityCtrlr.BasicAuthPassword",
                "SecurityCtrlr/BasicAuthPassword",
                "SecurityCtrlr:BasicAuthPassword",
                "SecurityCtrlr#main.BasicAuthPassword#2",
                "SecurityCtrlr[0].BasicAuthPassword[Actual]",
                "SecurityCtrlr.BasicAuthPassword/Target",
                "securityctrlr;basicauthpassword;1",
                "BasicAuth\u200bPassword",
                "\u200bAuthorizationKey\ufeff",
                "Basic\u00adAuth\u2060Password",
                "Authorization\u3164Key",
                "Authorization\u00a0Key",
                "Ａｕｔｈｏｒｉｚａｔｉｏｎ\u3000Ｋｅｙ",
                "BasicAuthPa\u017f\u017fword",
                "Authorization\u212aey",
                "𝐀𝐮𝐭𝐡𝐨𝐫𝐢𝐳𝐚𝐭𝐢𝐨𝐧𝐊𝐞𝐲",
                "B\u0301asicAuthPassword",
                "VendorX_AuthorizationKey",
                "B.a.s.i.c.A.u.t.h.P.a.s.s.w.o.r.d"
            })
    void takesNoPasswordThatEverybodyCouldRead(String key) {
        assertThatThrownBy(() -> Configuration.of(Map.of(key, "secret")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("password");
    }

    /// The standard's own keys: OCPP 1.6 §9 and its security whitepaper, and variables of 2.0.1's Appendices.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AllowOfflineTxForUnknownId",
                "AuthorizationCacheEnabled",
                "AuthorizeRemoteTxRequests",
                "BlinkRepeat",
                "ClockAlignedDataInterval",
                "ConnectionTimeOut",
                "ConnectorPhaseRotation",
                "ConnectorPhaseRotationMaxLength",
                "GetConfigurationMaxKeys",
                "HeartbeatInterval",
                "LightIntensity",
                "LocalAuthorizeOffline",
                "LocalPreAuthorize",
                "MaxEnergyOnInvalidId",
                "MeterValuesAlignedData",
                "MeterValuesAlignedDataMaxLength",
                "MeterValuesSampledData",
                "MeterValuesSampledDataMaxLength",
                "MeterValueSampleInterval",
                "MinimumStatusDuration",
                "NumberOfConnectors",
                "ResetRetries",
                "StopTransactionOnEVSideDisconnect",
                "StopTransactionOnInvalidId",
                "StopTxnAlignedData",
                "StopTxnAlignedDataMaxLength",
                "StopTxnSampledData",
                "StopTxnSampledDataMaxLength",
                "SupportedFeatureProfiles",
                "SupportedFeatureProfilesMaxLength",
                "TransactionMessageAttempts",
                "TransactionMessageRetryInterval",
                "UnlockConnectorOnEVSideDisconnect",
                "WebSocketPingInterval",
                "LocalAuthListEnabled",
                "LocalAuthListMaxLength",
                "SendLocalListMaxLength",
                "ReserveConnectorZeroSupported",
                "ChargeProfileMaxStackLevel",
                "ChargingScheduleAllowedChargingRateUnit",
                "ChargingScheduleMaxPeriods",
                "ConnectorSwitch3to1PhaseSupported",
                "MaxChargingProfilesInstalled",
                "AdditionalRootCertificateCheck",
                "CertificateSignedMaxChainSize",
                "CertificateStoreMaxLength",
                "CpoName",
                "SecurityProfile",
                "SupportedFileTransferProtocols",
                "SecurityCtrlr.SecurityProfile",
                "SecurityCtrlr.Identity",
                "SecurityCtrlr.OrganizationName",
                "SecurityCtrlr.CertificateEntries",
                "SecurityCtrlr/CertSigningRepeatTimes",
                "AuthCtrlr.AuthorizeRemoteStart",
                "AuthCtrlr.OfflineTxForUnknownIdEnabled",
                "AuthCtrlr.DisableRemoteAuthorization",
                "AuthCacheCtrlr.Enabled",
                "AuthCacheCtrlr.LifeTime",
                "AuthCtrlr.MasterPassGroupId",
                "LocalAuthListCtrlr.ItemsPerMessage[SendLocalList]",
                "OCPPCommCtrlr.NetworkConfigurationPriority",
                "OCPPCommCtrlr.RetryBackOffRandomRange",
                "DeviceDataCtrlr.ItemsPerMessage#GetReport",
                "ISO15118Ctrlr.ContractValidationOffline",
                "AlignedDataCtrlr/Measurands",
                "DisplayMessageCtrlr#1/Language",
                "Ключ",
                "鍵"
            })
    void takesKeysThatHoldNoPassword(String key) {
        assertThat(Configuration.of(Map.of(key, "1")).values()).containsKey(key);
    }
}
