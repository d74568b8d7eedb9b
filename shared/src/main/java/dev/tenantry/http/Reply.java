package dev.tenantry.http;

import dev.tenantry.storage.Change;
import java.util.List;
import java.util.Optional;

/// An answer, and what must happen before it is given.
///
/// @param change      empty if the request only reads
/// @param afterCommit what follows the change; empty if the change is all
/// @param note        empty if the status says all that an operator wants to know
public record Reply(
        Response response, Optional<Change> change, Optional<AfterCommit> afterCommit, Optional<Note> note) {

    /// What an operator wants to find in the log of how it went, besides the status.
    ///
    /// @param counts metrics that the request counts one for
    public record Note(String outcome, List<String> counts) {

        public Note {
            counts = List.copyOf(counts);
        }
    }

    /// Something that must follow a change before its answer is given and that no transaction can hold, such as
    /// sending a mail.
    @FunctionalInterface
    public interface AfterCommit {

        /// Runs it once the change is committed. If it throws, the change stays and the exception is the
        /// answer.
        ///
        /// @return what to write down of its success. The answer is given whether or not that can still be
        ///         written
        Change run();
    }

    Reply(Response response, Optional<Change> change) {
        this(response, change, Optional.empty(), Optional.empty());
    }

    /// This answer, given only after an action succeeded.
    public Reply after(AfterCommit newAction) {
        return new Reply(response, change, Optional.of(newAction), note);
    }

    /// This answer, with one more header.
    public Reply with(String header, String value) {
        return new Reply(response.with(header, value), change, afterCommit, note);
    }

    /// This answer, with a word for the log.
    public Reply noting(Optional<Note> newNote) {
        return new Reply(response, change, afterCommit, newNote);
    }
}
