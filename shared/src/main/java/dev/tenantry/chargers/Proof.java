package dev.tenantry.chargers;

import dev.tenantry.chargers.Nameplate.Field;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a charger is known by beyond its own word: by which serial number a certificate may name it.
///
/// OCPP's certificates name the serial number (OCPP 2.0.1 Part 2, A00.FR.405), and it is the charger that says which it
/// has. So a number counts only if somebody of the tenant gave it, or if the charger said it over a connection in which
/// it had shown what only it has. Else whoever once came in under another's name, with a password that all chargers of
/// a profile share, could leave a number of their own there and come again with their own certificate
/// (docs/adr/0027).
///
/// @param connection   the newest connection for which it showed a password of its own or a certificate
/// @param serialNumber what a certificate may name instead of the identity
/// @param changeToldAt when the audit trail was last told that it says another serial number
public record Proof(Optional<ConnectionId> connection, Optional<String> serialNumber, Optional<Instant> changeToldAt) {

    /// How often the audit trail is told at most. Nothing else bounds how often a box says another number.
    private static final Duration TOLD_EVERY = Duration.ofHours(1);

    /// Of a charger that has shown nothing of its own, and of which nobody said anything.
    public static final Proof NONE = new Proof(Optional.empty(), Optional.empty(), Optional.empty());

    /// After somebody of the tenant said which serial number it has, or that it has none.
    public Proof given(Optional<String> serialNumber) {
        return new Proof(connection, serialNumber, changeToldAt);
    }

    /// After it showed what only it has.
    Proof shown(ConnectionId over) {
        return new Proof(Optional.of(over), serialNumber, changeToldAt);
    }

    /// After it said something of itself.
    Proof said(Nameplate said, ConnectionId over) {
        Optional<String> number = said.value(Field.CHARGE_POINT_SERIAL_NUMBER);
        return number.isPresent() && connection.filter(over::equals).isPresent()
                ? new Proof(connection, number, changeToldAt)
                : this;
    }

    /// After something happened that ends what was shown: whoever knew the password that somebody replaces must
    /// show something anew before their word counts.
    Proof forgotten() {
        return new Proof(Optional.empty(), serialNumber, changeToldAt);
    }

    /// Whether it is time to tell of a change.
    boolean mayTellOfChange(Instant now) {
        return changeToldAt.filter(at -> at.plus(TOLD_EVERY).isAfter(now)).isEmpty();
    }

    /// After that was told.
    Proof changeTold(Instant now) {
        return new Proof(connection, serialNumber, Optional.of(now));
    }

    /// Whether that text is the serial number. Takes as long for a wrong text as for the right one.
    boolean isSerialNumber(String text) {
        return serialNumber
                .filter(number -> MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), number.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /// Without the names of connections.
    @Override
    public String toString() {
        return "Proof[serialNumber=" + serialNumber + "]";
    }
}
