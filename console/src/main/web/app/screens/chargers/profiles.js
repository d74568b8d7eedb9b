// The tenant's profiles by name: chargers say only their numbers.

import { path } from "../../api.js";
import { readAll } from "../../lists.js";
import { toBeTold, useResource } from "../../resource.js";
import { html } from "../../html.js";
import { t } from "../../texts.js";
import { Problem } from "../../ui/problem.js";

/** @typedef {import("tenantry-api").components["schemas"]["Profile"]} Profile */

/**
 * @param {string} prefix
 * @returns {{ list?: Profile[], nameOf: (id: number) => string, options: [string, string][], error?: Error, reload: () => Promise<void> }}
 */
export function useProfiles(prefix) {
  const { data, error, reload } = useResource(async (signal) => {
    /** @type {Profile[]} */
    const all = await readAll(path`/tenant/${prefix}/profile`, signal);
    // What most want stands first.
    return all.sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.displayName.localeCompare(b.displayName));
  }, [prefix]);
  return {
    list: data,
    nameOf: (id) => data?.find((it) => it.id === id)?.displayName ?? `#${id}`,
    options: (data ?? []).map((it) => [String(it.id), it.displayName]),
    error,
    reload,
  };
}

/** Where one is to be chosen. @param {{ profiles: ReturnType<typeof useProfiles> }} properties */
export const ProfilesUnread = ({ profiles }) =>
  html`<${Problem} title=${t("chargers.unread.profiles")} error=${toBeTold(profiles.error)} retry=${profiles.reload} />`;
