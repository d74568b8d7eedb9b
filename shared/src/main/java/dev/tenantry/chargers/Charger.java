package dev.tenantry.chargers;

import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.PasswordHash;
import java.time.Instant;
import java.util.Optional;

/// A charger that a tenant knows: it registered in a provisioning window, or somebody entered it by hand.
///
/// @param id           1..2^31-1, unique within the tenant, drawn at random
/// @param identity     as it was written first, by the charger or by whoever entered it
/// @param displayName  what people call it
/// @param blocked      it may not connect
/// @param passwordHash of a password of its own; empty if its profile's counts
/// @param proof        what it is known by beyond what its nameplate says
/// @param presence     empty as long as nothing was heard of a connection
/// @param updatedAt    when somebody last edited it, or it last said something new of itself
/// @param edition      1 at first, one more whenever something changes that somebody can edit
/// @param version      what its row says: 1 at first, one more with every change
public record Charger(
        long id,
        ChargePointIdentity identity,
        long profileId,
        Optional<ChargerName> displayName,
        boolean blocked,
        Optional<PasswordHash> passwordHash,
        Nameplate nameplate,
        Proof proof,
        Optional<Presence> presence,
        Instant createdAt,
        Instant updatedAt,
        long edition,
        long version) {

    /// It has connected at least once.
    public boolean provisioned() {
        return presence.filter(Presence::hasBegun).isPresent();
    }

    public boolean online() {
        return presence.isPresent() && presence.get().online();
    }

    /// Time of its latest event; empty as long as it has never connected.
    public Optional<Instant> lastSeenAt() {
        return presence.filter(Presence::hasBegun).map(Presence::lastSeenAt);
    }

    /// After a connection began.
    ///
    /// @param isProven whether it showed for it what only it has
    /// @return this if that changes nothing
    Charger connected(ConnectionId begun, Instant at, boolean isProven) {
        Presence after =
                presence.isEmpty() ? Presence.first(begun, at) : presence.get().connected(begun, at);
        return with(Optional.of(after), isProven && after.isNewest(begun) ? proof.shown(begun) : proof);
    }

    /// After a connection ended, perhaps one that will only be heard to begin.
    ///
    /// @return this if that changes nothing
    Charger disconnected(ConnectionId over, Instant at) {
        return with(
                presence.map(it -> it.disconnected(over, at)).or(() -> Optional.of(Presence.ended(over, at))), proof);
    }

    /// The connections that were heard of.
    Connections connections() {
        return presence.map(Presence::connections).orElse(Connections.NONE);
    }

    /// After something was heard of it.
    ///
    /// @return this if that is no news
    Charger seen(Instant at) {
        return with(presence.map(it -> it.seen(at)), proof);
    }

    /// After it said something of itself.
    ///
    /// @param over the connection over which it did
    /// @return this if that is no news
    Charger said(Nameplate said, ConnectionId over, Instant now) {
        Nameplate all = nameplate.with(said);
        Proof known = proof.said(said, over);
        if (all.equals(nameplate) && known.equals(proof)) {
            return this;
        }
        // Its serial number can be edited, so whoever edits it must not undo what it says meanwhile.
        boolean isEdited =
                !all.value(Field.CHARGE_POINT_SERIAL_NUMBER).equals(nameplate.value(Field.CHARGE_POINT_SERIAL_NUMBER));
        return new Charger(
                id,
                identity,
                profileId,
                displayName,
                blocked,
                passwordHash,
                all,
                known,
                presence,
                createdAt,
                now,
                isEdited ? edition + 1 : edition,
                version);
    }

    /// After somebody edited it.
    ///
    /// @return this if that changes nothing
    Charger edited(
            Optional<ChargerName> newName,
            long newProfileId,
            Edit<String> serialNumber,
            boolean isBlocked,
            Optional<PasswordHash> newPassword,
            Instant now) {
        Nameplate edited = nameplate.with(
                Field.CHARGE_POINT_SERIAL_NUMBER,
                serialNumber.applyTo(nameplate.value(Field.CHARGE_POINT_SERIAL_NUMBER)));
        // Whoever sends back what they got says nothing of the number in it.
        Proof known = edited.equals(nameplate) ? proof : proof.given(edited.value(Field.CHARGE_POINT_SERIAL_NUMBER));
        if (!newPassword.equals(passwordHash) || isBlocked) {
            known = known.forgotten();
        }
        boolean isSame = newName.equals(displayName)
                && newProfileId == profileId
                && edited.equals(nameplate)
                && isBlocked == blocked
                && newPassword.equals(passwordHash);
        return isSame
                ? this
                : new Charger(
                        id,
                        identity,
                        newProfileId,
                        newName,
                        isBlocked,
                        newPassword,
                        edited,
                        known,
                        presence,
                        createdAt,
                        now,
                        edition + 1,
                        version);
    }

    /// After the audit trail was told that it says another serial number.
    Charger changeTold(Instant now) {
        return with(presence, proof.changeTold(now));
    }

    private Charger with(Optional<Presence> changed, Proof shown) {
        return presence.equals(changed) && proof.equals(shown)
                ? this
                : new Charger(
                        id,
                        identity,
                        profileId,
                        displayName,
                        blocked,
                        passwordHash,
                        nameplate,
                        shown,
                        changed,
                        createdAt,
                        updatedAt,
                        edition,
                        version);
    }
}
