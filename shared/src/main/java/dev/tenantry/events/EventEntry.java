package dev.tenantry.events;

import dev.tenantry.identity.DomainPrefix;

/// Takes what is worth a place in an event's log line. Ids, counts and codes, never what a caller wrote.
public interface EventEntry {

    /// What sort of event it is, one of a handful.
    void kind(String name);

    /// The one tenant that the event is about.
    void tenant(DomainPrefix prefix);

    /// How it ended, in a word of the contract.
    void code(String word);

    /// Adds to a metric.
    ///
    /// @param metric its name in camel case; each function has a handful
    void count(String metric, long number);

    /// Says why something is counted under a metric; the first one is kept.
    ///
    /// @param words of ours, which repeat nothing of what a caller wrote
    void reason(String metric, String words);

    /// Says in a line of its own why one message of a delivery is not taken, and counts it.
    ///
    /// @param messageId what the queue calls it
    /// @param metric    under which it is counted
    /// @param words     of ours, which repeat nothing of what a caller wrote
    void refused(String messageId, String metric, String words);
}
