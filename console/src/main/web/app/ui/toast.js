// What came of something, said in passing.

import { html } from "../html.js";
import { store, useStore } from "../store.js";
import { t } from "../texts.js";
import { Button } from "./button.js";

const SHOWN_MILLIS = 6000;

/** @typedef {{ id: number, text: string }} Toast */
/** @type {ReturnType<typeof store<Toast[]>>} */
const toasts = store([]);
let count = 0;

/** Says that something was done. Errors are shown where they happened instead, by Problem. */
export function toast(text) {
  const id = ++count;
  toasts.set([...toasts.get(), { id, text }].slice(-3));
  setTimeout(() => drop(id), SHOWN_MILLIS);
}

const drop = (id) => toasts.set(toasts.get().filter((it) => it.id !== id));

export function Toasts() {
  return html`
    <div class="toasts" role="status" aria-live="polite">
      ${useStore(toasts).map(
        (it) => html`
          <div class="toast" key=${it.id}>
            <span>${it.text}</span>
            <${Button} kind="quiet" icon="close" label=${t("common.close")} onClick=${() => drop(it.id)} />
          </div>
        `,
      )}
    </div>
  `;
}
