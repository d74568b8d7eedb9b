// Local time in an IANA time zone, as the browser knows it.

/** @typedef {{ year: number, month: number, day: number, hour: number, minute: number, second: number, offsetMinutes: number }} Local */

const FIELDS = /** @type {const} */ ({
  calendar: "iso8601",
  numberingSystem: "latn",
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
});

export class Zone {
  #format;

  /**
   * A name that the browser does not know is read as UTC: the API will say what is wrong with it.
   *
   * @param {string} name
   */
  constructor(name) {
    this.name = name;
    try {
      this.#format = new Intl.DateTimeFormat("en-GB", { ...FIELDS, timeZone: name });
    } catch {
      this.#format = new Intl.DateTimeFormat("en-GB", { ...FIELDS, timeZone: "UTC" });
    }
  }

  /**
   * What clock and calendar show at an instant, and by how many minutes they are ahead of UTC.
   *
   * @param {number} instant in milliseconds since 1970
   * @returns {Local}
   */
  at(instant) {
    /** @type {any} */
    const shown = {};
    for (const { type, value } of this.#format.formatToParts(instant)) {
      if (type in FIELDS) {
        shown[type] = Number(value);
      }
    }
    const asUtc = Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second);
    return { ...shown, offsetMinutes: Math.round((asUtc - instant) / 60_000) };
  }

  /** The date there at an instant, such as 2026-10-25. */
  dateAt(instant) {
    const { year, month, day } = this.at(instant);
    return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
  }
}

/** The browser's own zone. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/**
 * All zones that the browser knows, by area.
 *
 * @returns {[string, string[]][]} `[["Africa", ["Africa/Abidjan", …]], …]`
 */
export function zonesByArea() {
  const areas = new Map();
  for (const name of Intl.supportedValuesOf("timeZone")) {
    const slash = name.indexOf("/");
    if (slash > 0) {
      const area = name.slice(0, slash);
      areas.set(area, [...(areas.get(area) ?? []), name]);
    }
  }
  return [...areas];
}
