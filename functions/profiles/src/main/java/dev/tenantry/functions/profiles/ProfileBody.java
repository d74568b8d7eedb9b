package dev.tenantry.functions.profiles;

import dev.tenantry.edit.Edit;
import dev.tenantry.http.Fields;
import dev.tenantry.profiles.Configuration;
import dev.tenantry.profiles.CpmsUrl;
import dev.tenantry.profiles.HeartbeatInterval;
import dev.tenantry.profiles.NewPassword;
import dev.tenantry.profiles.NewProfile;
import dev.tenantry.profiles.Overlap;
import dev.tenantry.profiles.ProfileDescription;
import dev.tenantry.profiles.ProfileEdit;
import dev.tenantry.profiles.ProfileName;
import dev.tenantry.profiles.SecurityProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What requests say of a charger profile.
final class ProfileBody {

    private static final List<String> READ_ONLY =
            List.of("id", "tenantId", "hasPassword", "oldPasswordValidUntil", "chargerCount", "createdAt", "updatedAt");

    private ProfileBody() {}

    static NewProfile create(Fields body) {
        var displayName = body.required("displayName", ProfileName::new);
        var description = description(body);
        var cpmsUrl = body.required("cpmsUrl", CpmsUrl::parse);
        var isDefault = body.optionalFlag("isDefault");
        var authPassThrough = body.optionalFlag("authPassThrough");
        var heartbeatInterval = body.optionalInteger("heartbeatInterval", HeartbeatInterval::of);
        var securityProfile = body.optionalInteger("securityProfile", number -> securityProfile(body, number));
        var password = password(body);
        var configuration = configuration(body);
        body.readOnly(READ_ONLY);
        return body.complete(() -> new NewProfile(
                displayName.get(),
                description.get().newValue(),
                cpmsUrl.get(),
                isDefault.get().orElse(false),
                authPassThrough.get().orElse(false),
                heartbeatInterval.get().orElse(HeartbeatInterval.USUAL),
                securityProfile.get().orElse(SecurityProfile.NONE),
                password.get().newValue(),
                configuration.get().orElse(Configuration.NONE)));
    }

    static ProfileEdit edit(Fields body) {
        var displayName = body.optional("displayName", ProfileName::new);
        var description = description(body);
        var cpmsUrl = body.optional("cpmsUrl", CpmsUrl::parse);
        var isDefault = body.optionalFlag("isDefault");
        var authPassThrough = body.optionalFlag("authPassThrough");
        var heartbeatInterval = body.optionalInteger("heartbeatInterval", HeartbeatInterval::of);
        var securityProfile = body.optionalInteger("securityProfile", SecurityProfile::of);
        var password = password(body);
        var overlap = body.optionalInteger("oldPasswordValidSeconds", Overlap::ofSeconds);
        var configuration = configuration(body);
        body.readOnly(READ_ONLY);
        return body.complete(() -> new ProfileEdit(
                displayName.get(),
                description.get(),
                cpmsUrl.get(),
                isDefault.get(),
                authPassThrough.get(),
                heartbeatInterval.get(),
                securityProfile.get(),
                password.get(),
                overlap.get(),
                configuration.get()));
    }

    /// A form that was left empty says that there is none.
    private static Supplier<Edit<ProfileDescription>> description(Fields body) {
        var description = body.nullable("description", ProfileDescription::new);
        return () -> description.get().clearingIf(text -> text.value().isEmpty());
    }

    private static Supplier<Edit<NewPassword>> password(Fields body) {
        return body.nullableEither("password", NewPassword::ofText, "passwordHex", NewPassword::ofHex);
    }

    private static Supplier<Optional<Configuration>> configuration(Fields body) {
        return body.optionalTexts(
                "configuration",
                Configuration.MAX_KEYS,
                Configuration::checkEntry,
                (Map<String, String> values) -> Configuration.of(values));
    }

    /// What is missing for it is named together with whatever else is wrong; the use case would only come to it
    /// later.
    private static SecurityProfile securityProfile(Fields body, long number) {
        SecurityProfile profile = SecurityProfile.of(number);
        if (profile.needsPassword() && !body.has("password") && !body.has("passwordHex")) {
            body.fault("password", SecurityProfile.NEEDS_PASSWORD);
        }
        return profile;
    }
}
