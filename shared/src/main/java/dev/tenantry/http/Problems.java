package dev.tenantry.http;

import dev.tenantry.refusal.Refusal;
import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.AlreadySubscribed;
import dev.tenantry.refusal.Refusal.BillingNotConfigured;
import dev.tenantry.refusal.Refusal.ChargerExists;
import dev.tenantry.refusal.Refusal.ChargerNotFound;
import dev.tenantry.refusal.Refusal.DefaultProfile;
import dev.tenantry.refusal.Refusal.DomainNotVerified;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.DomainTaken;
import dev.tenantry.refusal.Refusal.DuplicateIp;
import dev.tenantry.refusal.Refusal.EmailNotVerified;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.IdempotencyInProgress;
import dev.tenantry.refusal.Refusal.IdempotencyKeyReused;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.InviteAlreadyUsed;
import dev.tenantry.refusal.Refusal.InviteEmailMismatch;
import dev.tenantry.refusal.Refusal.InviteExpired;
import dev.tenantry.refusal.Refusal.InviteNotFound;
import dev.tenantry.refusal.Refusal.InviteQuota;
import dev.tenantry.refusal.Refusal.InviteRevoked;
import dev.tenantry.refusal.Refusal.InviteTooSoon;
import dev.tenantry.refusal.Refusal.IpNotAllowed;
import dev.tenantry.refusal.Refusal.IpNotFound;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.refusal.Refusal.MailNotConfigured;
import dev.tenantry.refusal.Refusal.MethodNotAllowed;
import dev.tenantry.refusal.Refusal.NoProfile;
import dev.tenantry.refusal.Refusal.NotFound;
import dev.tenantry.refusal.Refusal.OtherCurrency;
import dev.tenantry.refusal.Refusal.PayloadTooLarge;
import dev.tenantry.refusal.Refusal.PermanentEntryNeeded;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.ProfileInUse;
import dev.tenantry.refusal.Refusal.ProfileNotFound;
import dev.tenantry.refusal.Refusal.ProvisioningOff;
import dev.tenantry.refusal.Refusal.RangeTooLarge;
import dev.tenantry.refusal.Refusal.SubscriptionActive;
import dev.tenantry.refusal.Refusal.SubscriptionNotFound;
import dev.tenantry.refusal.Refusal.TenantCreationClosed;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.TenantSuspended;
import dev.tenantry.refusal.Refusal.TooManyTenants;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UnsupportedContentEncoding;
import dev.tenantry.refusal.Refusal.UnsupportedMediaType;
import dev.tenantry.refusal.Refusal.UnusableIdentity;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.refusal.Refusal.WouldLockOutCaller;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.text.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Refusals as `application/problem+json` (RFC 9457): the only place that knows their status, code and words.
final class Problems {

    /// @param code the stable word that clients branch on
    record Problem(
            int status, String code, String title, String detail, Map<String, String> headers, List<Fault> faults) {

        Problem(int status, String code, String title, String detail) {
            this(status, code, title, detail, Map.of(), List.of());
        }
    }

    private static final int MOST_FAULTS = 100;
    private static final int MOST_IN_WORDS = 10;
    private static final int LONGEST_POINTER = 200;
    private static final int MOST_VALUES = 5;
    private static final int LONGEST_VALUE = 100;

    /// What a path may hold besides letters and digits.
    private static final String PATH_MARKS = "/-._~!$&'()*+,;=:@";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Problems() {}

