// The tenant that the screens below /t/{tenant} are about.

import { createContext, useContext } from "./html.js";

/**
 * @typedef {object} Here
 * @property {string} prefix
 * @property {import("tenantry-api").components["schemas"]["Tenant"]} tenant as `GET /tenant/{tenant}` answers it
 * @property {string} [etag] its version
 * @property {import("tenantry-api").components["schemas"]["Role"]} role of whoever is signed in
 * @property {boolean} suspended the operator has suspended it: nothing may be changed
 * @property {(least: "admin" | "user" | "viewer") => boolean} may whether this may be changed by whoever is signed in
 * @property {() => Promise<void>} reload reads the tenant anew
 */

export const TenantContext = createContext(/** @type {Here | null} */ (null));

/** @returns {Here} */
export const useTenant = () => /** @type {Here} */ (useContext(TenantContext));
