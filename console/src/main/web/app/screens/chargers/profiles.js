// The tenant's profiles by name: chargers say only their numbers.

import { api, path } from "../../api.js";
import { useResource } from "../../resource.js";

/** @typedef {import("tenantry-api").components["schemas"]["Profile"]} Profile */

/**
 * @param {string} prefix
 * @returns {{ list?: Profile[], nameOf: (id: number) => string, options: [string, string][], error?: Error, reload: () => Promise<void> }}
 */
export function useProfiles(prefix) {
  const { data, error, reload } = useResource(async (signal) => {
    /** @type {Profile[]} */
    const all = [];
    for (let at = /** @type {string | undefined} */ (path`/tenant/${prefix}/profile`); at; ) {
      const page = await api.get(at, { signal });
      all.push(...page.data);
      at = page.next;
    }
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
