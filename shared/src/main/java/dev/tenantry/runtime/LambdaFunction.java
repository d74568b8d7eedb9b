package dev.tenantry.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.tenantry.config.Settings;
import java.time.Clock;
import org.crac.Core;
import org.crac.Resource;

/// A Lambda function: a stream handler with a log, that primes before SnapStart takes its snapshot. A stream
/// handler, because the runtime's own conversion of events would add a third to a cold start (docs/adr/0004).
///
/// Thread-safe: local mode serves many requests with one instance.
public abstract class LambdaFunction implements RequestStreamHandler, Resource {

    /// Where each invocation writes its line.
    protected final FunctionLog log;

    protected LambdaFunction(Settings settings) {
        this.log = new FunctionLog(System.out, Clock.systemUTC(), settings.functionName());
        if (settings.snapStart()) {
            Core.getGlobalContext().register(this);
        }
    }

    /// Priming: uses every class that an invocation can need, so that the snapshot holds it loaded. Changes nothing
    /// and logs nothing: a line would count as an invocation, and as an error, that never was.
    protected abstract void prime();

    /// Called when an instance starts from the snapshot. What must be different in each instance, such as a random
    /// key, is thrown away here.
    protected void restored() {}

    /// Before the snapshot that SnapStart restores: what is loaded and connected now need not be at the first
    /// request.
    @Override
    public final void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        prime();
    }

    /// Connections that died with the snapshot are replaced at the next call.
    @Override
    public final void afterRestore(org.crac.Context<? extends Resource> context) {
        restored();
    }
}
