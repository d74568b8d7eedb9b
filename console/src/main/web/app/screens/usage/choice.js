// What is shown. The address keeps it in its query, so that a link shows somebody else the same, and a reload forgets nothing.

import { areTurned } from "../../ui/day.js";
import { firstOfMonth, plusDays } from "./dates.js";
import { Zone, ownZone } from "./zone.js";

export const INTERVALS = ["hour", "day", "week", "month"];
export const DAYS_OF_CHOICE = "days";

/** Ranges that end now, and days of one's choice. */
export const RANGES = /** @type {{ value: string, days?: number, months?: number }[]} */ ([
  { value: "2d", days: 2 },
  { value: "7d", days: 7 },
  { value: "30d", days: 30 },
  { value: "60d", days: 60 },
  { value: "12m", months: 12 },
  { value: DAYS_OF_CHOICE },
]);

/** @typedef {{ interval: string, range: string, timeZone: string, first: string, last: string }} Choice */

/**
 * What is lacking has a default. Interval and zone are taken as they are: whether they exist is for the API to say.
 *
 * @param {URLSearchParams} query
 * @returns {Choice}
 */
export const choiceOf = (query) => ({
  interval: query.get("interval") ?? "day",
  timeZone: query.get("timeZone") ?? ownZone(),
  range: RANGES.find(({ value }) => value === query.get("range"))?.value ?? "30d",
  first: query.get("first") ?? "",
  last: query.get("last") ?? "",
});

/** Days of one's choice that are in the wrong order. @param {Choice} choice */
export const isTurned = ({ range, first, last }) => range === DAYS_OF_CHOICE && areTurned(first, last);

/**
 * For the address.
 *
 * @param {Choice} choice
 */
export function addressOf({ interval, range, timeZone, first, last }) {
  const kept = new URLSearchParams({ interval, range, timeZone });
  if (range === DAYS_OF_CHOICE) {
    kept.set("first", first);
    kept.set("last", last);
  }
  // Slashes need no escape in a query (RFC 3986, section 3.4), and zones are full of them.
  return `?${kept.toString().replaceAll("%2F", "/")}`;
}

/**
 * The query that the API takes.
 *
 * @param {Choice} choice
 * @param {number} now milliseconds since 1970
 */
export function queryOf(choice, now) {
  const query = new URLSearchParams({ interval: choice.interval, timeZone: choice.timeZone });
  if (choice.range === DAYS_OF_CHOICE) {
    query.set("from", choice.first);
    // The API's range is half open, and its end is the start of a day.
    query.set("to", plusDays(choice.last, 1));
  } else {
    query.set("from", firstDay(choice, now));
    query.set("to", new Date(now).toISOString());
  }
  return query;
}

/**
 * Turns a range that ends now into the days that it covers, to start choosing from.
 *
 * @param {Choice} choice
 * @returns {Choice}
 */
export const withDays = (choice, now) => ({
  ...choice,
  first: firstDay(choice, now),
  last: new Zone(choice.timeZone).dateAt(now),
  range: DAYS_OF_CHOICE,
});

function firstDay(choice, now) {
  const { days, months } = RANGES.find(({ value }) => value === choice.range) ?? {};
  const today = new Zone(choice.timeZone).dateAt(now);
  return days ? plusDays(today, 1 - days) : firstOfMonth(today, 1 - (months ?? 1));
}
