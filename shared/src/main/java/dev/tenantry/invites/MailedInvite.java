package dev.tenantry.invites;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.text.PathId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which mail of which invite something is about, as the tags of the mail say. No address is among them: one that an
/// event names could be anybody's.
///
/// @param tokenDigest digest of the token that the mail carried: no other mail, of this invite or another, has it
public record MailedInvite(DomainPrefix tenant, long inviteId, String tokenDigest) {

    private static final String TENANT = "tenant";
    private static final String INVITE = "invite";
    private static final String MAIL = "mail";

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /// The mail of an invite that was issued.
    static MailedInvite of(IssuedInvite issued) {
        return new MailedInvite(
                issued.scope().tenant(), issued.invite().id(), issued.invite().tokenDigest());
    }

    /// What tags tell; empty if they are no invite's.
    public static Optional<MailedInvite> of(Map<String, String> tags) {
        Optional<DomainPrefix> tenant = DomainPrefix.inPath(tags.getOrDefault(TENANT, ""));
        Optional<Long> invite = PathId.inPath(tags.getOrDefault(INVITE, ""));
        String digest = tags.getOrDefault(MAIL, "");
        return tenant.isPresent()
                        && invite.isPresent()
                        && DIGEST.matcher(digest).matches()
                ? Optional.of(new MailedInvite(tenant.get(), invite.get(), digest))
                : Optional.empty();
    }

    Map<String, String> tags() {
        return Map.of(TENANT, tenant.value(), INVITE, Long.toString(inviteId), MAIL, tokenDigest);
    }
}
