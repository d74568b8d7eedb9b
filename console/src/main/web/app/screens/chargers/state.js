// How a charger is, in a word or two.

import { html } from "../../html.js";
import { t } from "../../texts.js";
import { Badge } from "../../ui/badge.js";

/** @typedef {import("tenantry-api").components["schemas"]["Charger"]} Charger */

/** @param {{ charger: Charger }} properties */
export function ChargerState({ charger }) {
  return html`
    <span class="charger-state">
      ${charger.online
        ? html`<${Badge} kind="good">${t("chargers.online")}</${Badge}>`
        : charger.lastSeenAt
          ? html`<${Badge}>${t("chargers.offline")}</${Badge}>`
          : html`<${Badge} kind="warn">${t("chargers.never")}</${Badge}>`}
      ${charger.blocked && html`<${Badge} kind="bad">${t("chargers.blocked")}</${Badge}>`}
    </span>
  `;
}

/** What people call it. @param {Charger} charger */
export const nameOf = (charger) => charger.displayName ?? charger.identity;
