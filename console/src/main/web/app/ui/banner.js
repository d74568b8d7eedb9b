// Something to know before all else.

import { html } from "../html.js";
import { Icon } from "./icon.js";

const ICONS = { good: "check", warn: "warning", bad: "warning", info: "info" };

/**
 * @param {{ kind?: "info" | "good" | "warn" | "bad", title?: string, icon?: string, alert?: boolean, actions?: any,
 *     children?: any }} properties `alert`: it came of what somebody just did, and is read out
 */
export function Banner({ kind = "info", title, icon, alert, actions, children }) {
  return html`
    <div class=${`banner banner-${kind}`} role=${alert ? "alert" : undefined}>
      <${Icon} name=${icon ?? ICONS[kind]} />
      <div>${title && html`<strong>${title}</strong>`}${children}</div>
      ${actions}
    </div>
  `;
}
