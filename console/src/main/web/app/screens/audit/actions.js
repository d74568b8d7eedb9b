// What can happen to a tenant, as the API names it.

export const ACTIONS = [
  "tenant.created",
  "tenant.updated",
  "tenant.deleted",
  "tenant.suspended",
  "tenant.resumed",
  "tenant.restored",
  "user.role_changed",
  "user.removed",
  "user.joined",
  "invite.created",
  "invite.renewed",
  "invite.revoked",
  "invite.accepted",
  "ip.added",
  "ip.updated",
  "ip.removed",
  "profile.created",
  "profile.updated",
  "profile.deleted",
  "provisioning.started",
  "provisioning.changed",
  "provisioning.stopped",
  "charger.registered",
  "charger.added",
  "charger.updated",
  "charger.removed",
  "domain.verified",
  "subscription.changed",
];

/** Who is no person. */
export const SYSTEMS = ["broker", "stripe", "operator"];

/** Stands for somebody who was erased. */
export const ERASED = "ffffffff-ffff-ffff-ffff-ffffffffffff";
