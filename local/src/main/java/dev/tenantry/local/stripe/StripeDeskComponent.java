package dev.tenantry.local.stripe;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.billing.AssignCustomer;
import dev.tenantry.billing.Payments;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.config.StripeModule;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenants.TenantStore;
import javax.inject.Singleton;

/// Wires what gives a tenant its customer.
@Singleton
@Component(modules = {CoreModule.class, StripeModule.class})
interface StripeDeskComponent {

    TenantDoors doors();

    Table table();

    TenantStore tenants();

    Payments payments();

    AssignCustomer assignCustomer();

    @Component.Factory
    interface Factory {
        StripeDeskComponent create(@BindsInstance Settings settings);
    }
}
