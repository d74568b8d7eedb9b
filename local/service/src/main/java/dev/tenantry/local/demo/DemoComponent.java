package dev.tenantry.local.demo;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.chargers.AddChargers;
import dev.tenantry.chargers.BootCharger;
import dev.tenantry.chargers.ConnectCharger;
import dev.tenantry.chargers.DisconnectCharger;
import dev.tenantry.chargers.NoteRejections;
import dev.tenantry.chargers.UpdateChargers;
import dev.tenantry.config.Settings;
import dev.tenantry.invites.CreateInvite;
import dev.tenantry.invites.SendInvite;
import dev.tenantry.ips.AddIp;
import dev.tenantry.profiles.CreateProfile;
import dev.tenantry.provisioning.StartProvisioning;
import dev.tenantry.provisioning.StopProvisioning;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenants.FoundTenant;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.usage.AggregateUsage;
import dev.tenantry.usage.ImportUsage;
import dev.tenantry.users.AddMember;
import dev.tenantry.wiring.CoreModule;
import dev.tenantry.wiring.MailModule;
import java.time.Clock;
import java.util.random.RandomGenerator;
import javax.inject.Singleton;

/// Wires the core for demo data.
@Singleton
@Component(modules = {CoreModule.class, MailModule.class})
interface DemoComponent {

    TenantDoors doors();

    Table table();

    TenantStore tenants();

    FoundTenant foundTenant();

    AddMember addMember();

    AddIp addIp();

    CreateInvite createInvite();

    SendInvite sendInvite();

    CreateProfile createProfile();

    ImportUsage importUsage();

    Clock clock();

    RandomGenerator random();

    AggregateUsage aggregateUsage();

    StartProvisioning startProvisioning();

    StopProvisioning stopProvisioning();

    AddChargers addChargers();

    UpdateChargers updateChargers();

    ConnectCharger connectCharger();

    BootCharger bootCharger();

    DisconnectCharger disconnectCharger();

    NoteRejections noteRejections();

    @Component.Factory
    interface Factory {
        DemoComponent create(@BindsInstance Settings settings);
    }
}
