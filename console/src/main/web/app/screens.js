// Every screen: its path, the module that draws it and the texts it has. Both are read when it is first visited. A screen
// with `nav` is in the navigation of a tenant, in this order.

/**
 * @typedef {object} Screen
 * @property {string} path with `:name` for parameters, which the screen gets as properties
 * @property {() => Promise<{ default: any }>} load
 * @property {string[]} [texts] areas, besides `common`
 * @property {string[]} [styles] files of styles/, besides the common ones
 * @property {boolean} [open] for somebody who is not signed in, too
 * @property {{ icon: string, text: string, group: 1 | 2, least?: "admin" | "user", above?: boolean }} [nav]
 *     `above`: the paths of other screens are below its own
 */

/** @type {Screen[]} */
export const SCREENS = [
  { path: "/", load: () => import("./screens/tenants.js"), texts: ["tenants"] },
  { path: "/new", load: () => import("./screens/new-tenant.js"), texts: ["tenants"] },
  { path: "/invite/accept", load: () => import("./screens/accept.js"), texts: ["accept"], open: true },
  {
    path: "/t/:tenant",
    load: () => import("./screens/overview.js"),
    texts: ["overview", "refusals"],
    styles: ["overview"],
    nav: { icon: "overview", text: "nav.overview", group: 1, above: true },
  },
  {
    path: "/t/:tenant/chargers",
    load: () => import("./screens/chargers.js"),
    texts: ["chargers", "provisioning", "password"],
    styles: ["chargers", "password"],
    nav: { icon: "charger", text: "nav.chargers", group: 1 },
  },
  {
    path: "/t/:tenant/chargers/refusals",
    load: () => import("./screens/refusals.js"),
    texts: ["chargers", "refusals", "password"],
    styles: ["chargers", "password"],
  },
  {
    path: "/t/:tenant/chargers/import",
    load: () => import("./screens/import-chargers.js"),
    texts: ["chargers", "import", "password"],
    styles: ["chargers", "password"],
  },
  {
    path: "/t/:tenant/chargers/:charger",
    load: () => import("./screens/charger.js"),
    texts: ["chargers", "charger", "refusals", "password"],
    styles: ["chargers", "password"],
  },
  {
    path: "/t/:tenant/profiles",
    load: () => import("./screens/profiles.js"),
    texts: ["profiles"],
    styles: ["profiles"],
    nav: { icon: "profile", text: "nav.profiles", group: 1 },
  },
  {
    path: "/t/:tenant/profiles/:profile",
    load: () => import("./screens/profile.js"),
    texts: ["profiles", "password"],
    styles: ["profiles", "password"],
  },
  {
    path: "/t/:tenant/people",
    load: () => import("./screens/people.js"),
    texts: ["people"],
    nav: { icon: "people", text: "nav.people", group: 1 },
  },
  {
    path: "/t/:tenant/access",
    load: () => import("./screens/access.js"),
    texts: ["access"],
    styles: ["access"],
    nav: { icon: "access", text: "nav.access", group: 1 },
  },
  {
    path: "/t/:tenant/usage",
    load: () => import("./screens/usage.js"),
    texts: ["usage"],
    styles: ["usage"],
    nav: { icon: "usage", text: "nav.usage", group: 2 },
  },
  {
    path: "/t/:tenant/billing",
    load: () => import("./screens/billing.js"),
    texts: ["billing"],
    styles: ["billing"],
    nav: { icon: "billing", text: "nav.billing", group: 2 },
  },
  {
    path: "/t/:tenant/audit",
    load: () => import("./screens/audit.js"),
    texts: ["audit"],
    styles: ["audit"],
    nav: { icon: "audit", text: "nav.audit", group: 2, least: "admin" },
  },
  {
    path: "/t/:tenant/settings",
    load: () => import("./screens/settings.js"),
    texts: ["settings"],
    styles: ["settings"],
    nav: { icon: "settings", text: "nav.settings", group: 2 },
  },
];

/** Where a tenant begins. */
export const home = (prefix) => /** @type {Screen} */ (SCREENS.find((it) => it.nav)).path.replace(":tenant", prefix);
