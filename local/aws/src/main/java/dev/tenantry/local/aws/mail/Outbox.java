package dev.tenantry.local.aws.mail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The latest mails that were sent.
public final class Outbox {

    private static final int MOST = 1000;

    private final Deque<SentMail> mails = new ArrayDeque<>();

    synchronized void add(SentMail mail) {
        mails.addFirst(mail);
        if (mails.size() > MOST) {
            mails.removeLast();
        }
    }

    /// The latest mail to an address.
    synchronized Optional<SentMail> latestTo(String address) {
        return mails.stream()
                .filter(mail -> mail.to().equalsIgnoreCase(address))
                .findFirst();
    }

    /// `GET /_local/outbox`: the mails, newest first.
    public synchronized Response list(Request request) {
        ArrayNode list = Json.array();
        mails.forEach(mail -> list.add(mail.json()));
        return Response.json(200, Json.text(list));
    }
}
