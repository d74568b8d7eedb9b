package dev.tenantry.invites;

import dev.tenantry.tenancy.Role;

/// Whom to invite, as what, and in which language to write to them.
public record NewInvite(EmailAddress receiver, Role role, Language language) {}
