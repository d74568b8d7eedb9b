// Which entries are shown. The address keeps it, so that a link shows somebody else the same.

import { areTurned } from "../../ui/day.js";

/** @typedef {{ action: string, actor: string, from: string, to: string }} Filters days as YYYY-MM-DD, of the reader's calendar */

const NAMES = /** @type {const} */ (["action", "actor", "from", "to"]);

/** @param {URLSearchParams} query @returns {Filters} */
export const filtersOf = (query) =>
  /** @type {Filters} */ (Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? ""])));

/** Whether the days are in the wrong order. @param {Filters} filters */
export const isTurned = ({ from, to }) => areTurned(from, to);

/** For the address; empty without a filter. */
export function addressOf(filters) {
  const kept = new URLSearchParams(NAMES.filter((name) => filters[name]).map((name) => [name, filters[name]]));
  return kept.size > 0 ? `?${kept}` : "";
}

/**
 * The query that the API takes: instants, from the start of the one day to the end of the other.
 *
 * @param {Filters} filters
 * @param {number} [limit]
 */
export function queryOf({ action, actor, from, to }, limit) {
  const query = new URLSearchParams();
  const set = (name, value) => value && query.set(name, value);
  set("action", action);
  set("actorId", actor);
  set("from", startOf(from, 0));
  set("to", startOf(to, 1));
  set("limit", limit && String(limit));
  return query;
}

/** What is no day goes as it is: the API will say so. */
function startOf(day, later) {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return year ? new Date(Number(year), Number(month) - 1, Number(date) + later).toISOString() : day;
}