    static Problem of(Refusal refusal) {
        return switch (refusal) {
            case InvalidRequest r ->
                new Problem(
                        400,
                        "invalid_request",
                        "The request is malformed or invalid",
                        sentence(r),
                        Map.of(),
                        shown(r.faults()));
            case UnusableIdentity r ->
                new Problem(
                        403,
                        "unusable_identity",
                        "The token lacks a claim",
                        "Your token has no usable claim \"" + r.claim()
                                + "\", which this request needs. Send the identity provider's ID token.");
            case NotFound _ ->
                new Problem(404, "not_found", "No such path", "There is nothing at this path. See the API reference.");
            case MethodNotAllowed r ->
                new Problem(
                        405,
                        "method_not_allowed",
                        "Method not allowed",
                        "This path allows " + String.join(", ", r.allowed()) + ".",
                        Map.of("Allow", String.join(", ", r.allowed())),
                        List.of());
            case TenantNotFound _ ->
                new Problem(
                        404,
                        "tenant_not_found",
                        "No such tenant",
                        "There is no such tenant, or you are not a member of it.");
            case TenantSuspended _ ->
                new Problem(
                        403,
                        "tenant_suspended",
                        "The tenant is suspended",
                        "The operator of this service has suspended this tenant: it can be looked at, but not changed, and its"
                                + " chargers may not connect. Ask the operator to resume it.");
            case InsufficientRole r ->
                new Problem(
                        403,
                        "insufficient_role",
                        "Your role is too low",
                        "This needs the role " + r.required() + " in this tenant. Ask one of its admins for it.");
            case IpNotAllowed r ->
                new Problem(
                        403,
                        "ip_not_allowed",
                        "Your IP address is not allowed",
                        "The tenant's allowlist does not have your address " + r.ip()
                                + ". Call from an address that is on it, or ask one of the tenant's admins to add yours.");
            case IpNotFound _ ->
                new Problem(404, "ip_not_found", "No such entry", "The tenant's allowlist has no entry with this id.");
            case DuplicateIp r ->
                new Problem(
                        409,
                        "duplicate_ip",
                        "The allowlist already has this entry",
                        "Entry " + r.id() + " of the allowlist already has " + r.ip() + " in the scope " + r.scope()
                                + ".");
            case RangeTooLarge r ->
                new Problem(
                        400,
                        "range_too_large",
                        "The range is too large",
                        "A range can have at most " + r.maxWindows()
                                + " windows. Ask for a longer interval or a shorter range.");
            case ProfileNotFound _ ->
                new Problem(
                        404, "profile_not_found", "No such profile", "The tenant has no charger profile with this id.");
            case DefaultProfile _ ->
                new Problem(
                        409,
                        "default_profile",
                        "This is the default profile",
                        "A tenant with profiles needs a default, and this is it. First make another profile the default:"
                                + " set its isDefault to true.");
            case NoProfile _ ->
                new Problem(
                        409,
                        "no_profile",
                        "There is no charger profile",
                        "New chargers need a charger profile, and the tenant has none. Create one first.");
            case ProfileInUse r -> new Problem(409, "profile_in_use", "The profile is in use", inUse(r));
            case ChargerNotFound r ->
                new Problem(
                        404,
                        "charger_not_found",
                        "No such charger",
                        r.ids().size() == 1
                                ? "The tenant has no charger with the id "
                                        + r.ids().getFirst() + "."
                                : "The tenant has no chargers with the ids " + String.join(", ", r.ids())
                                        + ". Nothing was changed.");
            case ChargerExists r ->
                new Problem(
                        409,
                        "charger_exists",
                        "The charger is there already",
                        r.identities().size() == 1
                                ? "The tenant already has a charger "
                                        + r.identities().getFirst() + ". Identities that differ in case alone are one."
                                : "The tenant already has the chargers " + String.join(", ", r.identities())
                                        + ". Identities that differ in case alone are one. Nothing was added.");
            case ProvisioningOff _ ->
                new Problem(
                        409,
                        "provisioning_off",
                        "Provisioning is off",
                        "Provisioning is off, so there is no window to change. Start it instead.");
            case LimitReached r ->
                new Problem(
                        409,
                        "limit_reached",
                        "The limit is reached",
                        r.isSubscribed()
                                ? "The tenant has a subscription for " + r.limit() + " " + r.things()
                                        + ". Subscribe to more in the billing portal first, or remove one."
                                : "A tenant can have at most " + r.limit() + " " + r.things() + ". Remove one first.");
            case PermanentEntryNeeded r ->
                new Problem(
                        409,
                        "permanent_entry_needed",
                        "An entry that does not expire is needed",
                        "An entry of the allowlist's scope " + r.scope()
                                + " may expire only beside one that does not. Add one without expiresAt first.");
            case WouldLockOutCaller r ->
                new Problem(
                        409,
                        "would_lock_out_caller",
                        "This would lock you out",
                        "After this change the allowlist would not let you in from " + r.ip()
                                + ", the address that you are calling from. Add an entry for it first.");
            case UserNotFound r ->
                new Problem(
                        404,
                        "user_not_found",
                        "No such user",
                        r.userIds().size() == 1
                                ? r.userIds().getFirst() + " is not a user of this tenant."
                                : String.join(", ", r.userIds())
                                        + " are not users of this tenant. Nothing was changed.");
            case DomainPrefixTaken r ->
                new Problem(
                        409,
                        "domain_prefix_taken",
                        "The domain prefix is taken",
                        "The domain prefix " + r.domainPrefix()
                                + " belongs or once belonged to a tenant. Choose another one.");
            case DomainTaken r ->
                new Problem(
                        409,
                        "domain_taken",
                        "The custom domain is taken",
                        "Another tenant has proven that " + r.host()
                                + " is its own. It has to give that up before yours" + " can have it.");
            case DomainNotVerified r ->
                new Problem(409, "domain_not_verified", "The custom domain is not verified", found(r));
            case LastAdmin _ ->
                new Problem(
                        409,
                        "last_admin",
                        "A tenant needs an admin",
                        "This would leave the tenant without an admin. Make somebody else an admin first.");
            case AlreadyMember _ ->
                new Problem(
                        409, "already_member", "Already a member", "This person is already a member of this tenant.");
            case InviteNotFound _ ->
                new Problem(
                        404,
                        "invite_not_found",
                        "No such invite",
                        "There is no such invite. If a newer one was sent, use the link in the latest mail.");
            case TooManyTenants r ->
                new Problem(
                        409,
                        "limit_reached",
                        "The limit is reached",
                        "You can have created at most " + r.limit()
                                + " tenants that are not deleted. Delete one first.");
            case TenantCreationClosed _ ->
                new Problem(
                        403,
                        "tenant_creation_closed",
                        "Only the operator creates tenants",
                        "This service's operator creates tenants. Ask them for one.");
            case InviteTooSoon r ->
                new Problem(
                        429,
                        "invite_too_soon",
                        "This address has just got a mail",
                        "This address has got a mail a moment ago, or many of them today. Try again after the seconds in"
                                + " Retry-After.",
                        Map.of("Retry-After", Long.toString(r.retryAfterSeconds())),
                        List.of());
            case InviteQuota r ->
                new Problem(
                        429,
                        "invite_quota",
                        "The tenant has sent too many invites",
                        "A tenant can send at most " + r.limit()
                                + " invites a day. Try again after the seconds in Retry-After.",
                        Map.of("Retry-After", Long.toString(r.retryAfterSeconds())),
                        List.of());
            case EmailNotVerified _ ->
                new Problem(
                        403,
                        "email_not_verified",
                        "Your e-mail address is not verified",
                        "Your account has no verified e-mail address. Verify it with your identity provider, then sign in"
                                + " again.");
            case InviteEmailMismatch _ ->
                new Problem(
                        403,
                        "invite_email_mismatch",
                        "The invite is for another address",
                        "Your account's verified e-mail address is not the one that this invite was sent to. Sign in with"
                                + " the account of that address.");
            case InviteExpired _ ->
                new Problem(
                        410, "invite_expired", "The invite has expired", "This invite has expired. Ask for a new one.");
            case InviteRevoked _ ->
                new Problem(
                        410, "invite_revoked", "The invite was revoked", "This invite was revoked. Ask for a new one.");
            case InviteAlreadyUsed _ ->
                new Problem(
                        409, "invite_already_used", "The invite was already used", "This invite was already accepted.");
            case SubscriptionActive _ ->
                new Problem(
                        409,
                        "subscription_active",
                        "The tenant has a subscription",
                        "A subscription of the tenant's goes on, and deleting the tenant would not end it. Cancel it in"
                                + " the billing portal first.");
            case AlreadySubscribed _ ->
                new Problem(
                        409,
                        "already_subscribed",
                        "There is a subscription already",
                        "The tenant has a subscription that has not ended. Change it, pay it or cancel it in the billing"
                                + " portal. One whose first payment was never finished ends by itself within a day.");
            case OtherCurrency _ ->
                new Problem(
                        409,
                        "other_currency",
                        "The currency is another",
                        "The tenant has something at the payment service that is in another currency, such as an open"
                                + " invoice item, a discount or a quote, and can have one currency at a time. Choose a"
                                + " product in that currency, or have the operator end what there is.");
            case SubscriptionNotFound _ ->
                new Problem(404, "subscription_not_found", "No subscription", "This tenant has no subscription yet.");
            case PreconditionFailed _ ->
                new Problem(
                        412,
                        "precondition_failed",
                        "The resource has changed",
                        "The resource's ETag is not the one in If-Match. Read the resource again, then repeat your change.");
            case PayloadTooLarge r ->
                new Problem(
                        413,
                        "payload_too_large",
                        "The body is too large",
                        "The body can have at most " + r.maxBytes() + " bytes.");
            case UnsupportedMediaType _ ->
                new Problem(
                        415,
                        "unsupported_media_type",
                        "The body must be JSON",
                        "Send JSON in UTF-8 with the header Content-Type: application/json.");
            // The same title and code: for a client it is one fault, a body in another form than wanted.
            case UnsupportedContentEncoding _ ->
                new Problem(
                        415,
                        "unsupported_media_type",
                        "The body must be JSON",
                        "The body is compressed. Send it as it is, without Content-Encoding.",
                        // Tells it from a wrong media type (RFC 9110 §12.5.3).
                        Map.of("Accept-Encoding", "identity"),
                        List.of());
            case IdempotencyKeyReused _ ->
                new Problem(
                        422,
                        "idempotency_key_reused",
                        "The idempotency key was already used",
                        "This Idempotency-Key was already used with another body. Use a new key for a new request.");
            case IdempotencyInProgress _ ->
                new Problem(
                        409,
                        "idempotency_in_progress",
                        "The first request is still in progress",
                        "A request with this Idempotency-Key is still in progress. Repeat yours in a moment to get its"
                                + " answer.",
                        Map.of("Retry-After", "1"),
                        List.of());
            // Not 5xx, though it is for the operator to change: they chose it, and no alarm shall tell them so.
            case MailNotConfigured _ ->
                new Problem(
                        409,
                        "mail_not_configured",
                        "This service sends no mail",
                        "The operator of this service has not set up mail, so nobody can be invited. Ask them to.");
            case BillingNotConfigured _ ->
                new Problem(
                        409,
                        "billing_not_configured",
                        "This service sells nothing",
                        "The operator of this service has not set up billing, so nothing can be subscribed to or paid"
                                + " here. Ask them about it.");
            case UpstreamUnavailable r ->
                new Problem(
                        502,
                        "upstream_unavailable",
                        "A service we rely on failed",
                        r.lasting()
                                ? "The " + r.upstream() + " turned down what this service asked of it. That is for the"
                                        + " operator of this service to put right; repeating the request does not help"
                                        + " before. Tell them the requestId."
                                : "The " + r.upstream()
                                        + " failed or took too long. Repeat the request: what was already"
                                        + " stored is kept, and nothing is done twice.");
            case Unavailable _ ->
                new Problem(
                        503,
                        "unavailable",
                        "The service is busy",
                        "The service is busy or cannot reach its storage. Try again; a POST is safe to repeat if it has"
                                + " an Idempotency-Key.",
                        Map.of("Retry-After", "1"),
                        List.of());
        };
    }

