// What is known of a thing: names and values.

import { html } from "../html.js";

/** @param {{ of: [any, any][], beside?: boolean }} properties an empty value is left out; `beside`: several in a row, each below its name */
export function Facts({ of, beside }) {
  return html`
    <dl class=${beside ? "facts facts-beside" : "facts"}>
      ${of
        .filter(([, value]) => ![undefined, null, false, ""].includes(value))
        .map(([name, value], i) => html`<div key=${typeof name === "string" ? name : i}><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
  `;
}
