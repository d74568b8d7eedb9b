package dev.tenantry.dns;

import dev.tenantry.config.Settings;
import dev.tenantry.upstream.BoundedCalls;
import dev.tenantry.upstream.Upstream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/// The name servers of the machine, asked by the JDK's own client (docs/adr/0030).
public final class NameServers implements TxtRecords {

    private static final Upstream DNS = new Upstream("domain name system", "DNS");

    /// Longest wait for an answer to the first question. It is asked twice more, each time waiting twice as long.
    private static final Duration FIRST_WAIT = Duration.ofMillis(700);

    private static final int TRIES = 3;

    /// Those that the machine is set up with.
    private static final String OWN = "dns:";

    /// Port 9 of this machine discards what it gets (RFC 863), where anybody listens at all.
    private static final String NOWHERE = "dns://127.0.0.1:9";

    private static final String TXT = "TXT";

    private final BoundedCalls calls;
    private final String servers;

    @Inject
    NameServers(BoundedCalls calls, Settings settings) {
        this.calls = calls;
        this.servers = settings.nameServer().map(URI::toString).orElse(OWN);
    }

    @Override
    public TxtAnswer at(String name, Instant deadline) {
        return calls.within(deadline, DNS, () -> ask(servers, FIRST_WAIT, name));
    }

    /// Loads what a question needs by one to where nobody listens.
    public void prepare() {
        try {
            var _ = ask(NOWHERE, Duration.ofMillis(1), "priming.invalid");
        } catch (RuntimeException e) {
            // As it must be.
        }
    }

    /// What JNDI is feared for is a name from outside that leads it to objects of strangers. Here the provider is
    /// the one for DNS whatever the name is, and it makes text of records and nothing else.
    @SuppressWarnings("BanJNDI")
    private static TxtAnswer ask(String servers, Duration firstWait, String name) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(DirContext.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(DirContext.PROVIDER_URL, servers);
        environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(firstWait.toMillis()));
        environment.put("com.sun.jndi.dns.timeout.retries", Integer.toString(TRIES));
        try {
            DirContext context = new InitialDirContext(environment);
            try {
                // The dot says that the name is whole: nothing that the machine searches through is put behind it.
                return values(Optional.ofNullable(
                        context.getAttributes(name + ".", new String[] {TXT}).get(TXT)));
            } finally {
                context.close();
            }
        } catch (NameNotFoundException e) {
            return new TxtAnswer.NoSuchName();
        } catch (ServiceUnavailableException e) {
            // SERVFAIL: ours could be reached, and found no way to theirs, or no signature that is right.
            return new TxtAnswer.Broken();
        } catch (NamingException e) {
            throw DNS.unavailable(e.getClass().getSimpleName());
        }
    }

    private static TxtAnswer values(Optional<Attribute> records) throws NamingException {
        List<String> values = new ArrayList<>();
        if (records.isPresent()) {
            for (Object value : Collections.list(records.get().getAll())) {
                values.add(unquoted(String.valueOf(value)));
            }
        }
        return new TxtAnswer.Values(values);
    }

    /// The client puts quotes around text that has space, quotes or backslashes in it.
    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1")
                : text;
    }
}
