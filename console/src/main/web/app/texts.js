// What the console says, in the reader's language. A text is looked up by its key, `people.title`; its area, `people`, is
// the file that has it, texts/<language>/people.json, which is read when a screen of that area is first visited.

import { base } from "./config.js";
import { store } from "./store.js";

/** By the names that their speakers give them. */
export const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  it: "Italiano",
  nl: "Nederlands",
};

const KEPT = "tenantry.language";

/** @type {Map<string, Record<string, string | Record<string, string>>>} by language and area */
const tables = new Map();
const areas = new Set();

/** The language that is shown; changes once its texts are there. */
export const language = store("en");

/** What the reader chose, else the first of the browser's languages that there is. */
function preferred() {
  const chosen = localStorage.getItem(KEPT);
  const wanted = chosen ? [chosen, ...navigator.languages] : navigator.languages;
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES) ?? "en";
}

/** The tag for dates and numbers: the reader's own region, where it goes with the language. */
export function locale() {
  return navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === language.get()) ?? language.get();
}

async function read(lang, area) {
  const name = `${lang}/${area}`;
  if (!tables.has(name)) {
    const answer = await fetch(new URL(`texts/${name}.json`, base), { cache: "no-cache" });
    if (!answer.ok) {
      throw new Error(`${name}: ${answer.status}`);
    }
    tables.set(name, await answer.json());
  }
}

/** Reads what areas say, in the language that is shown and that language alone. */
export async function loadTexts(...wanted) {
  wanted.forEach((area) => areas.add(area));
  await Promise.all(wanted.map((area) => read(language.get(), area)));
}

export async function startTexts() {
  await show(preferred(), "common");
}

/** Shows everything in another language, and keeps that. */
export async function chooseLanguage(lang) {
  await show(lang, ...areas);
  localStorage.setItem(KEPT, lang);
}

async function show(lang, ...wanted) {
  wanted.forEach((area) => areas.add(area));
  await Promise.all(wanted.map((area) => read(lang, area)));
  document.documentElement.lang = lang;
  language.set(lang);
}

function find(key) {
  const area = key.slice(0, key.indexOf("."));
  const lang = language.get();
  return tables.get(`${lang}/${area}`)?.[key] ?? tables.get(`${lang}/common`)?.[key];
}

/** Whether there is such a text. */
export const hasText = (key) => find(key) !== undefined;

/**
 * The text of a key. `{name}` in it is what `values` has for it; numbers are written as the reader does. Of a text with
 * several forms, `values.count` picks one.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  let text = find(key);
  if (text === undefined) {
    return key;
  }
  if (typeof text !== "string") {
    const form = new Intl.PluralRules(language.get()).select(Number(values.count));
    text = text[form] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** A number as the reader writes it. */
export const number = (value, options) => new Intl.NumberFormat(locale(), options).format(value);

/** Names one after the other: "a, b and c". */
export const list = (names, type = "conjunction") =>
  new Intl.ListFormat(locale(), { style: "long", type: /** @type {"conjunction"} */ (type) }).format(names);

/** @param {string | Date} at */
export const dateTime = (at) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));

/** @param {string | Date} at */
export const date = (at) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(at));

const DAY = 86_400;

/** @type {[Intl.RelativeTimeFormatUnit, number][]} a month is a twelfth of a year */
const UNITS = [
  ["year", 365 * DAY],
  ["month", (365 / 12) * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** How long ago, or how long until: "3 days ago", "in 5 minutes", "in an hour", "tomorrow". */
export function relative(at, now = Date.now()) {
  const then = new Date(at);
  const seconds = Math.round((then.getTime() - now) / 1000);
  // Rounded as it would be said in the next smaller unit: what would be 60 minutes is an hour.
  const [unit, size] = UNITS.find(([, length], i) => {
    const [, smaller] = UNITS[i + 1] ?? [];
    return smaller && Math.round(Math.abs(seconds) / smaller) * smaller >= length;
  }) ?? ["second", 0];
  const count = size === 0 ? 0 : Math.round(seconds / size);
  const inWords = `common.${count < 0 ? "ago" : "in"}.${unit}`;
  if (Math.abs(count) === 1 && hasText(inWords)) {
    return t(inWords);
  }
  // Tomorrow is a day of the calendar: by night it is less than 24 hours away, and what is 25 hours away is the day after.
  const isByCalendar = size === 0 || (unit === "day" && daysBetween(new Date(now), then) === count);
  return new Intl.RelativeTimeFormat(locale(), { numeric: isByCalendar ? "auto" : "always" }).format(count, unit);
}

const daysBetween = (from, to) => Math.round((new Date(to).setHours(0, 0, 0, 0) - new Date(from).setHours(0, 0, 0, 0)) / (DAY * 1000));
