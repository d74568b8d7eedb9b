package dev.tenantry.refusal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A request that the service understood and turns down. Use cases and stores throw it; `http/Problems` is the one
/// place that gives it a status and words. It carries what a reader needs, never a secret.
public abstract sealed class Refusal extends RuntimeException {

    private Refusal() {
        // Refusals are answers, not accidents: nobody reads their stack trace.
        super(null, null, false, false);
    }

    /// One thing wrong with a request.
    ///
    /// @param pointer where: an RFC 6901 pointer into the body (`/name`, `""` for all of it), `?name` for a query
    ///                parameter, or a header's name
    /// @param message what to do about it, to follow the pointer in a sentence
    public record Fault(String pointer, String message) {}

    /// More is asked for at once than is given.
    public static final class RangeTooLarge extends Refusal {
        private final int maxWindows;

        public RangeTooLarge(int maxWindows) {
            this.maxWindows = maxWindows;
        }

        public int maxWindows() {
            return maxWindows;
        }
    }

    /// The request is malformed or invalid; all its faults are named.
    public static final class InvalidRequest extends Refusal {
        private final List<Fault> faults;

        public InvalidRequest(List<Fault> faults) {
            this.faults = List.copyOf(faults);
        }

        public InvalidRequest(String pointer, String message) {
            this(List.of(new Fault(pointer, message)));
        }

        /// The same request with further faults; those it has already count once.
        public InvalidRequest and(List<Fault> others) {
            Set<Fault> all = new LinkedHashSet<>(faults);
            all.addAll(others);
            return new InvalidRequest(List.copyOf(all));
        }

        public List<Fault> faults() {
            return faults;
        }
    }

    /// The verified token lacks a claim that this request needs.
    public static final class UnusableIdentity extends Refusal {
        private final String claim;

        public UnusableIdentity(String claim) {
            this.claim = claim;
        }

        public String claim() {
            return claim;
        }
    }

    /// The identity provider does not vouch for the caller's e-mail address.
    public static final class EmailNotVerified extends Refusal {}

    /// No such path.
    public static final class NotFound extends Refusal {}

    /// The path exists, but not with this method.
    public static final class MethodNotAllowed extends Refusal {
        private final List<String> allowed;

        public MethodNotAllowed(List<String> allowed) {
            this.allowed = List.copyOf(allowed);
        }

        public List<String> allowed() {
            return allowed;
        }
    }

    /// Unknown, deleted, or the caller is no member: one answer, so that nobody learns which tenants exist.
    public static final class TenantNotFound extends Refusal {}

    /// The operator has suspended the tenant: it can be looked at, not changed.
    public static final class TenantSuspended extends Refusal {}

    /// The caller is a member whose role is too low.
    public static final class InsufficientRole extends Refusal {
        private final String required;

        public InsufficientRole(String required) {
            this.required = required;
        }

        public String required() {
            return required;
        }
    }

    /// The tenant's allowlist has no entry for the address that the caller calls from.
    public static final class IpNotAllowed extends Refusal {
        private final String ip;

        public IpNotAllowed(String ip) {
            this.ip = ip;
        }

        public String ip() {
            return ip;
        }
    }

    /// No such entry in the tenant's allowlist.
    public static final class IpNotFound extends Refusal {}

    /// The allowlist has the same block in the same scope already.
    public static final class DuplicateIp extends Refusal {
        private final String ip;
        private final String scope;
        private final long id;

        /// @param id of the entry that is there
        public DuplicateIp(String ip, String scope, long id) {
            this.ip = ip;
            this.scope = scope;
            this.id = id;
        }

        public String ip() {
            return ip;
        }

        public String scope() {
            return scope;
        }

        public long id() {
            return id;
        }
    }

    /// No such charger profile in the tenant.
    public static final class ProfileNotFound extends Refusal {}

    /// The default profile, which cannot cease to be it except by another one's becoming it.
    public static final class DefaultProfile extends Refusal {}

    /// The tenant has no charger profile yet.
    public static final class NoProfile extends Refusal {}

    /// Something needs the charger profile.
    public static final class ProfileInUse extends Refusal {
        private final long chargers;
        private final boolean provisioning;

