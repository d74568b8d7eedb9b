// What a change made of what was there, field by field: what went is struck out, what came stands beside it.

import { html, useState } from "../../html.js";
import { LANGUAGES, dateTime, hasText, number, t } from "../../texts.js";

const SHOWN = 4;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/**
 * @param {{ before: any, after: any, names: import("./names.js").Names, named?: string }} properties `named` is said already,
 *     as the name of what was changed
 */
export function Difference({ before, after, names, named }) {
  const [whole, setWhole] = useState(false);
  const isChange = before && after;
  const all = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  // Of what is new or gone, what was never said or set tells nothing.
  const fields = isChange ? all : all.filter((name) => ![null, false, "", named].includes((before ?? after)[name]));
  if (fields.length === 0) {
    return null;
  }
  const shown = whole || fields.length === SHOWN + 1 ? fields : fields.slice(0, SHOWN);
  return html`
    <dl class=${isChange ? "difference small" : "difference difference-flat small"}>
      ${shown.map(
        (name) => html`
          <div key=${name}>
            <dt>${fieldName(name)}</dt>
            <dd>${isChange ? change(name, before, after, names) : written(name, (before ?? after)[name], names)}</dd>
          </div>
        `,
      )}
    </dl>
    ${shown.length < fields.length &&
    html`<button type="button" class="link small" onClick=${() => setWhole(true)}>${t("audit.moreFields", { count: fields.length - shown.length })}</button>`}
  `;
}

/** Some fields tell only of what came, as that there is a new password. */
function change(name, before, after, names) {
  if (name === "configuration" && name in before) {
    return html`<${Keys} before=${keysIn(before[name])} after=${keysIn(after[name])} />`;
  }
  const is = html`<ins><span class="only-read">${t("audit.after")} </span>${written(name, after[name], names)}</ins>`;
  if (!(name in before)) {
    return is;
  }
  return html`
    <del><span class="only-read">${t("audit.before")} </span>${written(name, before[name], names)}</del>
    <span class="muted" aria-hidden="true"> → </span>${is}
  `;
}

/**
 * Of a configuration the trail tells the keys that differ, without their values: one that both have has got another value.
 *
 * @param {{ before: string[], after: string[] }} properties
 */
function Keys({ before, after }) {
  const groups = /** @type {[string, string, string[]][]} */ ([
    ["ins", t("audit.keys.added"), after.filter((it) => !before.includes(it))],
    ["span", t("audit.keys.changed"), after.filter((it) => before.includes(it))],
    ["del", t("audit.keys.removed"), before.filter((it) => !after.includes(it))],
  ]);
  return groups
    .filter(([, , keys]) => keys.length > 0)
    .map(
      ([tag, title, keys]) => html`
        <div key=${title}>
          <span class="muted">${title}</span>${keys.map((it) => html` <${tag} key=${it} class="difference-key mono">${it}</${tag}>`)}
        </div>
      `,
    );
}

/** @param {string | null} told the keys in one line, as the trail has them */
const keysIn = (told) => (told ? told.split(", ") : []);

const fieldName = (name) => (hasText(`audit.field.${name}`) ? t(`audit.field.${name}`) : name);

/** A value in the reader's words. */
function written(name, value, names) {
  if (value === null || value === undefined || value === "") {
    return t("audit.value.none");
  }
  if (typeof value === "boolean") {
    return t(`audit.value.${value}`);
  }
  if (name === "profileId") {
    return names.profile(String(value)) ?? t("audit.number", { id: String(value) });
  }
  if (typeof value === "number") {
    return name.endsWith("Id") ? String(value) : number(value);
  }
  if (typeof value === "object") {
    return JSON.stringify(value);
  }
  if (TIME.test(value)) {
    return dateTime(value);
  }
  if (name === "role") {
    return hasText(`common.role.${value}`) ? t(`common.role.${value}`) : value;
  }
  if (name === "language") {
    return LANGUAGES[value.slice(0, 2)] ?? value;
  }
  return hasText(`audit.value.${name}.${value}`) ? t(`audit.value.${name}.${value}`) : value;
}
