package dev.tenantry.local.operate;

import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The function of a deployment, by the AWS CLI: with the credentials, the region and the profile that it has.
final class DeployedFunction implements OperatorFunction {

    private final String name;

    /// @param name of the function, or its ARN
    DeployedFunction(String name) {
        this.name = name;
    }

    @Override
    public Answer invoke(String event) throws IOException {
        Path answer = Files.createTempFile("tenantry-answer", ".json");
        Path payload = Files.createTempFile("tenantry-command", ".json");
        try {
            // In a file: what stands on a command line is for every process of the machine to see.
            Files.writeString(payload, event);
            Process aws = new ProcessBuilder(List.of(
                            "aws",
                            "lambda",
                            "invoke",
                            "--function-name",
                            name,
                            "--cli-read-timeout",
                            "0",
                            "--cli-binary-format",
                            "raw-in-base64-out",
                            "--output",
                            "json",
                            "--payload",
                            "file://" + payload,
                            answer.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(aws.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (aws.waitFor() != 0) {
                throw new IOException("the AWS CLI could not invoke " + name);
            }
            boolean isError =
                    Json.parse(said).filter(json -> json.has("FunctionError")).isPresent();
            return new Answer(Files.readString(answer), isError);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(payload);
            Files.deleteIfExists(answer);
        }
    }
}
