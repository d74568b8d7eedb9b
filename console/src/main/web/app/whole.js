// Whole numbers, as readers type them.

import { number } from "./texts.js";

/** Thousands may be parted as the reader does it, or by any space. @returns {number} NaN where it is no whole number */
export function wholeIn(text) {
  const typed = text.trim();
  // What stands between the digits of one that is long enough.
  const [separator = " "] = number(10_000).match(/\P{N}/u) ?? [];
  const isWhole = /^\d+$/.test(typed) || new RegExp(`^\\d{1,3}([\\s${separator}]\\d{3})+$`).test(typed);
  return isWhole ? Number(typed.replaceAll(/\D/g, "")) : Number.NaN;
}
