// The windows that the API answers, with what a reader wants to know of each: when it was there, and whether it will stay so.
import { offset } from "./format.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

// Own fields are formatted as if they were UTC: the zone has been reckoned with already.
const DATE = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
});
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** What may become of a window's numbers. */
export const STATES = {
  final: "final",
  open: "may still change",
  running: "not over yet",
  ahead: "not begun yet",
};

/** @param answered the API's list  @param now milliseconds since 1970 */
export function windowsOf(answered, interval, zone, now) {
  return answered.map((metrics) => {
    const start = Date.parse(metrics.windowStart);
    const end = Date.parse(metrics.windowEnd);
    const local = zone.at(start);
    return { metrics, start, end, local, label: label(interval, local, end - start), state: state(metrics, start, end, now) };
  });
}

function state(metrics, start, end, now) {
  if (start > now) {
    return "ahead";
  }
  if (end > now) {
    return "running";
  }
  return metrics.isFinal ? "final" : "open";
}

/** Hours name their offset, because one of them comes twice when clocks go back. Unusual lengths are told. */
function label(interval, local, length) {
  const date = asUtc(local);
  if (interval === "month") {
    return MONTH.format(date);
  }
  if (interval === "hour") {
    const odd = length === HOUR ? "" : ` (${length / MINUTE} min)`;
    return `${DATE.format(date)}, ${clock(local)} UTC${offset(local.offsetMinutes)}${odd}`;
  }
  if (interval === "week") {
    const odd = length === 7 * 24 * HOUR ? "" : ` (${length / HOUR} h)`;
    return `Week of ${DATE.format(date)}${odd}`;
  }
  const odd = length === 24 * HOUR ? "" : ` (${length / HOUR} h)`;
  return `${DATE.format(date)}${odd}`;
}

/** 02:00 */
export function clock({ hour, minute }) {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** The local fields as a date whose UTC fields are the same. */
export function asUtc({ year, month, day }) {
  return new Date(Date.UTC(year, month - 1, day));
}