    private static String found(DomainNotVerified refusal) {
        return switch (refusal.instead()) {
            case NO_DOMAIN -> "The tenant has no custom domain. Set customDomain first.";
            case NO_NAME ->
                "DNS has no name " + refusal.name()
                        + " yet. Publish the TXT record of customDomainRecord; until others see"
                        + " it can take as long as the domain's zone says (the last number of its SOA record).";
            case NO_ANSWER ->
                "The name servers that are responsible for " + refusal.name()
                        + " gave no valid answer. Check the domain's delegation and, if it is signed, its signatures"
                        + " (DNSSEC).";
            case NO_RECORD ->
                "DNS has no TXT record at " + refusal.name() + " yet. Publish the one of customDomainRecord.";
            case OTHER_RECORDS ->
                "DNS does not have the value of customDomainRecord at " + refusal.name() + ". It has: "
                        + quoted(refusal.values())
                        + ". If you changed it a moment ago, wait as long as the old record's time to live.";
        };
    }

    /// What strangers wrote, not too much of it, and on one line.
    private static String quoted(List<String> values) {
        StringBuilder words = new StringBuilder();
        for (String value : values.subList(0, Math.min(values.size(), MOST_VALUES))) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(OneLine.salvaged(value, LONGEST_VALUE))
                    .append(OneLine.length(value) > LONGEST_VALUE ? "…\"" : "\"");
        }
        return values.size() > MOST_VALUES
                ? words + " and " + (values.size() - MOST_VALUES) + " more"
                : words.toString();
    }

    private static String inUse(ProfileInUse refusal) {
        String chargers = refusal.chargers() == 1 ? "1 charger uses" : refusal.chargers() + " chargers use";
        if (!refusal.provisioning()) {
            return chargers + " this profile, so it can't be deleted.";
        }
        return refusal.chargers() == 0
                ? "Provisioning is on with this profile. Stop provisioning first."
                : chargers + " this profile, and provisioning is on with it, so it can't be deleted.";
    }

    /// What the service says of its own faults: nothing but how to report them.
    static Problem unexpected() {
        return new Problem(
                500,
                "internal_error",
                "Something went wrong",
                "An unexpected error happened and was logged. If it happens again, report it with the requestId.");
    }

    /// @param path of the request, decoded as the gateway hands it over
    static Response response(Problem problem, String path, String requestId) {
        String body = JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("type", "urn:tenantry:problem:" + problem.code());
            json.writeStringField("title", problem.title());
            json.writeNumberField("status", problem.status());
            json.writeStringField("detail", problem.detail());
            json.writeStringField("instance", encoded(path));
            json.writeStringField("code", problem.code());
            json.writeStringField("requestId", requestId);
            if (!problem.faults().isEmpty()) {
                json.writeArrayFieldStart("errors");
                for (Fault fault : problem.faults()) {
                    json.writeStartObject();
                    json.writeStringField("pointer", fault.pointer());
                    json.writeStringField("message", fault.message());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
        Response response = new Response(problem.status(), problem.headers(), Optional.of(body));
        return response.with("Content-Type", Response.PROBLEM);
    }

    /// A problem's `instance` is a URI reference (RFC 9457 §3.1.5), so the path takes its encoded form (RFC 3986
    /// §3.3).
    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || PATH_MARKS.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static String sentence(InvalidRequest request) {
        int count = request.faults().size();
        if (count > MOST_IN_WORDS) {
            return "Fix the " + count + " faults and try again. The list \"errors\" names "
                    + (count > MOST_FAULTS ? "the first " + MOST_FAULTS : "them all") + ".";
        }
        StringBuilder words = new StringBuilder();
        for (Fault fault : shown(request.faults())) {
            words.append(words.isEmpty() ? "" : "; ")
                    .append(fault.pointer().isEmpty() ? "the body" : fault.pointer())
                    .append(' ')
                    .append(fault.message());
        }
        String sentence = "Fix this and try again: " + words;
        return sentence.endsWith("?") ? sentence : sentence + ".";
    }

    /// Enough to fix a request by. A body of 256 KiB can have tens of thousands of faults, and a name as long as
    /// itself: neither may make an answer that is too large for the gateway.
    private static List<Fault> shown(List<Fault> faults) {
        List<Fault> shown = new ArrayList<>();
        for (Fault fault : faults.subList(0, Math.min(faults.size(), MOST_FAULTS))) {
            boolean fits = fault.pointer().length() <= LONGEST_POINTER;
            shown.add(fits ? fault : new Fault(cut(fault.pointer()), fault.message()));
        }
        return shown;
    }

    private static String cut(String pointer) {
        // Never between the two halves of a character.
        int end =
                Character.isHighSurrogate(pointer.charAt(LONGEST_POINTER - 1)) ? LONGEST_POINTER - 1 : LONGEST_POINTER;
        return pointer.substring(0, end) + "…";
    }
}
