package dev.tenantry.invites;

/// An invite and what has become of it.
public record ShownInvite(Invite invite, Invite.Status status) {}