        /// @param chargers     how many chargers have it
        /// @param provisioning whether an open provisioning window gives it to new chargers
        public ProfileInUse(long chargers, boolean provisioning) {
            this.chargers = chargers;
            this.provisioning = provisioning;
        }

        public long chargers() {
            return chargers;
        }

        public boolean provisioning() {
            return provisioning;
        }
    }

    /// The tenant has no chargers of these numbers.
    public static final class ChargerNotFound extends Refusal {
        private final List<String> ids;

        public ChargerNotFound(List<String> ids) {
            this.ids = List.copyOf(ids);
        }

        public List<String> ids() {
            return ids;
        }
    }

    /// The tenant has chargers of these identities already.
    public static final class ChargerExists extends Refusal {
        private final List<String> identities;

        public ChargerExists(List<String> identities) {
            this.identities = List.copyOf(identities);
        }

        public List<String> identities() {
            return identities;
        }
    }

    /// There is no provisioning window to change.
    public static final class ProvisioningOff extends Refusal {}

    /// The tenant has as many of these as it may have.
    public static final class LimitReached extends Refusal {
        private final String things;
        private final int limit;
        private final boolean isSubscribed;

        /// @param things in the plural, as people call them
        public LimitReached(String things, int limit) {
            this(things, limit, false);
        }

        /// @param isSubscribed so many as the tenant's subscription is for, and none without one
        public LimitReached(String things, int limit, boolean isSubscribed) {
            this.things = things;
            this.limit = limit;
            this.isSubscribed = isSubscribed;
        }

        public boolean isSubscribed() {
            return isSubscribed;
        }

        public String things() {
            return things;
        }

        public int limit() {
            return limit;
        }
    }

    /// The person has created as many tenants as they may have.
    public static final class TooManyTenants extends Refusal {
        private final int limit;

        public TooManyTenants(int limit) {
            this.limit = limit;
        }

        public int limit() {
            return limit;
        }
    }

    /// The operator alone creates tenants.
    public static final class TenantCreationClosed extends Refusal {}

    /// An address has got a mail a moment ago, or too many of them.
    public static final class InviteTooSoon extends Refusal {
        private final long retryAfterSeconds;

        /// @param retryAfterSeconds from when on it may get another one
        public InviteTooSoon(long retryAfterSeconds) {
            this.retryAfterSeconds = retryAfterSeconds;
        }

        public long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /// The tenant has sent as many invites as it may send on a day.
    public static final class InviteQuota extends Refusal {
        private final int limit;
        private final long retryAfterSeconds;

        /// @param retryAfterSeconds until the next day
        public InviteQuota(int limit, long retryAfterSeconds) {
            this.limit = limit;
            this.retryAfterSeconds = retryAfterSeconds;
        }

        public int limit() {
            return limit;
        }

        public long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /// The tenant pays, and would go on paying once it is deleted.
    public static final class SubscriptionActive extends Refusal {}

    /// The tenant has a subscription that Stripe has not ended.
    public static final class AlreadySubscribed extends Refusal {}

    /// The product costs another currency than something that the tenant has at Stripe.
    public static final class OtherCurrency extends Refusal {}

    /// Entries of an allowlist's scope would run out, and none would stay.
    public static final class PermanentEntryNeeded extends Refusal {
        private final String scope;

        public PermanentEntryNeeded(String scope) {
            this.scope = scope;
        }

        public String scope() {
            return scope;
        }
    }

    /// After the change, whoever asks for it could not call from where they are.
    public static final class WouldLockOutCaller extends Refusal {
        private final String ip;

        public WouldLockOutCaller(String ip) {
            this.ip = ip;
        }

        public String ip() {
            return ip;
        }
    }

    /// These are no users of this tenant.
    public static final class UserNotFound extends Refusal {
        private final List<String> userIds;

        public UserNotFound(List<String> userIds) {
            this.userIds = List.copyOf(userIds);
        }

        public List<String> userIds() {
            return userIds;
        }
    }

    /// Somebody has, or once had, this domain prefix.
    public static final class DomainPrefixTaken extends Refusal {
        private final String domainPrefix;

