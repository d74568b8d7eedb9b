// Nothing there yet, and what to do about it.

import { html } from "../html.js";
import { Button } from "./button.js";
import { Icon } from "./icon.js";

/**
 * @param {{ icon: string, title?: string, text?: any, action?: { text: string, href?: string, onClick?: () => void } }} properties
 */
export function EmptyState({ icon, title, text, action }) {
  return html`
    <div class="empty">
      <${Icon} name=${icon} />
      ${title && html`<h2>${title}</h2>`}
      ${text && html`<p>${text}</p>`}
      ${action && html`<${Button} kind="primary" href=${action.href} onClick=${action.onClick}>${action.text}</${Button}>`}
    </div>
  `;
}
