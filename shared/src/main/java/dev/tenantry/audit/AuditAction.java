package dev.tenantry.audit;

import java.util.Optional;

/// What was done to a tenant, and to what kind of thing.
public enum AuditAction {
    TENANT_CREATED("tenant", "created"),
    TENANT_UPDATED("tenant", "updated"),
    TENANT_DELETED("tenant", "deleted"),
    TENANT_SUSPENDED("tenant", "suspended"),
    TENANT_RESUMED("tenant", "resumed"),
    TENANT_RESTORED("tenant", "restored"),
    USER_ROLE_CHANGED("user", "role_changed"),
    USER_REMOVED("user", "removed"),
    USER_JOINED("user", "joined"),
    INVITE_CREATED("invite", "created"),
    INVITE_RENEWED("invite", "renewed"),
    INVITE_REVOKED("invite", "revoked"),
    /// By somebody who was in with that role or a higher one; whoever it lets in or raises is told of as a user.
    INVITE_ACCEPTED("invite", "accepted"),
    IP_ADDED("ip", "added"),
    IP_UPDATED("ip", "updated"),
    IP_REMOVED("ip", "removed"),
    PROFILE_CREATED("profile", "created"),
    PROFILE_UPDATED("profile", "updated"),
    PROFILE_DELETED("profile", "deleted"),
    PROVISIONING_STARTED("provisioning", "started"),
    PROVISIONING_CHANGED("provisioning", "changed"),
    PROVISIONING_STOPPED("provisioning", "stopped"),
    CHARGER_REGISTERED("charger", "registered"),
    CHARGER_ADDED("charger", "added"),
    CHARGER_UPDATED("charger", "updated"),
    CHARGER_REMOVED("charger", "removed"),
    DOMAIN_VERIFIED("domain", "verified"),
    SUBSCRIPTION_CHANGED("subscription", "changed");

    private final String targetType;
    private final String text;

    AuditAction(String targetType, String verb) {
        this.targetType = targetType;
        this.text = targetType + "." + verb;
    }

    /// The action's name in the API and in the table, such as `user.removed`.
    public String text() {
        return text;
    }

    /// The kind of thing it was done to, such as `user`.
    public String targetType() {
        return targetType;
    }

    /// The action of that name, if there is one.
    public static Optional<AuditAction> of(String text) {
        for (AuditAction action : values()) {
            if (action.text.equals(text)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
