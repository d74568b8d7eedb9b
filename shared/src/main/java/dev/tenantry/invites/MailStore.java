package dev.tenantry.invites;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.TenantId;
import dev.tenantry.invites.LatestMails.Mailed;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import java.time.Instant;
import javax.inject.Inject;

/// The rows that tell which invites an address was lately sent, by all tenants together. They name no address: its
/// digest is their key.
public final class MailStore {

    private static final String VERSION = "version";
    private static final String MAILS = "mails";
    private static final String AT = "at";
    private static final String BY = "by";

    /// The table's TTL attribute.
    private static final String EXPIRES_AT = "expiresAt";

    private final Table table;

    @Inject
    MailStore(Table table) {
        this.table = table;
    }

    /// What an address was sent, to read along at the door.
    static Lookup<LatestMails> to(EmailIdentity receiver) {
        return Lookup.of(_ -> Keys.mailsTo(receiver), MailStore::read);
    }

    /// What an address was sent. One round trip.
    LatestMails latest(EmailIdentity receiver) {
        Row row = table.read(Keys.mailsTo(receiver));
        return row.isEmpty() ? LatestMails.NONE : read(row);
    }

    /// Adds to a change that an address was sent other mails, if what it was sent still is what it was read as.
    void write(Change change, EmailIdentity receiver, LatestMails from, LatestMails to, Instant now) {
        change.with(Update.of(Keys.mailsTo(receiver))
                .isVersion(VERSION, from.version())
                .set(VERSION, to.version())
                .set(MAILS, to.mails().stream().map(MailStore::row).toList())
                .set(EXPIRES_AT, now.plus(LatestMails.DAY).getEpochSecond() + 1));
    }

    private static Row row(Mailed mail) {
        return Row.with()
                .number(AT, mail.at().toEpochMilli())
                .number(BY, mail.by().value())
                .row();
    }

    private static LatestMails read(Row row) {
        return new LatestMails(
                row.number(VERSION),
                row.rows(MAILS).stream()
                        .map(mail ->
                                new Mailed(Instant.ofEpochMilli(mail.number(AT)), new TenantId((int) mail.number(BY))))
                        .toList());
    }
}
