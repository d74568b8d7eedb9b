// Whatever is pressed.

import { href as hrefOf } from "../router.js";
import { html } from "../html.js";
import { Icon } from "./icon.js";

/**
 * A button, or a link that looks like one.
 *
 * @param {{ kind?: "primary" | "danger" | "quiet", icon?: string, busy?: boolean, disabled?: boolean, href?: string,
 *     label?: string, type?: "button" | "submit", class?: string, onClick?: (event: MouseEvent) => void, children?: any,
 *     [more: string]: any }} properties `href` is a path of the console; `label` names a button that is an icon alone
 */
export function Button({ kind, icon, busy, disabled, href, label, type = "button", class: more = "", onClick, children, ...rest }) {
  const iconOnly = icon && !children;
  const classes = `button ${kind ? `button-${kind}` : ""} ${iconOnly ? "button-icon" : ""} ${more}`;
  const inside = html`${busy ? html`<span class="spinner" aria-hidden="true"></span>` : icon && html`<${Icon} name=${icon} />`}${children}`;
  if (href !== undefined) {
    return html`<a class=${classes} href=${hrefOf(href)} aria-label=${label} ...${rest}>${inside}</a>`;
  }
  // Not `disabled`, which would take the focus away from whoever has just pressed it.
  const off = busy || disabled;
  return html`
    <button
      type=${type}
      class=${classes}
      aria-label=${label}
      title=${iconOnly ? label : undefined}
      aria-disabled=${off ? "true" : undefined}
      aria-busy=${busy ? "true" : undefined}
      onClick=${(event) => {
        if (off) {
          event.preventDefault();
        } else {
          onClick?.(event);
        }
      }}
      ...${rest}
    >
      ${inside}
    </button>
  `;
}
