// Changes the window that is open for unknown chargers, or shuts it: only the one that is seen, since somebody else may have
// changed it, or opened another one.

import { path } from "../../api.js";
import { now } from "../../session.js";
import { useTenant } from "../../tenant.js";
import { dateTime, number, t } from "../../texts.js";
import { useVersioned } from "../../versioned.js";

/**
 * @param {{ seen: { data: import("./provisioning.js").Window, etag?: string }, onSaved: (now: any) => unknown,
 *     onTheirs: () => unknown }} how
 */
export function useWindowChange({ seen, onSaved, onTheirs }) {
  const { prefix } = useTenant();
  return useVersioned({
    at: path`/tenant/${prefix}/provision`,
    seen,
    area: "provisioning",
    // One that is shut by now can't be changed: the API says so.
    differing: (before, body, there) => (there.active ? differing(before, body, there) : []),
    onSaved: ({ data }) => onSaved(data),
    onTheirs,
  });
}

/** @param {any} body nothing to shut it */
function differing(before, body, there) {
  const end = (at) => t("provisioning.extended", { when: dateTime(at) });
  if (!body) {
    return [{ name: t("provisioning.window"), mine: t("provisioning.shut"), theirs: end(there.expiresAt) }];
  }
  const isOther = there.startedAt !== before.startedAt;
  const most = (count) => (count === null ? t("provisioning.unlimited") : number(count));
  return [
    ...("durationSeconds" in body && (isOther || there.expiresAt !== before.expiresAt)
      ? [{ name: t("provisioning.window"), mine: end(now() + body.durationSeconds * 1000), theirs: end(there.expiresAt) }]
      : []),
    ...("maxChargers" in body && there.maxChargers !== body.maxChargers && (isOther || there.maxChargers !== before.maxChargers)
      ? [{ name: t("provisioning.most"), mine: most(body.maxChargers), theirs: most(there.maxChargers) }]
      : []),
  ];
}
