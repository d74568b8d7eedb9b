// The settings beside index.html: where the API and the identity provider are.

/** Where this application is, with a slash at its end. */
export const base = new URL(document.baseURI);

/**
 * @typedef {object} Config
 * @property {string} apiUrl where the API is, absolute or seen from this origin
 * @property {string} issuer
 * @property {string} clientId
 * @property {string} scope
 * @property {string} [title] what the console is called
 * @property {string} [brokerDomain] below which chargers connect, to show an address before there is a tenant
 */

/** @type {Config} */
export let config;

export async function loadConfig() {
  const answer = await fetch(new URL("config.json", base), { cache: "no-cache" });
  if (!answer.ok) {
    throw new Error(`config.json: ${answer.status}`);
  }
  config = await answer.json();
}

/** Where a path of the API is. */
export const apiUrl = (path) => new URL(path.replace(/^\//, ""), new URL(config.apiUrl.replace(/\/?$/, "/"), location.href));

export const title = () => config?.title || "Tenantry";
