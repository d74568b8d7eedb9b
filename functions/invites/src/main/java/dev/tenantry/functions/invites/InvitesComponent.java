package dev.tenantry.functions.invites;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.invites.SendInvite;
import dev.tenantry.wiring.CoreModule;
import dev.tenantry.wiring.MailModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = {CoreModule.class, MailModule.class})
interface InvitesComponent {

    ApiContext context();

    InvitesRoutes routes();

    SendInvite send();

    @Component.Factory
    interface Factory {
        InvitesComponent create(@BindsInstance Settings settings);
    }
}
