// What the list's address says: which chargers, and which page of them. So a list can be bookmarked, sent to a colleague and
// come back to.

import { path } from "../../api.js";

/** As many rows as are shown at once: enough to look through, and quickly drawn. */
export const PAGE_SIZE = 50;
/** As many as the API gives at once, for whoever reads them all. */
export const MOST_ROWS = 1000;

const FILTERS = ["identity", "online", "profileId", "blocked"];

/** @param {URLSearchParams} query */
export const filtersOf = (query) => Object.fromEntries(FILTERS.map((it) => [it, query.get(it) ?? ""]));

export const isFiltered = (filters) => FILTERS.some((it) => filters[it]);

/** Filters without those that are open. */
const given = (filters) => Object.entries(filters).filter(([, value]) => value);

/**
 * @param {string} prefix
 * @param {Record<string, string>} filters
 * @param {{ cursor?: string, row?: number }} [at] the page, and the number of its first row
 */
export function listPath(prefix, filters, { cursor = "", row = 0 } = {}) {
  const query = new URLSearchParams([...given(filters), ...(cursor ? [["cursor", cursor], ["row", String(row)]] : [])]);
  return path`/t/${prefix}/chargers` + (query.size > 0 ? `?${query}` : "");
}

/** Where the API has that page. */
export function apiPath(prefix, filters, cursor, limit) {
  const query = new URLSearchParams([...given(filters), ["limit", String(limit)], ...(cursor ? [["cursor", cursor]] : [])]);
  return path`/tenant/${prefix}/charger` + `?${query}`;
}

/** The cursor of a page that an answer names. */
export const cursorIn = (next) => (next ? (new URL(next, location.href).searchParams.get("cursor") ?? "") : "");

/** How many chargers an answer was looked for among; as many as it has where the API does not say. */
export const lookedIn = ({ headers, data }) => Number(headers.get("X-Looked-Through") ?? data.length);
