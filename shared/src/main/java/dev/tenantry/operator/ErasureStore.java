package dev.tenantry.operator;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;

/// The rows by which an erasure goes on that was stopped: whom it is about, for what leads from one to another goes on
/// the way; which tenants it has still to see to, and how far it has; and with each person and address that it is
/// about, that it is.
final class ErasureStore {

    private static final String PEOPLE = "people";
    private static final String ADDRESSES = "addresses";

    /// What an erasure was begun for, in the rows by which others of the same person know of it.
    private static final String BY = "by";

    /// Another one whenever somebody remembers, so that nobody forgets meanwhile.
    private static final String MARK = "mark";

    /// Stands for everybody who is forgotten in a tenant: where others are meant, it begins anew.
    private static final String WHOM = "whom";

    /// Names the pass over the tenant's rows: who went over them before it notes nothing any more.
    private static final String PASS = "pass";

    /// The position of the last row that was seen to; absent if none was.
    private static final String SEEN_TO = "seenTo";

    private final RandomGenerator random;

    @Inject
    ErasureStore(RandomGenerator random) {
        this.random = random;
    }

    /// Whom an erasure is about.
    ///
    /// @param people    user ids
    /// @param addresses that they have or had
    record Known(Set<UserId> people, Set<EmailIdentity> addresses) {

        private String words(String attribute) {
            Stream<String> words = attribute.equals(PEOPLE)
                    ? people.stream().map(UserId::value)
                    : addresses.stream().map(EmailIdentity::digest);
            return words.sorted().collect(Collectors.joining(" "));
        }
    }

    /// A pass over a tenant's rows.
    ///
    /// @param name   of it
    /// @param seenTo position of the last row that was; empty if none was
    record Pass(String name, Optional<String> seenTo) {}

    static Known known(Row erasure) {
        return new Known(
                words(erasure, PEOPLE).map(UserId::new).collect(Collectors.toUnmodifiableSet()),
                words(erasure, ADDRESSES).map(EmailIdentity::new).collect(Collectors.toUnmodifiableSet()));
    }

    private static Stream<String> words(Row row, String attribute) {
        return Arrays.stream(row.text(attribute).split(" ")).filter(word -> !word.isEmpty());
    }

    /// Adds to a change whom an erasure is about, if nobody changed that since it was read, and that other erasures
    /// of the same person know of it.
    ///
    /// @param by what it was begun for
    void remember(Change change, Key erasure, Row read, Known known, String by) {
        String mark = Long.toHexString(random.nextLong());
        if (read.isEmpty()) {
            change.with(Put.newRow(
                    erasure,
                    Row.with()
                            .text(PEOPLE, known.words(PEOPLE))
                            .text(ADDRESSES, known.words(ADDRESSES))
                            .text(MARK, mark)
                            .row()));
        } else {
            change.with(Update.of(erasure)
                    .is(MARK, read.text(MARK))
                    .set(MARK, mark)
                    .set(PEOPLE, known.words(PEOPLE))
                    .set(ADDRESSES, known.words(ADDRESSES)));
        }
        if (read.isEmpty() || !known(read).equals(known)) {
            signs(erasure, known).forEach(sign -> change.with(Update.of(sign).set(BY, by)));
        }
    }

    private static Stream<Key> signs(Key erasure, Known known) {
        return Stream.concat(
                known.people().stream().map(person -> Keys.erasureOf(person, erasure)),
                known.addresses().stream().map(address -> Keys.erasureOf(address, erasure)));
    }

    /// Adds to a change that an erasure is over, if nobody remembered anything since it was read.
    static void forget(Change change, Key erasure, Row read) {
        if (!read.isEmpty()) {
            change.with(Delete.of(erasure).is(MARK, read.text(MARK)));
            signs(erasure, known(read)).forEach(sign -> change.with(Delete.ifThere(sign)));
        }
    }

    /// Whether a row is an erasure's own.
    static boolean isOfErasure(Row row) {
        return Keys.kind(row).startsWith("ERASURE");
    }

    /// Whether a row is of a tenant that an erasure has still to see to.
    static boolean isTenantOf(Key erasure, Row row) {
        return Keys.kind(row).equals("ERASURE_IN") && Keys.isBeside(erasure, row);
    }

    /// What another erasure was begun for, if a row tells of one.
    static Optional<String> other(Key erasure, Row row) {
        return row.optionalText(BY).filter(_ -> !Keys.isErasureOf(erasure, row));
    }

    /// Adds to a change that a tenant has still to be seen to.
    void intend(Change change, Key erasure, TenantScope scope) {
        change.with(Update.of(Keys.erasureIn(erasure, scope))
                .set(TenantDoors.TENANT, scope.tenant().value()));
    }

    /// The pass over a tenant's rows that is under way for the same people, to read along at the door.
    static Lookup<Optional<Pass>> pass(Key erasure, String whom) {
        return Lookup.of(
                scope -> Keys.erasureIn(erasure, scope),
                row -> Optional.of(row)
                        .filter(it -> it.optionalText(WHOM).equals(Optional.of(whom)))
                        .map(it -> new Pass(it.text(PASS), it.optionalText(SEEN_TO))));
    }

    /// Adds to a change that a pass begins at the first row, and every other ends.
    void begin(Change change, Key erasure, TenantScope scope, String whom, Pass pass) {
        change.with(Update.of(Keys.erasureIn(erasure, scope))
                .set(TenantDoors.TENANT, scope.tenant().value())
                .set(WHOM, whom)
                .set(PASS, pass.name())
                .remove(SEEN_TO));
    }

    /// Adds to a change how far a pass has come, if it is still the one that is under way.
    void note(Change change, Key erasure, TenantScope scope, Pass pass, String seenTo) {
        change.with(
                Update.of(Keys.erasureIn(erasure, scope)).is(PASS, pass.name()).set(SEEN_TO, seenTo));
    }

    /// Adds to a change that a tenant has been seen to, if it is still the one that is under way.
    void end(Change change, Key erasure, TenantScope scope, Pass pass) {
        change.with(Delete.of(Keys.erasureIn(erasure, scope)).is(PASS, pass.name()));
    }
}
