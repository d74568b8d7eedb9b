package dev.tenantry.functions.chargers;

import dev.tenantry.http.Fields;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.provisioning.WindowEdit;
import java.util.List;
import java.util.Optional;

/// What requests say of provisioning: `{profileId?, durationSeconds?, maxChargers?}` to start it, the latter two to
/// change it.
final class ProvisioningBody {

    private static final List<String> READ_ONLY =
            List.of("active", "startedAt", "expiresAt", "startedBy", "registeredCount");

    private ProvisioningBody() {}

    static NewWindow start(Fields body) {
        var profileId = body.nullableInteger("profileId", id -> id);
        var duration = body.optionalInteger("durationSeconds", NewWindow::duration);
        var maxChargers = body.nullableInteger("maxChargers", NewWindow::limit);
        body.readOnly(READ_ONLY);
        return body.complete(() -> new NewWindow(
                profileId.get().newValue(),
                duration.get().orElse(NewWindow.DEFAULT_DURATION),
                // Null says that there is to be none; who says nothing gets the usual one.
                maxChargers.get().applyTo(Optional.of(NewWindow.DEFAULT_LIMIT))));
    }

    static WindowEdit edit(Fields body) {
        var duration = body.optionalInteger("durationSeconds", NewWindow::duration);
        var maxChargers = body.nullableInteger("maxChargers", NewWindow::limit);
        body.readOnly(READ_ONLY);
        body.readOnly(List.of("profileId"));
        return body.complete(() -> new WindowEdit(duration.get(), maxChargers.get()));
    }
}
