// A password to be, typed or made here, and the one time that it is told. It is never read back from the API.

import { html, useState } from "../html.js";
import { bytesOf, newPassword, passwordFault } from "../password.js";
import { t } from "../texts.js";
import { useUnsaved } from "../unsaved.js";
import { Banner } from "./banner.js";
import { Button } from "./button.js";
import { CopyButton } from "./copy.js";
import { Dialog, confirm } from "./dialog.js";
import { Field } from "./fields.js";
import { Radios } from "./radios.js";

/**
 * It is the charger's, and the browser is not to keep it as the reader's own: so it is no field of type `password`.
 *
 * @param {{ password: import("../password.js").Password, onInput: (change: object) => void, error?: any }} properties
 *     `onInput` is given what changes
 */
export function PasswordFields({ password: { kind, value, made }, onInput, error }) {
  const [shown, setShown] = useState(false);
  const isHex = kind === "hex";
  const size = isHex ? value.length / 2 : bytesOf(value);
  return html`
    <${Radios}
      row
      name="passwordKind"
      legend=${t("password.kind")}
      value=${kind}
      onInput=${(to) => onInput({ kind: to, value: made ? newPassword(to) : "" })}
      options=${[
        { value: "text", text: t("password.text"), hint: t("password.text.hint") },
        { value: "hex", text: t("password.hex"), hint: t("password.hex.hint") },
      ]}
    />
    <div class="password-field">
      <${Field}
        name="password"
        label=${t("password.label")}
        class=${shown || made ? "input mono" : "input mono masked"}
        value=${value}
        onInput=${(text) => onInput({ value: isHex ? text.replace(/[\s:-]/g, "") : text, made: false })}
        error=${error}
        good=${passwordFault({ kind, value }) ? undefined : t("password.good", { count: size })}
        hint=${made ? t("password.made") : t("password.hint")}
        autocomplete="off"
        autocapitalize="none"
        spellcheck=${false}
      />
      <div class="password-actions">
        <${Button} onClick=${() => onInput({ value: newPassword(kind), made: true })}>${t("password.generate")}</${Button}>
        ${made
          ? html`<${CopyButton} text=${value} label=${t("password.copy")} />`
          : html`<${Button} kind="quiet" aria-pressed=${String(shown)} onClick=${() => setShown(!shown)}>${t(shown ? "password.hide" : "password.show")}</${Button}>`}
      </div>
    </div>
  `;
}

/**
 * The one time that a password is told. It does not close in passing, which would lose it: only once it was copied, or somebody
 * says that they have it.
 *
 * @param {{ password: string, more?: { text: string, onClick: () => void }, onClose: () => void }} properties
 *     `more` is what can be done besides, once it is kept
 */
export function ToldOnce({ password, more, onClose }) {
  const [copied, setCopied] = useState(false);
  const [warned, setWarned] = useState(false);
  const release = useUnsaved(!copied, askToLeave);
  const after = (act) => () => {
    release();
    act();
  };
  return html`
    <${Dialog}
      steady
      title=${t("password.told.title")}
      onClose=${copied ? after(onClose) : () => setWarned(true)}
      foot=${html`
        ${more && html`<${Button} onClick=${after(more.onClick)}>${more.text}</${Button}>`}
        <${Button} kind="primary" onClick=${after(onClose)}>${t("password.told.done")}</${Button}>
      `}
    >
      <${Banner} kind="warn">${t("password.told.text")}</${Banner}>
      <div class="told">
        <input class="input mono" readonly aria-label=${t("password.label")} value=${password} onFocus=${(event) => event.currentTarget.select()} onCopy=${() => setCopied(true)} />
        <${CopyButton} text=${password} label=${t("password.copy")} onCopied=${() => setCopied(true)} />
      </div>
      ${warned && !copied && html`<${Banner} kind="bad" alert>${t("password.told.sure")}</${Banner}>`}
    </${Dialog}>
  `;
}

/** It is no change that could be made once more. */
const askToLeave = () =>
  confirm({ title: t("password.told.leave.title"), text: t("password.told.leave.text"), action: t("password.told.leave"), danger: true });
