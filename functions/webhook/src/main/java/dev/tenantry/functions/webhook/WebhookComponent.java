package dev.tenantry.functions.webhook;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.billing.Payments;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.config.StripeModule;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = {CoreModule.class, StripeModule.class})
interface WebhookComponent {

    Desk desk();

    Payments payments();

    StripeReceiver receiver();

    @Component.Factory
    interface Factory {
        WebhookComponent create(@BindsInstance Settings settings);
    }
}
