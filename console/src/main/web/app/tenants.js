// The tenants that somebody belongs to, with their role in each: for the cards, the switcher and what a role may do.

import { api } from "./api.js";
import { store } from "./store.js";

/** @typedef {import("tenantry-api").components["schemas"]["TenantSummary"]} TenantSummary */
/** @typedef {{ list?: TenantSummary[], error?: Error }} Tenants */

/** @type {ReturnType<typeof store<Tenants>>} */
export const tenants = store({});

/** @type {Promise<void> | null} */
let reading = null;

/** Reads them, or reads them anew after a change. */
export function loadTenants() {
  reading ??= readAll().finally(() => {
    reading = null;
  });
  return reading;
}

async function readAll() {
  try {
    /** @type {TenantSummary[]} */
    const found = [];
    for (let at = /** @type {string | undefined} */ ("/tenant"); at; ) {
      const page = await api.get(at);
      found.push(...page.data);
      at = page.next;
    }
    tenants.set({ list: found });
  } catch (failure) {
    tenants.set({ list: tenants.get().list, error: /** @type {Error} */ (failure) });
  }
}

/** Takes one off that is over for this person, before the list is read again. @param {string} prefix */
export const forgetTenant = (prefix) => tenants.set({ ...tenants.get(), list: tenants.get().list?.filter((it) => it.domainPrefix !== prefix) });

/** @param {string} prefix */
export const roleIn = (prefix) => tenants.get().list?.find((it) => it.domainPrefix === prefix)?.role;

const RANKS = ["viewer", "user", "admin"];

/** Whether a role may do what another may. */
export const mayAs = (role, least) => RANKS.indexOf(role) >= RANKS.indexOf(least);
