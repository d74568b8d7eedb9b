// Why a charger was turned away, and what to do about it.

import { html } from "../../html.js";
import { hasText, t } from "../../texts.js";

/** @param {{ reason: string }} properties */
export function Reason({ reason }) {
  // A reason that came later than this page is better than none.
  const title = `refusals.reason.${reason}`;
  return html`
    <div class="reason">
      <span class="reason-title">${hasText(title) ? t(`refusals.reason.${reason}`) : reason}</span>
      ${hasText(`refusals.hint.${reason}`) && html`<span class="field-hint">${t(`refusals.hint.${reason}`)}</span>`}
    </div>
  `;
}
