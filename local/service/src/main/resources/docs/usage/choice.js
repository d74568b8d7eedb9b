// What is shown. The address keeps it behind its #, so that a link shows somebody else the same, and a reload forgets nothing.
import { firstOfMonth, plusDays } from "./dates.js";
import { Zone, ownZone } from "./zone.js";

export const DAYS_OF_CHOICE = "days";

/** Ranges that end now, and days of one's choice. */
export const RANGES = [
  { value: "2d", label: "Last 2 days", days: 2 },
  { value: "7d", label: "Last 7 days", days: 7 },
  { value: "30d", label: "Last 30 days", days: 30 },
  { value: "60d", label: "Last 60 days", days: 60 },
  { value: "12m", label: "Last 12 months", months: 12 },
  { value: DAYS_OF_CHOICE, label: "Days of your choice" },
];

export class Choice {
  /** @param hash of the address; what it lacks has a default */
  constructor(hash) {
    const kept = new URLSearchParams(hash.replace(/^#/, ""));
    this.tenant = kept.get("tenant") ?? "";
    // Taken as they are: whether they exist is for the API to say.
    this.interval = kept.get("interval") ?? "day";
    this.timeZone = kept.get("timeZone") ?? ownZone();
    const range = RANGES.find(({ value }) => value === kept.get("range"));
    this.range = range?.value ?? "30d";
    this.first = kept.get("first") ?? "";
    this.last = kept.get("last") ?? "";
  }

  /** For the address. */
  toHash() {
    const kept = new URLSearchParams({
      tenant: this.tenant,
      interval: this.interval,
      range: this.range,
      timeZone: this.timeZone,
    });
    if (this.range === DAYS_OF_CHOICE) {
      kept.set("first", this.first);
      kept.set("last", this.last);
    }
    // Slashes need no escape in a fragment (RFC 3986, section 3.5), and zones are full of them.
    return `#${kept.toString().replaceAll("%2F", "/")}`;
  }

  /** The query that the API takes. @param now milliseconds since 1970 */
  query(now) {
    const query = new URLSearchParams({ interval: this.interval, timeZone: this.timeZone });
    if (this.range === DAYS_OF_CHOICE) {
      query.set("from", this.first);
      // The API's range is half open, and its end is the start of a day.
      query.set("to", plusDays(this.last, 1));
    } else {
      query.set("from", this.#firstDayUntil(now));
      query.set("to", new Date(now).toISOString());
    }
    return query;
  }

  /** Turns a range that ends now into the days that it covers, to start choosing from. */
  chooseDays(now) {
    this.first = this.#firstDayUntil(now);
    this.last = new Zone(this.timeZone).dateAt(now);
    this.range = DAYS_OF_CHOICE;
  }

  #firstDayUntil(now) {
    const { days, months } = RANGES.find(({ value }) => value === this.range);
    const today = new Zone(this.timeZone).dateAt(now);
    return days ? plusDays(today, 1 - days) : firstOfMonth(today, 1 - months);
  }
}
