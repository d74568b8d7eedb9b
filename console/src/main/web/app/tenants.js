// The tenants that somebody belongs to, with their role in each: for the cards, the switcher and what a role may do.

import { readAll } from "./lists.js";
import { store } from "./store.js";

/** @typedef {import("tenantry-api").components["schemas"]["TenantSummary"]} TenantSummary */
/** @typedef {{ list?: TenantSummary[], error?: Error }} Tenants */

/** @type {ReturnType<typeof store<Tenants>>} */
export const tenants = store({});

/** The latest reading. What an earlier one finds may be from before a change. @type {Promise<void> | undefined} */
let latest;

/** Reads them, or reads them anew after a change: whoever waits for an earlier reading gets what this one finds. */
export function loadTenants() {
  const mine = readAll("/tenant").then(
    (list) => (latest === mine ? tenants.set({ list }) : latest),
    (failure) => (latest === mine ? tenants.set({ list: tenants.get().list, error: failure }) : latest),
  );
  latest = mine;
  return mine;
}

/** Takes one off that is over for this person, and reads the others anew. @param {string} prefix */
export function forgetTenant(prefix) {
  tenants.set({ list: tenants.get().list?.filter((it) => it.domainPrefix !== prefix) });
  return loadTenants();
}

/** Nobody is here any more whose tenants they are. */
export function forgetTenants() {
  latest = undefined;
  tenants.set({});
}

/** @param {string} prefix @returns {TenantSummary["role"] | undefined} */
export const roleIn = (prefix) => tenants.get().list?.find((it) => it.domainPrefix === prefix)?.role;

const RANKS = ["viewer", "user", "admin"];

/** Whether a role may do what another may. Who has none that is known may do nothing, and nobody what is unknown. */
export const mayAs = (role, least) => RANKS.includes(least) && RANKS.indexOf(role) >= RANKS.indexOf(least);
