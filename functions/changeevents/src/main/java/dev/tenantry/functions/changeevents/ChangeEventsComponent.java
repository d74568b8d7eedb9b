package dev.tenantry.functions.changeevents;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.bus.AnnounceChanges;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventContext;
import dev.tenantry.wiring.BusModule;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = {CoreModule.class, BusModule.class})
interface ChangeEventsComponent {

    EventContext context();

    AnnounceChanges announce();

    @Component.Factory
    interface Factory {
        ChangeEventsComponent create(@BindsInstance Settings settings);
    }
}
