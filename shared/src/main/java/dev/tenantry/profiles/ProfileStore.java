package dev.tenantry.profiles;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.TenantScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Inject;

/// The rows of a tenant's charger profiles: one for each, and the register, which says how many there are and which is
/// the default. What has a profile (chargers, an open provisioning window) holds on to its row by conditions, so that
/// none can go while it is needed (docs/adr/0008).
public final class ProfileStore {

    private static final String ID = "id";
    private static final String DISPLAY_NAME = "displayName";
    private static final String DESCRIPTION = "description";
    private static final String CPMS_URL = "cpmsUrl";
    private static final String AUTH_PASS_THROUGH = "authPassThrough";
    private static final String HEARTBEAT_INTERVAL = "heartbeatInterval";
    private static final String SECURITY_PROFILE = "securityProfile";
    private static final String PASSWORD_HASH = "passwordHash";
    private static final String FORMER_PASSWORD_HASH = "formerPasswordHash";
    private static final String FORMER_PASSWORD_VALID_UNTIL = "formerPasswordValidUntil";
    private static final String CONFIGURATION = "configuration";
    private static final String CHARGER_COUNT = "chargerCount";

    /// Moves on whenever a charger gets the profile or has it no longer, so that a repair knows that none did.
    private static final String CHARGER_CHANGES = "chargerChanges";

    private static final String CREATED_AT = "createdAt";
    private static final String UPDATED_AT = "updatedAt";
    private static final String VERSION = "version";

    private static final String LAST_ID = "lastId";
    private static final String COUNT = "count";
    private static final String DEFAULT_ID = "defaultId";

    /// Moves on whenever a profile comes, goes or is edited, so that who remembers one knows whether it still is
    /// so.
    private static final String CHANGES = "changes";

    private static final Lookup<ProfileRegister> REGISTER =
            Lookup.of(Keys::profileRegister, ProfileStore::readRegister);

    private static final Lookup<Long> EDITION =
            Lookup.of(Keys::profileRegister, row -> row.has(CHANGES) ? row.number(CHANGES) : 0);

    private final Table table;

    /// Whether a profile can have that id: they count from 1, and no JSON reader keeps more than 2^53 exact.
    public static boolean isId(long id) {
        return id >= 1 && id < 1L << 53;
    }

    @Inject
    ProfileStore(Table table) {
        this.table = table;
    }

    /// The register to read along at the door.
    public static Lookup<?> register() {
        return REGISTER;
    }

    /// A profile to read along at the door.
    public static Lookup<Profile> profile(long id) {
        return Lookup.of(scope -> Keys.profile(scope, id), ProfileStore::read);
    }

    /// What the register holds, if it was read along.
    public ProfileRegister register(TenantScope scope) {
        return scope.found(REGISTER).orElse(ProfileRegister.NONE);
    }

    /// The edition to read along at the door.
    public static Lookup<?> edition() {
        return EDITION;
    }

    /// Which edition of the tenant's profiles was the latest when it was read along: as long as it is the same,
    /// each of them says the same, but for its number of chargers.
    public long edition(TenantScope scope) {
        return scope.found(EDITION).orElse(0L);
    }

    /// The profile of that id, if there is one. One round trip: where it can be known beforehand, it is better read
    /// along at the door.
    public Optional<Profile> read(TenantScope scope, long id) {
        Row row = table.read(Keys.profile(scope, id));
        return row.isEmpty() ? Optional.empty() : Optional.of(read(row));
    }

    /// The profiles of a tenant by id; a position is an id. One round trip: a page ends early where its rows would
    /// be more than a megabyte.
    Page<Profile> list(TenantScope scope, PageRequest page) {
        return table.queryMegabyte(
                Keys.profiles(scope), page, ProfileStore::read, profile -> Long.toString(profile.id()));
    }

    /// Adds to a change that one more charger has the profile. If it is gone, the change meets a conflict.
    public void addCharger(Change change, TenantScope scope, long profileId) {
        countChargers(change, scope, profileId, 1);
    }

    /// Adds to a change how many more chargers have the profile; below zero, how many fewer. If it is gone, the
    /// change meets a conflict.
    public void countChargers(Change change, TenantScope scope, long profileId, long more) {
        // The version stays: an edit with If-Match must not fail because a charger registered.
        change.with(Update.of(Keys.profile(scope, profileId))
                .exists()
                .add(CHARGER_COUNT, more)
                .add(CHARGER_CHANGES, 1));
    }

