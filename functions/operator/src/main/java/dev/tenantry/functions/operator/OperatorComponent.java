package dev.tenantry.functions.operator;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventContext;
import dev.tenantry.invites.SendInvite;
import dev.tenantry.operator.CreateForAdmin;
import dev.tenantry.operator.ErasePerson;
import dev.tenantry.operator.ExportTenant;
import dev.tenantry.operator.ListTenants;
import dev.tenantry.operator.OpenApiToAll;
import dev.tenantry.operator.PurgeTenant;
import dev.tenantry.operator.RemoveTenant;
import dev.tenantry.operator.RestoreTenant;
import dev.tenantry.operator.ShowAnyTenant;
import dev.tenantry.operator.SuspendTenant;
import dev.tenantry.stats.RepairCounters;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.wiring.CoreModule;
import dev.tenantry.wiring.MailModule;
import javax.inject.Singleton;

/// Wires the function: what each command is carried out with.
@Singleton
@Component(modules = {CoreModule.class, MailModule.class})
interface OperatorComponent {

    EventContext context();

    TenantDoors doors();

    ListTenants list();

    ShowAnyTenant show();

    CreateForAdmin create();

    SendInvite send();

    SuspendTenant suspend();

    RemoveTenant remove();

    RestoreTenant restore();

    PurgeTenant purge();

    ErasePerson erase();

    ExportTenant export();

    RepairCounters repair();

    OpenApiToAll openApi();

    @Component.Factory
    interface Factory {
        OperatorComponent create(@BindsInstance Settings settings);
    }
}
