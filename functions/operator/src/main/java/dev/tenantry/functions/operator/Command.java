package dev.tenantry.functions.operator;

import dev.tenantry.http.Fields;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.Language;
import dev.tenantry.operator.ListTenants;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.TenantName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// What the operator wants.
sealed interface Command {

    /// All tenants, a page of them.
    record ListAll(PageRequest page) implements Command {}

    record Show(DomainPrefix tenant) implements Command {}

    /// @param admin    who is invited
    /// @param language in which
    record Create(NewTenant tenant, EmailAddress admin, Language language) implements Command {}

    record Suspend(DomainPrefix tenant) implements Command {}

    record Resume(DomainPrefix tenant) implements Command {}

    record Delete(DomainPrefix tenant) implements Command {}

    record Restore(DomainPrefix tenant) implements Command {}

    record Purge(DomainPrefix tenant) implements Command {}

    /// Of all tenants whose retention is over: what the schedule wants.
    record PurgeDue() implements Command {}

    /// One of the two is there.
    record Erase(Optional<UserId> user, Optional<EmailIdentity> email) implements Command {}

    /// @param after where the page before ended
    record Export(DomainPrefix tenant, Optional<String> after) implements Command {}

    record Repair(DomainPrefix tenant) implements Command {}

    record OpenApi(DomainPrefix tenant) implements Command {}

    /// @param name     as the event has it
    /// @param isDryRun whether it is only looked what would be done
    record Ordered(String name, Command command, boolean isDryRun) {}

    /// @throws InvalidRequest naming all its faults
    static Ordered read(Fields event) {
        List<String> named = COMMANDS.keySet().stream().filter(event::has).toList();
        if (named.size() != 1) {
            throw new InvalidRequest("", "must have one command of " + String.join(", ", COMMANDS.keySet()));
        }
        String name = named.getFirst();
        List<Fault> faults = new ArrayList<>();
        Optional<Command> command = event.object(name).flatMap(body -> {
            try {
                return Optional.of(Objects.requireNonNull(COMMANDS.get(name)).apply(body));
            } catch (InvalidRequest e) {
                faults.addAll(e.faults());
                return Optional.empty();
            }
        });
        var dryRun = event.optionalFlag("dryRun");
        if (event.has("dryRun") && LOOKING.contains(name)) {
            event.fault("dryRun", "is for commands that change something");
        }
        try {
            boolean isDryRun = event.complete(dryRun).orElse(false);
            if (faults.isEmpty()) {
                return new Ordered(name, command.orElseThrow(), isDryRun);
            }
        } catch (InvalidRequest e) {
            faults.addAll(e.faults());
        }
        throw new InvalidRequest(faults);
    }

    /// Commands that change nothing.
    List<String> LOOKING = List.of("list", "show", "export");

    /// How each is read, in the order in which they are told of.
    Map<String, Function<Fields, Command>> COMMANDS = commands();

    private static Map<String, Function<Fields, Command>> commands() {
        Map<String, Function<Fields, Command>> commands = new LinkedHashMap<>();
        commands.put("list", Command::list);
        commands.put("show", body -> ofTenant(body, Show::new));
        commands.put("create", Command::create);
        commands.put("suspend", body -> ofTenant(body, Suspend::new));
        commands.put("resume", body -> ofTenant(body, Resume::new));
        commands.put("delete", body -> ofTenant(body, Delete::new));
        commands.put("restore", body -> ofTenant(body, Restore::new));
        commands.put("purge", body -> ofTenant(body, Purge::new));
        commands.put("purgeDue", body -> body.complete(PurgeDue::new));
        commands.put("erase", Command::erase);
        commands.put("export", Command::export);
        commands.put("repair", body -> ofTenant(body, Repair::new));
        commands.put("openApi", body -> ofTenant(body, OpenApi::new));
        return commands;
    }

    private static Command ofTenant(Fields body, Function<DomainPrefix, Command> type) {
        var tenant = body.required("tenant", Command::prefix);
        return body.complete(() -> type.apply(tenant.get()));
    }

    private static Command list(Fields body) {
        var limit = body.optionalInteger("limit", Command::limit);
        var cursor = body.optional("cursor", Command::prefix);
        return body.complete(() -> new ListAll(new PageRequest(
                limit.get().orElse(ListTenants.LARGEST_PAGE), cursor.get().map(DomainPrefix::value))));
    }

    private static Command create(Fields body) {
        var name = body.required("name", TenantName::new);
        var domainPrefix = body.required("domainPrefix", DomainPrefix::forNewTenant);
        var admin = body.required("admin", EmailAddress::new);
        var language = body.optional("language", Language::new);
        return body.complete(() -> new Create(
                new NewTenant(name.get(), domainPrefix.get()),
                admin.get(),
                language.get().orElseGet(() -> new Language("en"))));
    }

    private static Command erase(Fields body) {
        var user = body.optional("userId", Command::person);
        var email = body.optional("email", Command::address);
        if (body.has("userId") == body.has("email")) {
            body.fault("userId", "must be there, or else email: one of them");
        }
        return body.complete(() -> new Erase(user.get(), email.get()));
    }

    private static Command export(Fields body) {
        var tenant = body.required("tenant", Command::prefix);
        var cursor = body.optional("cursor", text -> text);
        return body.complete(() -> new Export(tenant.get(), cursor.get()));
    }

    private static DomainPrefix prefix(String text) {
        return DomainPrefix.inPath(text)
                .orElseThrow(() -> new InvalidValue("must be the domain prefix of a tenant, such as acme"));
    }

    /// Whatever an identity provider may take for an address, since members are called so: more than can be
    /// invited.
    private static EmailIdentity address(String text) {
        if (text.strip().lastIndexOf('@') < 1) {
            throw new InvalidValue("must be an e-mail address, such as a list of users has");
        }
        return EmailIdentity.of(text);
    }

    private static UserId person(String text) {
        return UserId.of(text)
                .filter(UserId::isPerson)
                .orElseThrow(
                        () -> new InvalidValue("must be a user id, such as a list of users or the audit trail has"));
    }

    private static int limit(long number) {
        if (number < 1 || number > ListTenants.LARGEST_PAGE) {
            throw new InvalidValue("must be 1 to " + ListTenants.LARGEST_PAGE);
        }
        return (int) number;
    }
}
