package dev.tenantry.profiles;

import dev.tenantry.audit.Event;
import dev.tenantry.text.Absent;
import dev.tenantry.text.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// What the audit trail tells of a profile. Of its configuration the keys alone: some chargers take secrets as
/// configuration, and with all its values one change could be more than a row holds. Of its password only that there is
/// one, and that it became another one.
final class ProfileAudit {

    private static final String IS_DEFAULT = "isDefault";
    private static final String CONFIGURATION = "configuration";
    private static final String OLD_PASSWORD_VALID_UNTIL = "oldPasswordValidUntil";

    private ProfileAudit() {}

    static Event created(Profile profile, boolean isDefault) {
        return Event.created(Long.toString(profile.id()), values(profile, isDefault));
    }

    static Event deleted(Profile profile, boolean isDefault) {
        return Event.removed(Long.toString(profile.id()), values(profile, isDefault));
    }

    /// A profile ceased to be the default because another one became it.
    static Event dethroned(long profileId) {
        return Event.changed(Long.toString(profileId), Map.of(IS_DEFAULT, true), Map.of(IS_DEFAULT, false));
    }

    /// @param isNewPassword whether somebody set a password
    /// @param at            when it is changed, which decides whether a former password still was taken
    static Event changed(
            Profile from, boolean wasDefault, Profile to, boolean isDefault, boolean isNewPassword, Instant at) {
        Map<String, Object> before = new LinkedHashMap<>();
        Map<String, Object> after = new LinkedHashMap<>();
        Map<String, Object> all = values(to, isDefault);
        values(from, wasDefault).forEach((name, value) -> {
            Object now = all.getOrDefault(name, Absent.NULL);
            if (!name.equals(CONFIGURATION) && !now.equals(value)) {
                before.put(name, value);
                after.put(name, now);
            }
        });
        if (!from.configuration().equals(to.configuration())) {
            before.put(CONFIGURATION, differing(from.configuration(), to.configuration()));
            after.put(CONFIGURATION, differing(to.configuration(), from.configuration()));
        }
        Object validUntil = validUntil(from, at);
        Object validUntilNow = validUntil(to, at);
        if (!validUntil.equals(validUntilNow)) {
            before.put(OLD_PASSWORD_VALID_UNTIL, validUntil);
            after.put(OLD_PASSWORD_VALID_UNTIL, validUntilNow);
        }
        if (isNewPassword) {
            after.put("passwordChanged", true);
        }
        return Event.changed(Long.toString(from.id()), before, after);
    }

    private static Object validUntil(Profile profile, Instant at) {
        return profile.formerPassword(at)
                .<Object>map(former -> Timestamp.of(former.validUntil()))
                .orElse(Absent.NULL);
    }

    private static Map<String, Object> values(Profile profile, boolean isDefault) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("displayName", profile.displayName().value());
        values.put(
                "description",
                profile.description().<Object>map(ProfileDescription::value).orElse(Absent.NULL));
        values.put(IS_DEFAULT, isDefault);
        values.put("cpmsUrl", profile.cpmsUrl().value());
        values.put("authPassThrough", profile.authPassThrough());
        values.put("heartbeatInterval", profile.heartbeatInterval().seconds());
        values.put("securityProfile", profile.securityProfile().number());
        values.put("hasPassword", profile.passwordHash().isPresent());
        values.put(CONFIGURATION, differing(profile.configuration(), Configuration.NONE));
        return values;
    }

    /// The keys of the one configuration that the other lacks or has another value for.
    private static String differing(Configuration one, Configuration other) {
        TreeSet<String> keys = new TreeSet<>();
        one.values().forEach((key, value) -> {
            if (!value.equals(other.values().get(key))) {
                keys.add(key);
            }
        });
        return String.join(", ", keys);
    }
}
