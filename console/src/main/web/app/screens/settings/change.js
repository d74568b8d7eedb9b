// Changes the tenant as it was read.

import { path } from "../../api.js";
import { useTenant } from "../../tenant.js";
import { loadTenants } from "../../tenants.js";
import { changedByBoth, useBegunWith, useVersioned } from "../../versioned.js";

/**
 * @param {{ dirty: boolean, name: string, shown: (tenant: any) => any, onSaved: () => void, onTheirs: () => void }} how what is
 *     changed, by name, and how it is shown
 */
export function useTenantChange({ dirty, name, shown, onSaved, onTheirs }) {
  const { prefix, tenant, etag, reload } = useTenant();
  const seen = useBegunWith({ data: tenant, etag }, dirty);
  return useVersioned({
    at: path`/tenant/${prefix}`,
    seen,
    area: "settings",
    differing: (before, body, now) =>
      changedByBoth(before, body, now).length > 0 ? [{ name, mine: shown({ ...now, ...body }), theirs: shown(now) }] : [],
    onSaved: async () => {
      await Promise.all([reload(), loadTenants()]);
      onSaved();
    },
    onTheirs: async () => {
      await reload();
      onTheirs();
    },
  });
}
