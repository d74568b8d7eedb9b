// The windows that the API answers, with what a reader wants to know of each: when it was there, and whether it will stay so.

import { locale, t } from "../../texts.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * @typedef {object} Window
 * @property {any} metrics as the API answers them
 * @property {import("./zone.js").Local} local when it begins, there
 * @property {string} label
 * @property {"final" | "open" | "running" | "ahead"} state what may become of its numbers: none, late reports, it is not over,
 *     it has not begun
 */

/**
 * @param {any[]} answered the API's list
 * @param {string} interval
 * @param {import("./zone.js").Zone} zone
 * @param {number} now milliseconds since 1970
 * @returns {Window[]}
 */
export function windowsOf(answered, interval, zone, now) {
  const label = labels(interval);
  return answered.map((metrics) => {
    const start = Date.parse(metrics.windowStart);
    const end = Date.parse(metrics.windowEnd);
    const local = zone.at(start);
    return { metrics, local, label: label(local, end - start), state: stateOf(metrics, start, end, now) };
  });
}

function stateOf(metrics, start, end, now) {
  if (start > now) {
    return "ahead";
  }
  if (end > now) {
    return "running";
  }
  return metrics.isFinal ? "final" : "open";
}

/**
 * A way to write local fields. They are formatted as if they were UTC: the zone has been reckoned with already.
 *
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {(local: any) => string}
 */
export function writer(options) {
  const format = new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" });
  return (local) => format.format(asUtc(local));
}

/** Hours name their offset, because one of them comes twice when clocks go back. Unusual lengths are told. */
function labels(interval) {
  const date = writer({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const clock = writer({ hour: "2-digit", minute: "2-digit" });
  const month = writer({ month: "long", year: "numeric" });
  const odd = (length, usual, unit, key) => (length === usual ? "" : ` (${t(key, { count: length / unit })})`);
  if (interval === "month") {
    return (local) => month(local);
  }
  if (interval === "hour") {
    return (local, length) =>
      `${date(local)}, ${clock(local)} UTC${offset(local.offsetMinutes)}${odd(length, HOUR, MINUTE, "usage.minutes")}`;
  }
  if (interval === "week") {
    return (local, length) => t("usage.weekOf", { date: date(local) }) + odd(length, 7 * 24 * HOUR, HOUR, "usage.hours");
  }
  return (local, length) => date(local) + odd(length, 24 * HOUR, HOUR, "usage.hours");
}

/** +05:45 */
function offset(minutes) {
  const two = (part) => String(part).padStart(2, "0");
  return `${minutes < 0 ? "−" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** The local fields as a date whose UTC fields are the same. */
export const asUtc = ({ year, month, day, hour = 0, minute = 0 }) => new Date(Date.UTC(year, month - 1, day, hour, minute));
