// Questions before the page, by the browser's own modal dialog.

import { html, useEffect, useId, useLayoutEffect, useRef, useState } from "../html.js";
import { useStore } from "../store.js";
import { t } from "../texts.js";
import { useAction } from "../resource.js";
import { askToDiscard, useUnsaved } from "../unsaved.js";
import { asked, giveUp } from "./ask.js";
import { Button } from "./button.js";
import { Field } from "./fields.js";
import { useModal } from "./focus.js";
import { Problem } from "./problem.js";

export { confirm } from "./ask.js";

/** What somebody types into; what they choose is chosen again in a moment. */
const TYPED = ".dialog-body :is(input:not([type=checkbox], [type=radio], [readonly]), textarea)";

/**
 * A dialog, open as long as it is drawn. `onClose` is called when somebody closes it, by Escape too, or by a press beside it;
 * not by that where there are fields, and where something was typed only once somebody has said that it may go.
 *
 * @param {{ title: string, onClose: () => void, foot?: any, wide?: boolean, steady?: boolean, busy?: boolean, passing?: boolean,
 *     onSubmit?: () => void, children?: any }} properties with `onSubmit` it is a form; `steady`: a press beside it does not close
 *     it; `busy`: nothing closes it, since what it does goes on, and what comes of that is told in it; `passing`: what is typed in
 *     it is worth nothing
 */
export function Dialog({ title, onClose, foot, wide, steady, busy, passing, onSubmit, children }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  // One may ask something before another.
  const id = useId();
  const pressed = useRef(/** @type {EventTarget | null} */ (null));
  useModal(element, "[autofocus], .dialog-body :is(input, select, textarea)");
  const [typed, look] = useTyped(element);
  const release = useUnsaved(typed && !busy && !passing);
  const close = async () => {
    if (!busy && (!typed || passing || (await askToDiscard()))) {
      release();
      onClose();
    }
  };
  const inside = html`
    <div class="dialog-head">
      <h2 id=${id}>${title}</h2>
      <${Button} kind="quiet" icon="close" label=${t("common.close")} disabled=${busy} onClick=${() => void close()} />
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
        void close();
      }}
      onKeyDown=${(event) => {
        // A browser that has asked once closes at the second Escape without asking.
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          void close();
        }
      }}
      onClose=${() => {
        // It closed without us, as by a second press of a telephone's back button.
        if (element.current?.isConnected && !element.current.open) {
          element.current.showModal();
          void close();
        }
      }}
      onInput=${look}
      onPointerDown=${(event) => (pressed.current = event.target)}
      onMouseDown=${(event) => {
        // Whoever is typing goes on.
        if (event.target === element.current) {
          event.preventDefault();
        }
      }}
      onClick=${(event) => {
        look();
        // Beside it, and not merely let go there, as at the end of a selection.
        const beside = event.target === element.current && pressed.current === element.current;
        if (beside && !steady && !element.current?.querySelector(TYPED)) {
          void close();
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

/**
 * Whether something has been typed into the fields of a dialog, or put there by a button, that they did not begin with.
 *
 * @param {{ current: HTMLDialogElement | null }} element
 * @returns {[boolean, () => void]} and what is to be called when somebody has typed or pressed something
 */
function useTyped(element) {
  const [typed, setTyped] = useState(false);
  const touched = useRef(false);
  const first = useRef(/** @type {Map<string, string>} */ (new Map()));
  const compare = () => {
    const fields = /** @type {HTMLInputElement[]} */ ([...(element.current?.querySelectorAll(TYPED) ?? [])]);
    for (const { name, value } of fields) {
      // Until somebody does something, what is there may still be coming.
      if (!touched.current || !first.current.has(name)) {
        first.current.set(name, value);
      }
    }
    setTyped(fields.some(({ name, value }) => value.trim() !== "" && value !== first.current.get(name)));
  };
  useLayoutEffect(compare);
  return [
    typed,
    () => {
      touched.current = true;
      compare();
    },
  ];
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
      passing
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
