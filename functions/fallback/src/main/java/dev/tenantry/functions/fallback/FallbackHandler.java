package dev.tenantry.functions.fallback;

import dev.tenantry.config.Settings;
import dev.tenantry.http.FallbackFunction;

/// The Lambda function of all that no route matches.
public final class FallbackHandler extends FallbackFunction {

    public FallbackHandler() {
        this(Settings.fromEnvironment());
    }

    public FallbackHandler(Settings settings) {
        super(settings, Paths.METHODS);
    }
}
