package dev.tenantry.functions.chargerconnect;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.chargers.BootCharger;
import dev.tenantry.chargers.ConnectCharger;
import dev.tenantry.chargers.DisconnectCharger;
import dev.tenantry.chargers.LocateCharger;
import dev.tenantry.chargers.NoteRejections;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventContext;
import dev.tenantry.profiles.PasswordCheck;
import dev.tenantry.wiring.CoreModule;
import java.time.Clock;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface ChargerConnectComponent {

    EventContext context();

    LocateCharger locate();

    ConnectCharger connect();

    BootCharger boot();

    DisconnectCharger disconnect();

    NoteRejections rejections();

    PasswordCheck passwords();

    Clock clock();

    @Component.Factory
    interface Factory {
        ChargerConnectComponent create(@BindsInstance Settings settings);
    }
}
