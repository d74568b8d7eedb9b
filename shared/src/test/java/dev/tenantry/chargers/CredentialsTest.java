package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.edit.Edit;
import dev.tenantry.profiles.FormerPassword;
import dev.tenantry.profiles.NewPassword;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.TwoTenants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a charger shows: a profile's password, the one before it, one of its own, a binary key, or a certificate.
class CredentialsTest extends TwoTenants {

    private static final String PASSWORD = "0123456789:abcdef";
    private static final String FORMER = "the former password";
    private static final String OWN = "a password of its own";

    private final Broker broker = new Broker(core, clock);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30af3c5a9e3f00b1ff4e80c0a1d2e3f405161700",
                "3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a",
                "00000000000000000000000000000000ffffffff"
            })
    void takesTheBytesOfABinaryKey(String digits) {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.BASIC, PASSWORD);
        ProfileFixture.setPasswords(
                core,
                "acme",
                profile,
                ProfileFixture.hashOfHex(digits),
                new FormerPassword(ProfileFixture.hash(FORMER), clock.instant()));
        enter(ChargerFixture.charger(7, "Wallbox-1", profile, clock.instant()));

        assertAccepted(bytes("Wallbox-1:", digits));
        // Its digits as text are another password.
        assertRejected(Broker.password("Wallbox-1", digits));
        assertRejected(Broker.password("Wallbox-1", FORMER));
    }

    @Test
    void takesTheFormerPasswordUntilItsTimeIsOver() {
        long profile = profileWithFormerPassword();
        enter(ChargerFixture.charger(7, "Wallbox-1", profile, clock.instant()));

        assertAccepted(Broker.password("Wallbox-1", PASSWORD));
        assertAccepted(Broker.password("Wallbox-1", FORMER));
        // At the last millisecond.
        clock.advance(Duration.ofMillis(29_998));
        assertAccepted(Broker.password("Wallbox-1", FORMER));
        clock.advance(Duration.ofMillis(2));
        assertRejected(Broker.password("Wallbox-1", FORMER));
        assertAccepted(Broker.password("Wallbox-1", PASSWORD));
    }

    /// Else a broker would go on letting in who knows nothing but the former one.
    @Test
    void isReliedOnNoLongerThanTheFormerPasswordIsGood() {
        long profile = profileWithFormerPassword();
        broker.provision(ada, "acme", Optional.of(profile), Optional.empty());

        // The one registers, the other is known.
        for (String identity : List.of("Wallbox-1", "Wallbox-2", "Wallbox-1")) {
            assertThat(broker.connect(broker.event("acme", identity, "c"), Broker.password(identity, FORMER))
                            .reliableFor())
                    .contains(Duration.ofSeconds(30));
        }
        assertThat(broker.connect(broker.event("acme", "Wallbox-1", "c"), Broker.password("Wallbox-1", PASSWORD))
                        .reliableFor())
                .contains(Duration.ofHours(1));
    }

    @Test
    void takesItsOwnPasswordInThePlaceOfBothOfItsProfile() {
        long profile = profileWithFormerPassword();
        Charger charger = ChargerFixture.charger(7, "Wallbox-1", profile, clock.instant());
        enter(ChargerFixture.withPassword(charger, OWN));
        enter(ChargerFixture.charger(8, "Wallbox-2", profile, clock.instant()));

        assertAccepted(Broker.password("Wallbox-1", OWN));
        assertRejected(Broker.password("Wallbox-1", PASSWORD));
        assertRejected(Broker.password("Wallbox-1", FORMER));
        // It is nobody else's.
        assertThatThrownBy(
                        () -> broker.connect(broker.event("acme", "Wallbox-2", "c"), Broker.password("Wallbox-2", OWN)))
                .isInstanceOf(Rejection.class);
    }

    /// Somebody set it so that it is asked for.
    @Test
    void asksForAPasswordOfItsOwnUnderAProfileThatAsksOthersForNothing() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger charger = ChargerFixture.charger(7, "Wallbox-1", profile, clock.instant());
        enter(ChargerFixture.withPassword(charger, OWN));
        enter(ChargerFixture.charger(8, "Wallbox-2", profile, clock.instant()));

        assertRejected(Broker.NOTHING);
        assertRejected(Broker.password("Wallbox-1", PASSWORD));
        assertAccepted(Broker.password("Wallbox-1", OWN));
        assertThat(broker.connect(broker.event("acme", "Wallbox-2", "c"), Broker.NOTHING)
                        .registered())
                .isFalse();
    }

    /// Whoever has found out a password, and is still connected when somebody replaces it or blocks the charger.
    @Test
    void takesNobodysWordWhoseProofWasTakenAway() {
        long basic = ProfileFixture.create(core, "acme", SecurityProfile.BASIC, PASSWORD);
        Charger charger = ChargerFixture.charger(7, "Wallbox-1", basic, clock.instant());
        enter(ChargerFixture.withPassword(charger, OWN));
        for (ChargerEdit taking : List.of(password("a password of its own, anew"), blocked(true))) {
            broker.connect(broker.event("acme", "Wallbox-1", "intruder"), Broker.password("Wallbox-1", OWN));
            change(taking);
            change(blocked(false));
            broker.boot(broker.event("acme", "Wallbox-1", "intruder"), says("SN-INTRUDER"));
            ProfileFixture.setSecurityProfile(core, "acme", basic, SecurityProfile.CLIENT_CERTIFICATE);
            assertRejected(certificate("SN-INTRUDER"));
            ProfileFixture.setSecurityProfile(core, "acme", basic, SecurityProfile.BASIC);
            change(password(OWN));
        }
    }

    @Test
    void takesACertificateOfTheSerialNumberThatSomebodyGave() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.CLIENT_CERTIFICATE);
        Charger charger = ChargerFixture.charger(7, "Wallbox-1", profile, clock.instant());
        enter(ChargerFixture.withSerialNumber(charger, "SN 0017/Ä"));
        enter(ChargerFixture.charger(8, "Wallbox-2", profile, clock.instant()));

        assertAccepted(certificate("SN 0017/Ä"));
        assertAccepted(certificate("wallbox-1"));
        for (String name : new String[] {"SN 0017/ä", "SN 0017/Ä ", "SN 0017", "", "Wallbox-2"}) {
            assertRejected(certificate(name));
        }
        assertThatThrownBy(() -> broker.connect(broker.event("acme", "Wallbox-2", "c"), certificate("SN 0017/Ä")))
                .isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> broker.connect(
                        broker.event("acme", "Wallbox-1", "c"),
                        new Credentials(false, Optional.of("SN 0017/Ä"), Optional.empty())))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.reason()).isEqualTo(Reason.INSECURE_TRANSPORT));
    }

    @Test
    void takesACertificateOfTheSerialNumberThatItSaidWhenItHadShownOne() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.CLIENT_CERTIFICATE);
        broker.provision(ada, "acme", Optional.of(profile), Optional.empty());
        assertRejected(certificate("SN-17"));
        broker.connect(broker.event("acme", "Wallbox-1", "first"), certificate("Wallbox-1"));
        assertRejected(certificate("SN-17"));
        broker.boot(broker.event("acme", "Wallbox-1", "first"), says("SN-17"));

        assertAccepted(certificate("SN-17"));
        // What it is called now, not what it was called.
        clock.advance(Duration.ofSeconds(1));
        broker.connect(broker.event("acme", "Wallbox-1", "second"), certificate("SN-17"));
        broker.boot(broker.event("acme", "Wallbox-1", "second"), says("SN-18"));
        assertRejected(certificate("SN-17"));
        assertAccepted(certificate("SN-18"));
    }

    @Test
    void takesACertificateOfTheSerialNumberThatItSaidWithAPasswordOfItsOwn() {
        long basic = ProfileFixture.create(core, "acme", SecurityProfile.BASIC, PASSWORD);
        Charger charger = ChargerFixture.charger(7, "Wallbox-1", basic, clock.instant());
        enter(ChargerFixture.withPassword(charger, OWN));
        broker.connect(broker.event("acme", "Wallbox-1", "first"), Broker.password("Wallbox-1", OWN));
        broker.boot(broker.event("acme", "Wallbox-1", "first"), says("SN-17"));
        ProfileFixture.setSecurityProfile(core, "acme", basic, SecurityProfile.CLIENT_CERTIFICATE);

        assertAccepted(certificate("SN-17"));
    }

    /// Whoever gets a charger, edits its name and sends it back says nothing of the number in it.
    @Test
    void takesNoSerialNumberForGivenThatWasOnlySentBack() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.BASIC, PASSWORD);
        enter(ChargerFixture.charger(7, "Wallbox-1", profile, clock.instant()));
        broker.connect(broker.event("acme", "Wallbox-1", "first"), Broker.password("Wallbox-1", PASSWORD));
        broker.boot(broker.event("acme", "Wallbox-1", "first"), says("SN-INTRUDER"));
        ProfileFixture.setSecurityProfile(core, "acme", profile, SecurityProfile.CLIENT_CERTIFICATE);

        edit(new Edit.Set<>(new SerialNumber("SN-INTRUDER")), Optional.of(true));
        edit(new Edit.Set<>(new SerialNumber("SN-INTRUDER")), Optional.of(false));
        assertRejected(certificate("SN-INTRUDER"));
        edit(new Edit.Set<>(new SerialNumber("SN-17")), Optional.empty());
        assertAccepted(certificate("SN-17"));
        edit(new Edit.Clear<>(), Optional.empty());
        assertRejected(certificate("SN-17"));
        edit(new Edit.Set<>(new SerialNumber("SN-INTRUDER")), Optional.empty());
        assertAccepted(certificate("SN-INTRUDER"));
    }

    private void edit(Edit<SerialNumber> serialNumber, Optional<Boolean> blocked) {
        change(edit(serialNumber, blocked, new Edit.Keep<>()));
    }

    private static ChargerEdit blocked(boolean blocked) {
        return edit(new Edit.Keep<>(), Optional.of(blocked), new Edit.Keep<>());
    }

    private static ChargerEdit password(String password) {
        return edit(new Edit.Keep<>(), Optional.empty(), new Edit.Set<>(NewPassword.ofText(password)));
    }

    private static ChargerEdit edit(
            Edit<SerialNumber> serialNumber, Optional<Boolean> blocked, Edit<NewPassword> password) {
        return new ChargerEdit("7", "", new Edit.Keep<>(), Optional.empty(), serialNumber, blocked, password);
    }

    private void change(ChargerEdit edit) {
        clock.advance(Duration.ofMillis(1));
        core.insist(
                () -> core.updateChargers().run(core.door(ada, "acme", Role.USER), List.of(edit), Precondition.NONE));
    }

    /// Whoever knows the password that all chargers of a profile share can come as any of them. Once the profile
    /// asks for certificates that must be over, also for who left the number of a certificate of their own behind.
    @Test
    void takesNoCertificateOfASerialNumberThatAnybodyCouldHaveSaid() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.BASIC, PASSWORD);
        enter(ChargerFixture.charger(7, "Victim", profile, clock.instant()));
        broker.connect(broker.event("acme", "Victim", "first"), Broker.password("Victim", PASSWORD));
        broker.boot(broker.event("acme", "Victim", "first"), says("SN-INTRUDER"));
        ProfileFixture.setSecurityProfile(core, "acme", profile, SecurityProfile.CLIENT_CERTIFICATE);

        assertThat(broker.find("acme", "Victim").nameplate().value(Field.CHARGE_POINT_SERIAL_NUMBER))
                .contains("SN-INTRUDER");
        assertThatThrownBy(() -> broker.connect(broker.event("acme", "Victim", "c"), certificate("SN-INTRUDER")))
                .isInstanceOf(Rejection.class);
        // A connection of before, which is still there, does not help either.
        broker.boot(broker.event("acme", "Victim", "first"), says("SN-INTRUDER"));
        assertThatThrownBy(() -> broker.connect(broker.event("acme", "Victim", "c"), certificate("SN-INTRUDER")))
                .isInstanceOf(Rejection.class);
        // Nor does the real one open the door for it.
        clock.advance(Duration.ofSeconds(1));
        broker.connect(broker.event("acme", "Victim", "second"), certificate("Victim"));
        broker.boot(broker.event("acme", "Victim", "first"), says("SN-INTRUDER"));
        assertThatThrownBy(() -> broker.connect(broker.event("acme", "Victim", "c"), certificate("SN-INTRUDER")))
                .isInstanceOf(Rejection.class);
        broker.boot(broker.event("acme", "Victim", "second"), says("SN-VICTIM"));
        assertThat(broker.connect(broker.event("acme", "Victim", "third"), certificate("SN-VICTIM"))
                        .registered())
                .isFalse();
    }

    /// OCPP 1.6's other serial number is of the box inside, and deprecated.
    @Test
    void takesNoCertificateOfTheBoxInside() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.CLIENT_CERTIFICATE);
        enter(ChargerFixture.charger(7, "Wallbox-1", profile, clock.instant()));
        broker.connect(broker.event("acme", "Wallbox-1", "first"), certificate("Wallbox-1"));
        broker.boot(
                broker.event("acme", "Wallbox-1", "first"),
                new Nameplate(Map.of(Field.CHARGE_BOX_SERIAL_NUMBER, "BOX-1", Field.METER_SERIAL_NUMBER, "M-1")));
        assertRejected(certificate("BOX-1"));
        assertRejected(certificate("M-1"));
    }

    /// One whose former password is good for half a minute.
    private long profileWithFormerPassword() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.BASIC, PASSWORD);
        ProfileFixture.setPasswords(
                core,
                "acme",
                profile,
                ProfileFixture.hash(PASSWORD),
                new FormerPassword(ProfileFixture.hash(FORMER), clock.instant().plusSeconds(30)));
        return profile;
    }

    private void enter(Charger charger) {
        ChargerFixture.enter(core, "acme", charger);
    }

    private static Credentials certificate(String name) {
        return new Credentials(true, Optional.of(name), Optional.empty());
    }

    private static Nameplate says(String serialNumber) {
        return new Nameplate(Map.of(Field.CHARGE_POINT_SERIAL_NUMBER, serialNumber));
    }

    private static Credentials bytes(String text, String digits) {
        byte[] pair = HexFormat.of().parseHex(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + digits);
        return new Credentials(
                true,
                Optional.empty(),
                Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    private void assertAccepted(Credentials credentials) {
        clock.advance(Duration.ofMillis(1));
        assertThat(broker.connect(broker.event("acme", "Wallbox-1", "c"), credentials)
                        .registered())
                .isFalse();
        clock.advance(Duration.ofMillis(-1));
    }

    private void assertRejected(Credentials credentials) {
        assertThatThrownBy(() -> broker.connect(broker.event("acme", "Wallbox-1", "c"), credentials))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_CREDENTIALS));
    }
}
