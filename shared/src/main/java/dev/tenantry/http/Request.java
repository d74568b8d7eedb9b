package dev.tenantry.http;

import dev.tenantry.http.Routes.Route;
import dev.tenantry.idempotency.IdempotencyRecord;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request to one endpoint, for one attempt at answering it.
public final class Request {

    private final HttpEvent event;
    private final Route route;
    private final Caller caller;
    private final TenantDoors doors;
    private final Reading reading;
    private final Idempotency idempotency;
    private final Instant received;
    private boolean admitted;
    private @Nullable TenantScope scope;
    private boolean preconditionRead;
    private @Nullable Query query;

    /// @param reading     of the body, the same for all attempts
    /// @param idempotency the same for all attempts
    /// @param received    when the first attempt at answering it began
    Request(
            HttpEvent event,
            Route route,
            Caller caller,
            TenantDoors doors,
            Reading reading,
            Idempotency idempotency,
            Instant received) {
        this.event = event;
        this.route = route;
        this.caller = caller;
        this.doors = doors;
        this.reading = reading;
        this.idempotency = idempotency;
        this.received = received;
        this.admitted = route.role().isEmpty();
    }

    Route route() {
        return route;
    }

    Idempotency idempotency() {
        return idempotency;
    }

    /// Who asks.
    public Caller caller() {
        return caller;
    }

    /// When it came: the same for every attempt at answering it.
    public Instant received() {
        return received;
    }

    /// What is about to be done, by a name that another service can tell it by: the same for every attempt and,
    /// with an `Idempotency-Key`, for every repetition.
    public String operation() {
        return idempotency.operation();
    }

    /// The way into the tenant that the path names, for the role that the route table names. Whoever was answered
    /// before gets no further, and neither does a query with parameters that the endpoint has not asked for by
    /// then: nothing is looked up and nobody is called for a request that is refused anyway.
    public Door door() {
        Optional<Lookup<IdempotencyRecord>> record = idempotency.lookup();
        Door door = admission();
        return lookups -> {
            if (record.isEmpty()) {
                TenantScope scope = door.open(lookups);
                requireKnownParameters();
                return scope;
            }
            Lookup<?>[] all = Arrays.copyOf(lookups, lookups.length + 1);
            all[lookups.length] = record.get();
            TenantScope scope = door.open(all);
            requireKnownParameters();
            idempotency.see(scope.found(record.get()));
            return scope;
        };
    }

    private void requireKnownParameters() {
        List<Fault> faults = query().untold();
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
    }

    /// Insists that the caller may use this endpoint, however badly the request is made.
    void admit() {
        admission().open();
    }

    private Door admission() {
        Role role = route.role().orElseThrow(() -> new IllegalStateException(route.key() + " has no tenant"));
        Door door = doors.member(caller, parameter("tenant"), role);
        return lookups -> {
            TenantScope opened = door.open(lookups);
            scope = opened;
            if (!event.method().equals("GET")) {
                opened.requireActive();
            }
            admitted = true;
            return opened;
        };
    }

    /// Where the caller was let in, if they were.
    Optional<TenantScope> scope() {
        return Optional.ofNullable(scope);
    }

    /// A parameter of the path, decoded.
    public String parameter(String name) {
        String value = event.parameters().get(name);
        if (value == null) {
            throw new IllegalStateException(route.key() + " has no parameter " + name);
        }
        return value;
    }

    /// The body, an object. Every attempt at the request gets the same.
    ///
    /// @throws InvalidRequest naming all its faults
    public <T> T body(Function<Fields, T> reader) {
        return reading.once(() -> Body.of(event).object(reader));
    }

    /// The body, an object; no body is one without fields. Every attempt at the request gets the same.
    ///
    /// @throws InvalidRequest naming all its faults
    public <T> T anyBody(Function<Fields, T> reader) {
        return reading.once(() -> Body.ofAny(event).object(reader));
    }

    /// The body, an array of at least one object. Every attempt at the request gets the same.
    ///
    /// @throws InvalidRequest naming all its faults
    public <T> List<T> bodyItems(int maxItems, Function<Fields, T> reader) {
        return reading.once(() -> Body.of(event).array(maxItems, reader));
    }

    /// The body, an object or an array of at least one. Every attempt at the request gets the same.
    ///
    /// @throws InvalidRequest naming all its faults
    public <T> Items<T> bodyOneOrMore(int maxItems, Function<Fields, T> reader) {
        return reading.once(() -> Body.of(event).oneOrMore(maxItems, reader));
    }

    /// The query's parameters.
    ///
    /// @throws InvalidRequest naming all its faults
    public <T> T query(Function<Query, T> reader) {
        return reader.apply(query());
    }

    /// Which page of a list is wanted.
    ///
    /// @throws InvalidRequest naming all its faults
    public PageRequest page() {
        return query(query -> query.complete(query.page()));
    }

    /// Which versions the caller is ready to change.
    public Precondition precondition() {
        preconditionRead = true;
        return ifMatch(new ArrayList<>());
    }

    /// What is wrong with what every endpoint of this method heeds, whether or not it reads it: the headers, of
    /// which a faulty one is taken for absent, and the query, of which nothing was told yet. It is told together
    /// with the faults of the body.
    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(query().untold());
        if (event.method().equals("POST")) {
            Idempotency.header(event, faults);
        } else {
            ifMatch(faults);
        }
        return faults;
    }

    private Precondition ifMatch(List<Fault> faults) {
        Optional<String> header = event.header("if-match");
        if (header.isEmpty()) {
            return Precondition.NONE;
        }
        try {
            return EntityTags.ifMatch(header.get());
        } catch (InvalidRequest e) {
            faults.addAll(e.faults());
            return Precondition.NONE;
        }
    }

    /// A precondition was set that this endpoint has no entity tag for, so that it cannot hold.
    boolean preconditionIsUnmet() {
        return !preconditionRead && !event.method().equals("POST") && ifMatch(new ArrayList<>()) != Precondition.NONE;
    }

    /// The caller was found to be allowed to use this endpoint.
    boolean isAdmitted() {
        return admitted;
    }

    /// This request's path and query, for the page after the position.
    String linkTo(String position) {
        return event.rawPath() + "?" + query().goingOnAfter(position);
    }

    /// Whether the answer is better given as CSV than as JSON.
    boolean prefersCsv() {
        return event.header("accept").filter(Accept::prefersCsv).isPresent();
    }

    private Query query() {
        if (query == null) {
            String list =
                    route.role().isPresent() ? parameter("tenant") : caller.id().value();
            query = new Query(event.rawQuery(), route.key() + "\n" + list);
        }
        return query;
    }
}
