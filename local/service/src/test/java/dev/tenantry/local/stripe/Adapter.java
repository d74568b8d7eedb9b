package dev.tenantry.local.stripe;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.billing.Payments;
import dev.tenantry.config.Settings;
import dev.tenantry.stripe.StripeSignature;
import dev.tenantry.wiring.StripeModule;
import java.time.Clock;
import javax.inject.Singleton;

/// What the service knows of Stripe, without the service.
@Singleton
@Component(modules = StripeModule.class)
interface Adapter {

    Payments payments();

    StripeSignature signature();

    @Component.Factory
    interface Factory {
        Adapter create(@BindsInstance Settings settings, @BindsInstance Clock clock);
    }
}
