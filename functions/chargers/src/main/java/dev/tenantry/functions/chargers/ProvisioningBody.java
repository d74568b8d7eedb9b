package dev.tenantry.functions.chargers;

import dev.tenantry.http.Fields;
import dev.tenantry.provisioning.NewWindow;
import java.util.List;

/// How a request wants provisioning to be started: `{profileId?, durationSeconds?, maxChargers?}`.
final class ProvisioningBody {

    private static final List<String> READ_ONLY =
            List.of("active", "startedAt", "expiresAt", "startedBy", "registeredCount");

    private ProvisioningBody() {}

    static NewWindow read(Fields body) {
        var profileId = body.nullableInteger("profileId", id -> id);
        var duration = body.optionalInteger("durationSeconds", NewWindow::duration);
        var maxChargers = body.nullableInteger("maxChargers", NewWindow::limit);
        body.readOnly(READ_ONLY);
        return body.complete(() -> new NewWindow(
                profileId.get().newValue(),
                duration.get().orElse(NewWindow.DEFAULT_DURATION),
                maxChargers.get().newValue()));
    }
}
