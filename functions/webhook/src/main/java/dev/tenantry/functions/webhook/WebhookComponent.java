package dev.tenantry.functions.webhook;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import dev.tenantry.wiring.StripeModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = {CoreModule.class, StripeModule.class})
interface WebhookComponent {

    ApiContext context();

    StripeReceiver receiver();

    @Component.Factory
    interface Factory {
        WebhookComponent create(@BindsInstance Settings settings);
    }
}
