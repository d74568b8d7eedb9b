// Which windows are named along the axis of time, and how. Each window is a column of equal width, so that the axis needs no
// arithmetic of its own: a day of 25 hours has 25 columns by the hour, and one by the day.
import { asUtc, clock } from "./windows.js";

const MILLIS_PER_DAY = 86_400_000;
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });

const everyHours = (hours) => (window) => window.local.minute === 0 && window.local.hour % hours === 0;
const everyDays = (days) => (window, before) => startsDay(window, before) && dayNumber(window) % days === 0;
const everyMonths = (months) => (window, before) =>
  startsDay(window, before) && window.local.day === 1 && (window.local.month - 1) % months === 0;

// 1970-01-01 was a Thursday.
const everyMondays = (weeks) => (window, before) => startsDay(window, before) && dayNumber(window) % (7 * weeks) === 4;

const LONG = [everyMonths(1), everyMonths(3), everyMonths(6), everyMonths(12)];

// From fine to coarse.
const RHYTHMS = {
  hour: [1, 2, 3, 6, 12].map(everyHours).concat(everyDays(1), everyDays(2), everyMondays(1), everyMondays(2), LONG),
  day: [everyDays(1), everyDays(2), everyMondays(1), everyMondays(2), ...LONG],
  // Few weeks begin on the first of a month.
  week: [1, 2, 4, 8, 13, 26, 52].map(everyMondays),
  month: LONG,
};

/**
 * The indexes of the windows to be named.
 *
 * @param most how many have room
 */
export function ticks(windows, interval, most) {
  const rhythms = RHYTHMS[interval] ?? [];
  for (const rhythm of rhythms) {
    const found = indexes(windows, rhythm);
    if (found.length > 0 && found.length <= most) {
      return spaced(found, (0.75 * windows.length) / most);
    }
  }
  return [0];
}

/**
 * The name of a tick, as short as may be: in a row of hours a day's first is the day, and the year is told where it is news.
 *
 * @param tickBefore the index that was named before it, if any
 */
export function tickLabel(windows, interval, index, tickBefore) {
  const window = windows[index];
  const before = windows[tickBefore];
  const date = asUtc(window.local);
  if (interval === "hour") {
    if (startsDay(window, windows[index - 1])) {
      return DAY.format(date);
    }
    return before ? clock(window.local) : `${clock(window.local)}\n${DAY.format(date)}`;
  }
  const year = before?.local.year === window.local.year ? "" : `\n${window.local.year}`;
  return `${(interval === "month" ? MONTH : DAY).format(date)}${year}`;
}

function indexes(windows, rhythm) {
  const found = [];
  windows.forEach((window, index) => {
    if (rhythm(window, windows[index - 1])) {
      found.push(index);
    }
  });
  return found;
}

/** An hour that comes twice would be named twice where there is room for one name. */
function spaced(found, distance) {
  const kept = [];
  for (const index of found) {
    if (kept.length === 0 || index - kept.at(-1) >= distance) {
      kept.push(index);
    }
  }
  return kept;
}

/** Where clocks go forward at midnight, a day does not begin at 00:00. */
function startsDay(window, before) {
  return before ? dayNumber(before) !== dayNumber(window) : window.local.hour === 0;
}

function dayNumber({ local }) {
  return Math.floor(asUtc(local).getTime() / MILLIS_PER_DAY);
}
