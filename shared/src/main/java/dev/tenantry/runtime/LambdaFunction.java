package dev.tenantry.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.tenantry.config.Settings;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.crac.Core;
import org.crac.Resource;

/// A Lambda function: a stream handler with a log, that primes before SnapStart takes its snapshot. A stream
/// handler, because the runtime's own conversion of events would add a third to a cold start (docs/adr/0004).
///
/// Thread-safe: local mode serves many requests with one instance.
public abstract class LambdaFunction implements RequestStreamHandler, Resource {

    /// What the log calls the request that priming is.
    protected static final String PRIMING = "priming";

    /// Where each invocation writes its line.
    protected final FunctionLog log;

    private final Settings settings;

    protected LambdaFunction(Settings settings) {
        this.settings = settings;
        this.log = new FunctionLog(System.out, Clock.systemUTC(), settings.functionName());
        if (settings.snapStart()) {
            Core.getGlobalContext().register(this);
        }
    }

    /// Handles one event that says something.
    protected abstract void handle(InputStream in, OutputStream out, Context invocation) throws IOException;

    /// Handles one event, or keeps the version active: for [KeepActive] nothing is asked and nothing logged.
    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context invocation) throws IOException {
        InputStream event = in.markSupported() ? in : new BufferedInputStream(in);
        event.mark(KeepActive.MAX_BYTES + 1);
        byte[] beginning = event.readNBytes(KeepActive.MAX_BYTES + 1);
        if (KeepActive.is(beginning)) {
            out.write(KeepActive.ANSWER.getBytes(StandardCharsets.UTF_8));
            return;
        }
        event.reset();
        handle(event, out, invocation);
    }

    /// Asks once, in earnest, whom this function works with, so that the way there is known and open: names,
    /// certificates, the role's keys. Changes nothing.
    protected abstract void connect();

    /// Events that between them take this function through its work, and that it answers well where everything is
    /// as [StandIn] says.
    public abstract List<String> primingEvents();

    /// Loads what no priming event comes to, and keeps nothing of it.
    protected void primeOthers() {}

    /// Called when an instance starts from the snapshot. What must be different in each instance, such as a random
    /// key, is thrown away here.
    protected void restored() {}

    /// Before the snapshot that SnapStart restores: what is loaded and connected now need not be at the first
    /// request.
    ///
    /// Never fails: a hook that throws stops the version from being published, and whatever is wrong now, such as a
    /// new role that is not known everywhere yet, may be right by the first request. What failed is a warning in
    /// the log.
    @Override
    public final void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        attempt(this::connect);
        attempt(this::primeOthers);
        attempt(this::primeTwin);
    }

    /// A step of priming.
    @FunctionalInterface
    private interface Step {
        void go() throws IOException, ReflectiveOperationException;
    }

    private void attempt(Step step) {
        try {
            step.go();
        } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            log.warning(PRIMING, e);
        }
    }

    /// Has a function made like this one, which works with a stand-in, handle every priming event. It is gone
    /// afterwards, with all that it has seen.
    private void primeTwin() throws IOException, ReflectiveOperationException {
        try (StandIn standIn = StandIn.start()) {
            LambdaFunction twin = getClass().getConstructor(Settings.class).newInstance(settings.with(standIn.uri()));
            twin.log.becomeSilent(log);
            for (String event : twin.primingEvents()) {
                attempt(() -> twin.handleRequest(
                        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                        new ByteArrayOutputStream(),
                        new PrimingContext(PRIMING)));
            }
        }
    }

    /// Connections that died with the snapshot are replaced at the next call.
    @Override
    public final void afterRestore(org.crac.Context<? extends Resource> context) {
        restored();
    }
}
