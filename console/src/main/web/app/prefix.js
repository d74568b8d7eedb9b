// What a tenant may be called in addresses, checked while it is typed. Whether somebody has it already, only the API knows.

/** Names that a visitor would take for the cloud itself; DomainPrefix.java has the same. */
const RESERVED = new Set(
  `abuse account accounts admin administrator api app assets auth billing blog broker cdn console cpms dashboard dev dns docs
  email ftp gateway help hostmaster imap info internal invite localhost login mail metrics mx noreply ns1 ns2 oauth ocpp pop3
  portal postmaster priming root security smtp sso staging static status stripe support system tenant tenantry tenants webhook
  webmaster wss www`.split(/\s+/),
);

const SHORTEST = 3;
export const LONGEST = 40;

/**
 * What is wrong with a prefix, as the end of a key of texts; null if nothing is.
 *
 * @param {string} prefix
 */
export function faultOf(prefix) {
  if (/[A-Z]/.test(prefix)) {
    return "upper";
  }
  if (/[^a-z0-9-]/.test(prefix)) {
    return "characters";
  }
  if (!/^[a-z]/.test(prefix)) {
    return "start";
  }
  if (prefix.length < SHORTEST) {
    return "short";
  }
  if (prefix.length > LONGEST) {
    return "long";
  }
  if (prefix.endsWith("-")) {
    return "end";
  }
  return RESERVED.has(prefix) || prefix.startsWith("xn--") ? "reserved" : null;
}

/**
 * A prefix made of a name, as far as one can be: "Volt Valley GmbH" is `volt-valley-gmbh`.
 *
 * @param {string} name
 */
export function prefixOf(name) {
  return name
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "");
}
