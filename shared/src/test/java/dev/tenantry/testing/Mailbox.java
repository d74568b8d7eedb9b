package dev.tenantry.testing;

import dev.tenantry.mail.Mail;
import dev.tenantry.mail.Mailer;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps the mails that a core sends, or fails when it is told to.
public final class Mailbox implements Mailer {

    private static final Pattern TOKEN = Pattern.compile("token=([A-Za-z0-9_-]+)");

    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean prepared = new AtomicBoolean();

    @Override
    public void prepare() {
        prepared.set(true);
    }

    /// Whether it was told to get ready.
    public boolean isPrepared() {
        return prepared.get();
    }

    @Override
    public void send(Mail mail) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UpstreamUnavailable("mail service", "as told");
        }
        mails.add(mail);
    }

    /// Lets the next so many mails fail.
    public void failNext(int times) {
        failures.set(times);
    }

    /// The mails sent, oldest first.
    public List<Mail> mails() {
        return mails;
    }

    /// The token in a mail.
    public static String token(Mail mail) {
        Matcher token = TOKEN.matcher(mail.text());
        if (!token.find()) {
            throw new IllegalArgumentException("no token in " + mail);
        }
        return token.group(1);
    }

    /// The token in the latest mail.
    public String lastToken() {
        return token(mails.getLast());
    }
}
