// Which metrics there are, and how each is drawn, summed up and written.

import { number, t } from "../../texts.js";

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
const most = (numbers) => numbers.reduce((top, one) => Math.max(top, one), 0);

const count = (value) => number(value);
const shortCount = (value) => number(value, { notation: "compact", maximumSignificantDigits: 3 });

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"];

/** 1.23 MB, in powers of 1000. */
export function bytes(value) {
  let scaled = value;
  let unit = 0;
  while (scaled >= 999.5 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit++;
  }
  // "byte" is a whole word in most languages, and the axis has no room for it.
  const written = number(scaled, unit === 0 ? {} : { style: "unit", unit: UNITS[unit], unitDisplay: "short", maximumSignificantDigits: 3 });
  return unit === 0 ? `${written} ${t("usage.byte")}` : written;
}

/**
 * @typedef {object} Metric one chart
 * @property {string} key
 * @property {string} title
 * @property {boolean} [bars]
 * @property {(numbers: number[]) => number} total
 * @property {(value: number) => string} write
 * @property {(value: number) => string} writeShort for an axis
 * @property {{ field: string, name: string, colour: "in" | "out" | "online" | "errors" }[]} series
 */

const COUNTED = { total: sum, write: count, writeShort: shortCount };

/** @returns {Metric[]} */
export const charts = () => [
  {
    ...COUNTED,
    key: "messages",
    title: t("usage.messages"),
    series: [
      { field: "messagesIn", name: t("usage.in"), colour: "in" },
      { field: "messagesOut", name: t("usage.out"), colour: "out" },
    ],
  },
  {
    ...COUNTED,
    key: "online",
    title: t("usage.online"),
    total: most,
    series: [{ field: "chargersOnlineMax", name: t("usage.mostAtOnce"), colour: "online" }],
  },
  {
    ...COUNTED,
    key: "errors",
    title: t("usage.errors"),
    bars: true,
    series: [{ field: "errors", name: t("usage.errors.name"), colour: "errors" }],
  },
  {
    ...COUNTED,
    key: "data",
    title: t("usage.data"),
    write: bytes,
    writeShort: bytes,
    series: [
      { field: "bytesIn", name: t("usage.in"), colour: "in" },
      { field: "bytesOut", name: t("usage.out"), colour: "out" },
    ],
  },
  {
    ...COUNTED,
    key: "connections",
    title: t("usage.connections"),
    series: [
      { field: "connects", name: t("usage.opened"), colour: "in" },
      { field: "disconnects", name: t("usage.closed"), colour: "out" },
    ],
  },
];

/** The table's columns. */
export const COLUMNS = [
  { field: "messagesIn", total: sum },
  { field: "messagesOut", total: sum },
  { field: "bytesIn", total: sum },
  { field: "bytesOut", total: sum },
  { field: "connects", total: sum },
  { field: "disconnects", total: sum },
  { field: "errors", total: sum },
  { field: "chargersOnlineMax", total: most },
];
