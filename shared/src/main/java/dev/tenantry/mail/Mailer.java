package dev.tenantry.mail;

import dev.tenantry.refusal.Refusal.UpstreamUnavailable;

/// Sends mail.
@FunctionalInterface
public interface Mailer {

    /// Hands a mail over for delivery. Returns once that is certain, within 5 seconds.
    ///
    /// @throws UpstreamUnavailable if it is not certain; the mail may have been sent all the same
    void send(Mail mail);

    /// Gets ready to send, without sending anything.
    default void prepare() {}
}
