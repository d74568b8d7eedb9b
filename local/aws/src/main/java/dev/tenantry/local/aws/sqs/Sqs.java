package dev.tenantry.local.aws.sqs;

import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.template.QueueDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// ElasticMQ in this process, answering SQS's protocol on loopback, with the template's queues. They are in memory:
/// what is in them is gone with the process.
public final class Sqs implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final SQSRestServer server;
    private final SqsClient client;
    private final URI uri;
    private final Map<String, String> urls = new HashMap<>();

    private Sqs(SQSRestServer server, SqsClient client, URI uri) {
        this.server = server;
        this.client = client;
        this.uri = uri;
    }

    /// Finds out at once whether the port can be had, before anything heavy begins.
    ///
    /// @param port 0 for any free one
    /// @return the port, which is free still
    /// @throws CannotStart if it is taken
    public static int reserve(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new CannotStart(
                    "SQS_PORT " + port + " can't be used (" + taken.getMessage() + "). Choose another, e.g. SQS_PORT="
                            + (port == 9324 ? 9325 : 9324) + ".",
                    taken);
        }
    }

    /// Starts it and makes the queues, each after its dead-letter queue.
    public static Sqs start(int port, List<QueueDefinition> queues) {
        SQSRestServer server =
                SQSRestServerBuilder.withInterface(LOOPBACK).withPort(port).start();
        server.waitUntilStarted();
        URI uri = URI.create("http://" + LOOPBACK + ":" + port);
        SqsClient client = SqsClient.builder()
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        Sqs sqs = new Sqs(server, client, uri);
        List<QueueDefinition> left = new ArrayList<>(queues);
        while (!left.isEmpty()) {
            List<QueueDefinition> ready = left.stream()
                    .filter(queue -> queue.redrive()
                            .map(redrive -> sqs.urls.containsKey(redrive.queue()))
                            .orElse(true))
                    .toList();
            if (ready.isEmpty()) {
                sqs.close();
                throw new CannotStart(List.of("The queue " + left.getFirst().logicalId()
                        + " has a dead-letter queue that template.yaml does not have."));
            }
            ready.forEach(sqs::make);
            left.removeAll(ready);
        }
        return sqs;
    }

    private void make(QueueDefinition queue) {
        Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
        attributes.put(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                Long.toString(queue.visibilityTimeout().toSeconds()));
        attributes.put(
                QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                Long.toString(queue.retention().toSeconds()));
        queue.redrive()
                .ifPresent(redrive -> attributes.put(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn(redrive.queue()) + "\",\"maxReceiveCount\":\""
                                + redrive.maxReceiveCount() + "\"}"));
        urls.put(
                queue.logicalId(),
                client.createQueue(create -> create.queueName(queue.logicalId()).attributes(attributes))
                        .queueUrl());
    }

    /// Where it answers.
    public URI uri() {
        return uri;
    }

    /// A queue's URL.
    public String url(String queue) {
        String url = urls.get(queue);
        if (url == null) {
            throw new CannotStart(List.of("template.yaml has no queue " + queue + "."));
        }
        return url;
    }

    /// Sends a message, as another service would.
    public void send(String queue, String body) {
        client.sendMessage(send -> send.queueUrl(url(queue)).messageBody(body));
    }

    static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:000000000000:" + queue;
    }

    SqsClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
    }
}
