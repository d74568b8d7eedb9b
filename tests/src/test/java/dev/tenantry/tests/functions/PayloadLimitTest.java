package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

/// The pages of lists end before Lambda would refuse an answer; local mode refuses what Lambda does. Neither may see
/// the other, and were their limits two, a page that is answered here would not be in AWS.
class PayloadLimitTest {

    @Test
    void isOneForPagesAndForLocalMode() throws ReflectiveOperationException {
        assertThat(constant("dev.tenantry.http.PageBody", "LAMBDA_BYTES"))
                .isEqualTo(constant("dev.tenantry.local.aws.lambda.PayloadLimits", "RESPONSE_BYTES"));
    }

    private static int constant(String type, String name) throws ReflectiveOperationException {
        Field field = Class.forName(type).getDeclaredField(name);
        field.setAccessible(true);
        return field.getInt(null);
    }
}
