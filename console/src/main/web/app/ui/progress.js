// How much of something is done.

import { html } from "../html.js";

/** @param {{ label: string, value: number, max: number, text?: any }} properties `text` stands above the bar */
export function Progress({ label, value, max, text }) {
  return html`
    <div class="progress">
      ${text && html`<p class="small" role="status">${text}</p>`}
      <progress aria-label=${label} value=${value} max=${Math.max(max, 1)}></progress>
    </div>
  `;
}
