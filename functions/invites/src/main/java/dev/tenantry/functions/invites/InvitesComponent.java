package dev.tenantry.functions.invites;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.MailModule;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Desk;
import dev.tenantry.invites.SendInvite;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = {CoreModule.class, MailModule.class})
interface InvitesComponent {

    Desk desk();

    InvitesRoutes routes();

    SendInvite send();

    @Component.Factory
    interface Factory {
        InvitesComponent create(@BindsInstance Settings settings);
    }
}
