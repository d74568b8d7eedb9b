// A button with a list of what can be done (WAI-ARIA Authoring Practices, "Menu Button").

import { html, useLayoutEffect, useRef, useState } from "../html.js";
import { href } from "../router.js";
import { Icon } from "./icon.js";

/**
 * @typedef {object} Item
 * @property {string} [text]
 * @property {string} [icon]
 * @property {string} [href] a path of the console
 * @property {() => void} [onSelect]
 * @property {boolean} [checked] one of several that may be chosen
 * @property {string} [lang] of the text
 * @property {boolean} [danger]
 * @property {"line"} [kind]
 */

/**
 * @param {{ label: string, items: Item[], button: any, buttonClass?: string, note?: any, start?: boolean }} properties
 *     `button` is what the button shows, `label` its name; `note` stands above the items; `start` opens it to the other side
 */
export function Menu({ label, items, button, buttonClass = "button button-quiet", note, start }) {
  const [open, setOpen] = useState(false);
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const opener = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const wanted = useRef("first");

  const all = () => /** @type {HTMLElement[]} */ ([...(root.current?.querySelectorAll(".menu-item") ?? [])]);
  // At once: later, somebody quick has chosen already, and what they opened would lose the focus to an item that goes.
  useLayoutEffect(() => {
    if (!open) {
      return undefined;
    }
    const entries = all();
    const chosen = entries.find((it) => it.getAttribute("aria-checked") === "true");
    (wanted.current === "last" ? entries.at(-1) : (chosen ?? entries[0]))?.focus();
    const outside = (event) => {
      if (!root.current?.contains(event.target)) {
        setOpen(false);
      }
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const show = (at) => {
    wanted.current = at;
    setOpen(true);
  };
  const keys = (event) => {
    const entries = all();
    const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = {
      ArrowDown: entries[(at + 1) % entries.length],
      ArrowUp: entries[(at - 1 + entries.length) % entries.length],
      Home: entries[0],
      End: entries.at(-1),
    }[event.key];
    if (to) {
      event.preventDefault();
      to.focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") {
      setOpen(false);
    } else if (event.key.length === 1 && event.key !== " ") {
      const letter = event.key.toLowerCase();
      const next = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
      next.find((it) => it.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    }
  };
  const select = (item) => {
    setOpen(false);
    if (!item.href) {
      opener.current?.focus();
    }
    item.onSelect?.();
  };
  const checks = items.some((it) => it.checked !== undefined);
  return html`
    <div
      class=${start ? "menu menu-start" : "menu"}
      ref=${root}
      onFocusOut=${(event) => event.relatedTarget && !root.current?.contains(event.relatedTarget) && setOpen(false)}
    >
      <button
        type="button"
        class=${buttonClass}
        ref=${opener}
        aria-haspopup="menu"
        aria-expanded=${open ? "true" : "false"}
        aria-label=${label}
        title=${label}
        onClick=${() => (open ? close() : show("first"))}
        onKeyDown=${(event) => {
          if (!open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
            event.preventDefault();
            show(event.key === "ArrowUp" ? "last" : "first");
          }
        }}
      >
        ${button}
      </button>
      ${open &&
      html`
        <div class="menu-list" onKeyDown=${keys}>
          ${note && html`<div class="menu-note">${note}</div>`}
          <div role="menu" aria-label=${label}>
            ${items.map((item, i) =>
              item.kind === "line"
                ? html`<hr key=${i} class="menu-line" />`
                : html`
                    <${item.href ? "a" : "button"}
                      key=${i}
                      class=${item.danger ? "menu-item menu-danger" : "menu-item"}
                      role=${checks && item.checked !== undefined ? "menuitemradio" : "menuitem"}
                      aria-checked=${item.checked === undefined ? undefined : String(item.checked)}
                      tabindex="-1"
                      type=${item.href ? undefined : "button"}
                      href=${item.href ? href(item.href) : undefined}
                      lang=${item.lang}
                      onClick=${() => select(item)}
                    >
                      ${item.icon && html`<${Icon} name=${item.icon} />`}
                      <span class="tenant-name">${item.text}</span>
                      ${item.checked && html`<${Icon} name="check" class="check-mark" />`}
                    </${item.href ? "a" : "button"}>
                  `,
            )}
          </div>
        </div>
      `}
    </div>
  `;
}