        public DomainPrefixTaken(String domainPrefix) {
            this.domainPrefix = domainPrefix;
        }

        public String domainPrefix() {
            return domainPrefix;
        }
    }

    /// Another tenant has proven that it has this host.
    public static final class DomainTaken extends Refusal {
        private final String host;

        public DomainTaken(String host) {
            this.host = host;
        }

        public String host() {
            return host;
        }
    }

    /// DNS does not say that the tenant's custom domain is its own.
    public static final class DomainNotVerified extends Refusal {

        /// What there is instead of the record.
        public enum Instead {
            /// The tenant has no custom domain that a record could prove.
            NO_DOMAIN,
            /// The record's name is not in DNS.
            NO_NAME,
            /// The record's name is there, without any TXT record.
            NO_RECORD,
            /// The record's name is there, with other TXT records.
            OTHER_RECORDS,
            /// The domain's name servers give no valid answer.
            NO_ANSWER
        }

        private final Instead instead;
        private final String name;
        private final List<String> values;

        /// @param name   where the record was looked for
        /// @param values of the TXT records that are there, whoever wrote them
        public DomainNotVerified(Instead instead, String name, List<String> values) {
            this.instead = instead;
            this.name = name;
            this.values = List.copyOf(values);
        }

        public Instead instead() {
            return instead;
        }

        public String name() {
            return name;
        }

        public List<String> values() {
            return values;
        }
    }

    /// The change would leave the tenant without an admin.
    public static final class LastAdmin extends Refusal {}

    /// The person is a member of this tenant already.
    public static final class AlreadyMember extends Refusal {}

    /// No invite: unknown, or replaced by a newer one.
    public static final class InviteNotFound extends Refusal {}

    /// The invite was sent to another address than the caller's verified one.
    public static final class InviteEmailMismatch extends Refusal {}

    /// The invite's time is up.
    public static final class InviteExpired extends Refusal {}

    /// An admin took the invite back.
    public static final class InviteRevoked extends Refusal {}

    /// The invite was accepted before.
    public static final class InviteAlreadyUsed extends Refusal {}

    /// The tenant never had a subscription.
    public static final class SubscriptionNotFound extends Refusal {}

    /// The resource is no longer what `If-Match` says it is.
    public static final class PreconditionFailed extends Refusal {}

    /// The body is too large.
    public static final class PayloadTooLarge extends Refusal {
        private final int maxBytes;

        public PayloadTooLarge(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        public int maxBytes() {
            return maxBytes;
        }
    }

    /// The body is not JSON in UTF-8.
    public static final class UnsupportedMediaType extends Refusal {}

    /// The body is compressed.
    public static final class UnsupportedContentEncoding extends Refusal {}

    /// The idempotency key was used with another body.
    public static final class IdempotencyKeyReused extends Refusal {}

    /// A request with this idempotency key is still under way.
    public static final class IdempotencyInProgress extends Refusal {}

    /// The operator has left mail out, so no invite can be sent.
    public static final class MailNotConfigured extends Refusal {}

    /// The operator has left Stripe out, so nothing can be sold.
    public static final class BillingNotConfigured extends Refusal {}

    /// A service that this one relies on failed or took too long. What was changed before stays changed.
    public static final class UpstreamUnavailable extends Refusal {
        private final String upstream;
        private final String reason;
        private final boolean lasting;

        /// @param upstream what the service does, to follow "the" in a sentence (`mail service`)
        /// @param reason   for the operator's log, never for the caller
        public UpstreamUnavailable(String upstream, String reason) {
            this(upstream, reason, false);
        }

        /// @param lasting it fails until an operator has changed something
        public UpstreamUnavailable(String upstream, String reason, boolean lasting) {
            this.upstream = upstream;
            this.reason = reason;
            this.lasting = lasting;
        }

        public boolean lasting() {
            return lasting;
        }

        public String upstream() {
            return upstream;
        }

        public String reason() {
            return reason;
        }
    }

    /// The storage throttles, is out of reach, or too many changes meet. Whether anything was changed is unknown.
    public static final class Unavailable extends Refusal {
        private final String reason;

        /// @param reason for the operator's log, never for the caller
        public Unavailable(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }
}
