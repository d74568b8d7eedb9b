package dev.tenantry.storage;

import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The store tests once more, on moto's DynamoDB, which somebody else has written after the same documents.
/// `.ci/trial-deployment` starts it. That it ignores the token of a repeated transaction is known, and none of these
/// tests is about that; one that is has to say why it leaves moto out.
@EnabledIfSystemProperty(
        named = StoresOnMotoTest.ENDPOINT,
        matches = ".+",
        disabledReason = "there is no moto; .ci/trial-deployment starts it")
class StoresOnMotoTest extends EveryStore {

    static final String ENDPOINT = "tenantry.moto";

    @Override
    protected URI endpoint() {
        return URI.create(System.getProperty(ENDPOINT));
    }
}
