package dev.tenantry.invites;

/// What is remembered of an invite that was accepted or revoked: enough to tell the holder of its link.
///
/// @param accepted    revoked otherwise
/// @param tokenDigest digest of the token in its latest mail
record ClosedInvite(boolean accepted, String tokenDigest) {}
