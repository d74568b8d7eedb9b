package dev.tenantry.functions.mailevents;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventContext;
import dev.tenantry.invites.MarkBounced;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface MailEventsComponent {

    EventContext context();

    MarkBounced mark();

    @Component.Factory
    interface Factory {
        MailEventsComponent create(@BindsInstance Settings settings);
    }
}
