// Calendar dates as ISO 8601 text, such as 2026-10-25. They know no zone.

const MILLIS_PER_DAY = 86_400_000;

/** What is no date stays what it is: the API will say so. */
export function plusDays(date, days) {
  const later = Date.parse(date) + days * MILLIS_PER_DAY;
  return Number.isNaN(later) ? date : text(new Date(later));
}

/** The first day of the month that lies so many months after that of the date. */
export function firstOfMonth(date, monthsLater) {
  const [year, month] = date.split("-").map(Number);
  return text(new Date(Date.UTC(year, month - 1 + monthsLater, 1)));
}

const text = (midnightUtc) => midnightUtc.toISOString().slice(0, 10);
