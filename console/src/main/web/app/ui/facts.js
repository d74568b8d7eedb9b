// What is known of a thing: names and values.

import { html } from "../html.js";

/** @param {{ of: [string, any][] }} properties an empty value is left out */
export function Facts({ of }) {
  return html`
    <dl class="facts">
      ${of
        .filter(([, value]) => value !== undefined && value !== null && value !== "")
        .map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
  `;
}
