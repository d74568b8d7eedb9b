// Questions before the page, by the browser's own modal dialog.

import { html, useEffect, useId, useLayoutEffect, useRef, useState } from "../html.js";
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
  return new Promise((resolve) => {
    giveUp();
    let running = false;
    const act = async () => {
      running = true;
      try {
        await question.act?.();
      } finally {
        running = false;
      }
    };
    // Whoever waits for a question that goes on by itself hears what came of it.
    asked.set({ ...question, id: ++count, act, resolve, giveUp: () => !running && resolve(false) });
  });
}

let count = 0;

/** What was asked and is not answered is not done: nobody may wait for it for ever. */
function giveUp() {
  asked.get()?.giveUp();
  asked.set(null);
}

/** Where `confirm` asks. App draws it, once. */
export function Dialogs() {
  const question = useStore(asked);
  useEffect(() => giveUp, []);
  return question && html`<${Confirm} key=${question.id} question=${question} />`;
}

function Confirm({ question }) {
  const [typed, setTyped] = useState("");
  const action = useAction(question.act);
  const isAsked = () => asked.get() === question;
  const end = (answer) => {
    if (isAsked()) {
      asked.set(null);
    }
    question.resolve(answer);
  };
  const submit = async () => {
    const done = await action.run();
    // What failed is told here, where it can be tried again; unless something else is asked here by now.
    if (done || !isAsked()) {
      end(done);
    }
  };
  const ready = !question.type || typed === question.type;
  return html`
    <${Dialog}
      title=${question.title}
      busy=${action.busy}
      onClose=${() => end(false)}
      onSubmit=${() => ready && !action.busy && void submit()}
      foot=${html`
        <${Button} disabled=${action.busy} onClick=${() => end(false)}>${t("common.cancel")}</${Button}>
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
