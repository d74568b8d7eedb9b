// Numbers and units, as they are written on this page.

const COUNT = new Intl.NumberFormat("en-GB");
const COMPACT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 3 });
const BYTES = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

/** 1,234,567 */
export function count(number) {
  return COUNT.format(number);
}

/** 1.23M */
export function compactCount(number) {
  return COMPACT.format(number);
}

/** 1.23 MB, in powers of 1000. */
export function bytes(number) {
  let scaled = number;
  let unit = 0;
  while (scaled >= 999.5 && unit < BYTES.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${Number(scaled.toPrecision(3))} ${BYTES[unit]}`;
}

/** +05:45 */
export function offset(minutes) {
  const sign = minutes < 0 ? "−" : "+";
  const two = (part) => String(part).padStart(2, "0");
  return `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