    /// Adds to a change that it only happens while there is that profile. Else the change meets a conflict.
    public void guardExists(Change change, TenantScope scope, long profileId) {
        change.with(Check.that(Keys.profile(scope, profileId)).exists());
    }

    /// Adds a new profile to a change.
    void create(Change change, TenantScope scope, Profile profile) {
        Row.Builder row = Row.with()
                .number(ID, profile.id())
                .text(DISPLAY_NAME, profile.displayName().value())
                .text(DESCRIPTION, profile.description().map(ProfileDescription::value))
                .text(CPMS_URL, profile.cpmsUrl().value())
                .flag(AUTH_PASS_THROUGH, profile.authPassThrough())
                .number(HEARTBEAT_INTERVAL, profile.heartbeatInterval().seconds())
                .number(SECURITY_PROFILE, profile.securityProfile().number())
                .text(PASSWORD_HASH, profile.passwordHash().map(PasswordHash::text))
                .text(
                        FORMER_PASSWORD_HASH,
                        profile.formerPassword().map(former -> former.hash().text()))
                .instant(FORMER_PASSWORD_VALID_UNTIL, profile.formerPassword().map(FormerPassword::validUntil))
                .values(CONFIGURATION, Optional.of(values(profile.configuration())))
                .number(CHARGER_COUNT, profile.chargerCount())
                .instant(CREATED_AT, profile.createdAt())
                .instant(UPDATED_AT, profile.updatedAt())
                .number(VERSION, profile.version());
        change.with(Put.newRow(Keys.profile(scope, profile.id()), row.row()));
    }

    /// Adds to a change that the profile becomes what `to` says, if it still is what `from` says. How many chargers
    /// have it is not touched. The change must have the register's part as well: [#register] or [#keepDefault].
    void update(Change change, TenantScope scope, Profile from, Profile to) {
        Update update = Update.of(Keys.profile(scope, from.id()))
                .is(VERSION, from.version())
                .set(DISPLAY_NAME, to.displayName().value())
                .set(CPMS_URL, to.cpmsUrl().value())
                .set(AUTH_PASS_THROUGH, to.authPassThrough())
                .set(HEARTBEAT_INTERVAL, to.heartbeatInterval().seconds())
                .set(SECURITY_PROFILE, to.securityProfile().number())
                .set(CONFIGURATION, values(to.configuration()))
                .set(UPDATED_AT, to.updatedAt())
                .set(VERSION, to.version());
        to.description()
                .ifPresentOrElse(
                        description -> update.set(DESCRIPTION, description.value()), () -> update.remove(DESCRIPTION));
        to.passwordHash()
                .ifPresentOrElse(hash -> update.set(PASSWORD_HASH, hash.text()), () -> update.remove(PASSWORD_HASH));
        to.formerPassword()
                .ifPresentOrElse(
                        former -> update.set(FORMER_PASSWORD_HASH, former.hash().text())
                                .set(FORMER_PASSWORD_VALID_UNTIL, former.validUntil()),
                        () -> update.remove(FORMER_PASSWORD_HASH).remove(FORMER_PASSWORD_VALID_UNTIL));
        change.with(update);
    }

    /// Adds to a change that the profile is no more, if it still is what it was read as and no charger has it.
    void delete(Change change, TenantScope scope, Profile profile) {
        change.with(Delete.of(Keys.profile(scope, profile.id()))
                .is(VERSION, profile.version())
                .is(CHARGER_COUNT, 0));
    }

    /// Adds to a change what the register says from then on, if it still says what matters of what it was read as:
    /// the default; for a profile that comes, the last id, so that none came since and there are no more than there
    /// were; for the default that goes, that it is the only one. A profile that ceases to be the default because
    /// another one becomes it gets a new version: it shows something else.
    void register(Change change, TenantScope scope, ProfileRegister from, ProfileRegister to) {
        Update update = Update.of(Keys.profileRegister(scope)).add(CHANGES, 1);
        from.defaultId().ifPresentOrElse(id -> update.is(DEFAULT_ID, id), () -> update.isAbsent(DEFAULT_ID));
        if (to.lastId() != from.lastId()) {
            update.isVersion(LAST_ID, from.lastId()).set(LAST_ID, to.lastId());
        }
        if (to.count() != from.count()) {
            update.add(COUNT, to.count() - from.count());
        }
        if (!to.defaultId().equals(from.defaultId())) {
            to.defaultId()
                    .ifPresentOrElse(
                            id -> update.set(DEFAULT_ID, id),
                            () -> update.is(COUNT, 1).remove(DEFAULT_ID));
        }
        change.with(update);
        if (to.defaultId().isPresent()) {
            from.defaultId()
                    .filter(id -> !to.isDefault(id))
                    .ifPresent(id -> change.with(Update.of(Keys.profile(scope, id))
                            .exists()
                            .add(VERSION, 1)
                            .set(UPDATED_AT, scope.now())));
        }
    }

