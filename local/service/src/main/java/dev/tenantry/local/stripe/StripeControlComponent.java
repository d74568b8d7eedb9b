package dev.tenantry.local.stripe;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.billing.AssignCustomer;
import dev.tenantry.billing.Payments;
import dev.tenantry.config.Settings;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.wiring.CoreModule;
import dev.tenantry.wiring.StripeModule;
import javax.inject.Singleton;

/// Wires what gives a tenant its customer.
@Singleton
@Component(modules = {CoreModule.class, StripeModule.class})
interface StripeControlComponent {

    TenantDoors doors();

    Table table();

    TenantStore tenants();

    Payments payments();

    AssignCustomer assignCustomer();

    @Component.Factory
    interface Factory {
        StripeControlComponent create(@BindsInstance Settings settings);
    }
}
