package dev.tenantry.local.aws.template;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// An `AWS::Serverless::Function`, the template's globals merged in.
///
/// @param logicalId    its name in the template
/// @param handler      as written: `package.Class::handleRequest`
/// @param timeout      the longest an invocation may take
/// @param memoryMib    memory in MiB
/// @param alias        the alias that each deployment publishes
/// @param environment  its variables, resolved
public record FunctionDefinition(
        String logicalId,
        String handler,
        Duration timeout,
        int memoryMib,
        Optional<String> alias,
        Map<String, String> environment) {

    public FunctionDefinition {
        environment = Map.copyOf(environment);
    }
}
