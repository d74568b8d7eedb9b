// Questions before the page, by the browser's own modal dialog.

import { html, useId, useLayoutEffect, useRef, useState } from "../html.js";
import { store, useStore } from "../store.js";
import { t } from "../texts.js";
import { useAction } from "../resource.js";
import { Button } from "./button.js";
import { Field } from "./fields.js";
import { Problem } from "./problem.js";

/**
 * A dialog, open as long as it is drawn. `onClose` is called when somebody closes it, by Escape too, or by a press beside it.
 *
 * @param {{ title: string, onClose: () => void, foot?: any, wide?: boolean, steady?: boolean, busy?: boolean, onSubmit?: () => void,
 *     children?: any }} properties with `onSubmit` it is a form; `steady`: a press beside it does not close it; `busy`: nothing
 *     closes it, since what it does goes on, and what comes of that is told in it
 */
export function Dialog({ title, onClose, foot, wide, steady, busy, onSubmit, children }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  // One may ask something before another.
  const id = useId();
  const pressed = useRef(/** @type {EventTarget | null} */ (null));
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const dialog = /** @type {HTMLDialogElement} */ (element.current);
    dialog.showModal();
    const first = dialog.querySelector("[autofocus], .dialog-body input, .dialog-body select, .dialog-body textarea");
    if (first instanceof HTMLElement) {
      first.focus();
    }
    return () => {
      // Nothing outside of it takes the focus while it is open.
      dialog.close();
      if (before?.isConnected) {
        before.focus();
      }
    };
  }, []);
  const close = () => {
    if (!busy) {
      onClose();
    }
  };
  const inside = html`
    <div class="dialog-head">
      <h2 id=${id}>${title}</h2>
      <${Button} kind="quiet" icon="close" label=${t("common.close")} disabled=${busy} onClick=${close} />
    </div>
    <div class="dialog-body">${children}</div>
    ${foot && html`<div class="dialog-foot">${foot}</div>`}
  `;
  return html`
    <dialog
      class=${wide ? "dialog dialog-wide" : "dialog"}
      ref=${element}
      aria-labelledby=${id}
      onCancel=${(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown=${(event) => {
        // A browser that has asked once closes at the second Escape without asking.
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          close();
        }
      }}
      onClose=${() => {
        // It closed without us, as by a second press of a telephone's back button.
        if (element.current?.isConnected && !element.current.open) {
          element.current.showModal();
          close();
        }
      }}
      onPointerDown=${(event) => (pressed.current = event.target)}
      onClick=${(event) => {
        // Beside it, and not merely let go there, as at the end of a selection.
        if (!steady && event.target === element.current && pressed.current === element.current) {
          close();
        }
      }}
    >
      ${onSubmit
        ? html`<form
            noValidate
            onSubmit=${(event) => {
              event.preventDefault();
              onSubmit();
            }}
          >
            ${inside}
          </form>`
        : html`<div>${inside}</div>`}
    </dialog>
  `;
}

/** @type {ReturnType<typeof store<any>>} */
const asked = store(null);

/**
 * Asks before something that can't be undone. What `act` throws is shown in the dialog, which then stays.
 *
 * @param {{ title: string, text: any, action: string, danger?: boolean, type?: string, area?: string,
 *     act?: () => Promise<unknown> }} question `type` is a word that has to be typed
 * @returns {Promise<boolean>} whether it was done
 */
export function confirm(question) {
  return new Promise((resolve) => asked.set({ ...question, resolve }));
}

/** Where `confirm` asks. App draws it, once. */
export function Dialogs() {
  const question = useStore(asked);
  return question && html`<${Confirm} key=${question.title} question=${question} />`;
}

function Confirm({ question }) {
  const [typed, setTyped] = useState("");
  const action = useAction(async () => question.act?.());
  const end = (answer) => {
    asked.set(null);
    question.resolve(answer);
  };
  const ready = !question.type || typed === question.type;
  return html`
    <${Dialog}
      title=${question.title}
      onClose=${() => end(false)}
      onSubmit=${async () => ready && (await action.run()) && end(true)}
      foot=${html`
        <${Button} onClick=${() => end(false)}>${t("common.cancel")}</${Button}>
        <${Button} type="submit" kind=${question.danger ? "danger" : "primary"} busy=${action.busy} disabled=${!ready}>
          ${question.action}
        </${Button}>
      `}
    >
      <p>${question.text}</p>
      ${question.type &&
      html`<${Field} name="typed" label=${t("common.typeToConfirm", { word: question.type })} value=${typed} onInput=${setTyped} autocomplete="off" />`}
      <${Problem} error=${action.error} area=${question.area} />
    </${Dialog}>
  `;
}
