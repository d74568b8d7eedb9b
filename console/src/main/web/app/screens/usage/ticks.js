// Which windows are named along the axis of time, and how. Each window is a column of equal width, so that the axis needs no
// arithmetic of its own: a day of 25 hours has 25 columns by the hour, and one by the day.

import { asUtc, writer } from "./windows.js";

const MILLIS_PER_DAY = 86_400_000;

const everyHours = (hours) => (window) => window.local.minute === 0 && window.local.hour % hours === 0;
const everyDays = (days) => (window, before) => startsDay(window, before) && dayNumber(window) % days === 0;
const everyMonths = (months) => (window, before) =>
  startsDay(window, before) && window.local.day === 1 && (window.local.month - 1) % months === 0;

// 1970-01-01 was a Thursday.
const everyMondays = (weeks) => (window, before) => startsDay(window, before) && dayNumber(window) % (7 * weeks) === 4;

const LONG = [everyMonths(1), everyMonths(3), everyMonths(6), everyMonths(12)];

// From fine to coarse.
const RHYTHMS = {
  hour: [...[1, 2, 3, 6, 12].map(everyHours), everyDays(1), everyDays(2), everyMondays(1), everyMondays(2), ...LONG],
  day: [everyDays(1), everyDays(2), everyMondays(1), everyMondays(2), ...LONG],
  // Few weeks begin on the first of a month.
  week: [1, 2, 4, 8, 13, 26, 52].map(everyMondays),
  month: LONG,
};

/**
 * The windows to be named along the axis.
 *
 * @param {import("./windows.js").Window[]} windows
 * @param {string} interval
 * @param {number} most how many have room
 * @returns {{ index: number, lines: string[] }[]}
 */
export function ticks(windows, interval, most) {
  const write = labels(windows, interval);
  return indexes(windows, interval, most).map((index, at, all) => ({ index, lines: write(index, all[at - 1]) }));
}

function indexes(windows, interval, most) {
  for (const rhythm of RHYTHMS[interval] ?? []) {
    const found = [...windows.keys()].filter((index) => rhythm(windows[index], windows[index - 1]));
    if (found.length > 0 && found.length <= most) {
      return spaced(found, (0.75 * windows.length) / most);
    }
  }
  return windows.length > 0 ? [0] : [];
}

/** As short as may be: in a row of hours a day's first is the day, and the year is told where it is news. */
function labels(windows, interval) {
  const day = writer({ day: "numeric", month: "short" });
  const month = writer({ month: "short" });
  const clock = writer({ hour: "2-digit", minute: "2-digit" });
  if (interval === "hour") {
    return (index, before) => {
      const { local } = windows[index];
      if (startsDay(windows[index], windows[index - 1])) {
        return [day(local)];
      }
      return before === undefined ? [clock(local), day(local)] : [clock(local)];
    };
  }
  return (index, before) => {
    const { local } = windows[index];
    const name = (interval === "month" ? month : day)(local);
    return windows[before]?.local.year === local.year ? [name] : [name, String(local.year)];
  };
}

/** An hour that comes twice would be named twice where there is room for one name. */
function spaced(found, distance) {
  const kept = [];
  for (const index of found) {
    if (kept.length === 0 || index - kept[kept.length - 1] >= distance) {
      kept.push(index);
    }
  }
  return kept;
}

/** Where clocks go forward at midnight, a day does not begin at 00:00. */
function startsDay(window, before) {
  return before ? dayNumber(before) !== dayNumber(window) : window.local.hour === 0;
}

const dayNumber = ({ local: { year, month, day } }) => Math.floor(asUtc({ year, month, day }).getTime() / MILLIS_PER_DAY);