    /// Adds to an edit's change that it only happens while the default is the one that was read. Else the change
    /// meets a conflict.
    void keepDefault(Change change, TenantScope scope, ProfileRegister register) {
        change.with(Update.of(Keys.profileRegister(scope))
                .is(DEFAULT_ID, register.defaultId().orElseThrow())
                .add(CHANGES, 1));
    }

    /// Counts anew how many profiles there are. One round trip, and one for each megabyte of rows.
    public List<Correction> recount(TenantScope scope) {
        Row row = table.read(Keys.profileRegister(scope));
        ProfileRegister stored = row.isEmpty() ? ProfileRegister.NONE : readRegister(row);
        long counted = 0;
        long lastId = stored.lastId();
        for (Profile profile : Page.all(page -> list(scope, page))) {
            counted++;
            lastId = Math.max(lastId, profile.id());
        }
        Update update = Update.of(Keys.profileRegister(scope))
                .moves(CHANGES, row)
                .set(LAST_ID, lastId)
                .set(COUNT, counted);
        return Correction.of(scope, "profiles", stored.count(), counted, change -> change.with(update));
    }

    /// Counts anew how many chargers have each profile. One round trip for each megabyte of rows.
    ///
    /// @param chargers counts them by profile; asked after the profiles were read
    public List<Correction> recountChargers(TenantScope scope, Supplier<Map<Long, Long>> chargers) {
        record Stored(long id, long chargers, Row row) {}
        List<Stored> profiles = new ArrayList<>();
        Page.all(page -> table.queryMegabyte(
                        Keys.profiles(scope),
                        page,
                        row -> new Stored(row.number(ID), row.number(CHARGER_COUNT), row.only(CHARGER_CHANGES)),
                        stored -> Long.toString(stored.id())))
                .forEach(profiles::add);
        Map<Long, Long> counted = chargers.get();
        List<Correction> corrections = new ArrayList<>();
        for (Stored stored : profiles) {
            long right = counted.getOrDefault(stored.id(), 0L);
            corrections.addAll(Correction.of(
                    scope,
                    "chargers of profile " + stored.id(),
                    stored.chargers(),
                    right,
                    change -> change.with(Update.of(Keys.profile(scope, stored.id()))
                            .exists()
                            .moves(CHARGER_CHANGES, stored.row())
                            .set(CHARGER_COUNT, right))));
        }
        return corrections;
    }

    private static Map<String, Object> values(Configuration configuration) {
        return new LinkedHashMap<>(configuration.values());
    }

    private static Profile read(Row row) {
        return new Profile(
                row.number(ID),
                new ProfileName(row.text(DISPLAY_NAME)),
                row.optionalText(DESCRIPTION).map(ProfileDescription::new),
                CpmsUrl.stored(row.text(CPMS_URL)),
                row.flag(AUTH_PASS_THROUGH),
                HeartbeatInterval.of(row.number(HEARTBEAT_INTERVAL)),
                SecurityProfile.of(row.number(SECURITY_PROFILE)),
                row.optionalText(PASSWORD_HASH).map(PasswordHash::stored),
                row.optionalText(FORMER_PASSWORD_HASH)
                        .map(hash -> new FormerPassword(
                                PasswordHash.stored(hash), row.instant(FORMER_PASSWORD_VALID_UNTIL))),
                Configuration.stored(row.values(CONFIGURATION).orElse(Map.of())),
                row.number(CHARGER_COUNT),
                row.instant(CREATED_AT),
                row.instant(UPDATED_AT),
                row.number(VERSION));
    }

    private static ProfileRegister readRegister(Row row) {
        return new ProfileRegister(
                row.number(LAST_ID),
                row.number(COUNT),
                row.has(DEFAULT_ID) ? Optional.of(row.number(DEFAULT_ID)) : Optional.empty());
    }
}
