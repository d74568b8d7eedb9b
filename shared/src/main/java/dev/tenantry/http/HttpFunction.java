package dev.tenantry.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Problems.Problem;
import dev.tenantry.refusal.Refusal;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.storage.Consumption;
import dev.tenantry.storage.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/// A Lambda function behind the HTTP API: an event in, an answer out, a log line for each.
public abstract class HttpFunction extends LambdaFunction {

    /// Calls to the table that start within this time are over, and a mail after them is sent or given up, before
    /// the function's own time is; a test of the template insists.
    public static final Duration TIME_FOR_STORAGE = Duration.ofSeconds(10);

    /// Whoever was here comes back by HTTPS alone (RFC 6797 §6.1).
    private static final String HTTPS_FOR_A_YEAR = "max-age=31536000";

    protected HttpFunction(Settings settings) {
        super(settings);
    }

    /// Answers one event.
    ///
    /// @param entry takes what is worth a place in the log
    /// @throws Refusal to have it answered as a problem
    abstract Response answer(HttpEvent event, RequestLog.Entry entry);

    @Override
    protected final void handle(InputStream in, OutputStream out, Context context) throws IOException {
        long start = System.nanoTime();
        Consumption consumption = new Consumption();
        Deadline deadline = Deadline.in(TIME_FOR_STORAGE);
        RequestLog.Entry entry = new RequestLog.Entry();
        String requestId = context.getAwsRequestId();
        Response response;
        try {
            HttpEvent event = HttpEvent.read(in);
            requestId = event.requestId();
            response = ScopedValue.where(Consumption.CURRENT, consumption)
                    .where(Deadline.CURRENT, deadline)
                    .call(() -> answerOrRefuse(event, entry));
        } catch (IOException | RuntimeException e) {
            log.fault(requestId, e);
            Problem problem = Problems.unexpected();
            entry.code = problem.code();
            response = Problems.response(problem, "/", requestId);
        }
        write(out, response, requestId);
        RequestLog.request(log, entry, requestId, response.status(), System.nanoTime() - start, consumption);
    }

    private Response answerOrRefuse(HttpEvent event, RequestLog.Entry entry) {
        Problem problem;
        try {
            return answer(event, entry);
        } catch (Refusal refusal) {
            problem = Problems.of(refusal);
            if (refusal instanceof Unavailable unavailable) {
                entry.reason = unavailable.reason();
            } else if (refusal instanceof UpstreamUnavailable upstream) {
                entry.reason = upstream.reason();
            }
        } catch (RuntimeException e) {
            log.fault(event.requestId(), e);
            problem = Problems.unexpected();
        }
        entry.code = problem.code();
        return Problems.response(problem, event.rawPath(), event.requestId());
    }

    private static void write(OutputStream out, Response response, String requestId) throws IOException {
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("statusCode", response.status());
            json.writeObjectFieldStart("headers");
            for (Map.Entry<String, String> header : response.headers().entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeStringField("Cache-Control", "no-store");
            json.writeStringField("X-Content-Type-Options", "nosniff");
            json.writeStringField("Strict-Transport-Security", HTTPS_FOR_A_YEAR);
            json.writeStringField("X-Request-Id", requestId);
            json.writeEndObject();
            if (response.body().isPresent()) {
                json.writeStringField("body", response.body().get());
            }
            json.writeBooleanField("isBase64Encoded", false);
            json.writeEndObject();
        }
    }
}
