// What an allowlist does to whoever changes it, told before it is changed. The API has the last word.

import { holds, read } from "./block.js";

/** @typedef {{ id?: number, ip: string, scope: string, expiresAt: string | null }} Entry */

const blockOf = (entry) => read(entry.ip).block;

/** Those of a scope. */
export const inScope = (entries, scope) => entries.filter((it) => it.scope === scope);

/** The entries that let an address in. */
export function covering(entries, address) {
  const { block } = read(address);
  return block ? entries.filter((it) => holds(blockOf(it) ?? { bits: 0, prefix: 0, value: 0n }, block)) : [];
}

/** Whether an allowlist of these would shut out somebody at an address. */
export function shutsOut(entries, address) {
  const api = inScope(entries, "api");
  return api.length > 0 && covering(api, address).length === 0;
}

/** Whether one that runs out would stand there without one that does not. */
export const lacksPermanent = (entries, scope) => !inScope(entries, scope).some((it) => it.expiresAt === null);
