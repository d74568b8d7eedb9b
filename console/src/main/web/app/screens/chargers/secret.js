// A password to be: typed or made here, as text or byte by byte. It is never read back from the API.

import { html, useState } from "../../html.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { CopyButton } from "../../ui/copy.js";
import { Field, Select } from "../../ui/fields.js";
import { hexFault, passwordFault } from "./rules.js";

/** Without those that are taken for one another when somebody types them off. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const TEXT_LENGTH = 24;
/** As OCPP 1.6's security whitepaper has the AuthorizationKey: 40 digits. */
const KEY_BYTES = 20;

/** @typedef {{ kind: "text" | "hex", value: string, made: boolean }} Secret `made` here, so that nobody else knows it yet */

/** @returns {Secret} */
export const noSecret = () => ({ kind: "text", value: "", made: false });

/** What the API is to be sent. */
export const inBody = (secret) => (secret.kind === "hex" ? { passwordHex: secret.value } : { password: secret.value });

/** @returns {string | undefined} */
export const secretFault = (secret) => (secret.kind === "hex" ? hexFault(secret.value) : passwordFault(secret.value));

/** @returns {string} */
function make(kind) {
  if (kind === "hex") {
    return [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  let text = "";
  while (text.length < TEXT_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(TEXT_LENGTH))) {
      // Those above would make the first letters likelier.
      const letter = byte < 256 - (256 % LETTERS.length) ? LETTERS[byte % LETTERS.length] : "";
      text = (text + letter).slice(0, TEXT_LENGTH);
    }
  }
  return text;
}

/**
 * It is the charger's, and the browser is not to keep it as the reader's own: so it is no field of type `password`.
 *
 * @param {{ secret: Secret, onInput: (secret: Secret) => void, error?: string }} properties
 */
export function SecretFields({ secret, onInput, error }) {
  const [shown, setShown] = useState(false);
  return html`
    <${Select}
      name="secretKind"
      label=${t("chargers.password.kind")}
      value=${secret.kind}
      onInput=${(kind) => onInput({ kind, value: secret.made ? make(kind) : "", made: secret.made })}
      options=${[
        ["text", t("chargers.password.text")],
        ["hex", t("chargers.password.hex")],
      ]}
      hint=${secret.kind === "hex" ? t("chargers.password.hex.hint") : t("chargers.password.text.hint")}
    />
    <div class="secret">
      <${Field}
        name="secret"
        label=${t("chargers.password")}
        class=${shown || secret.made ? "input mono" : "input mono masked"}
        value=${secret.value}
        onInput=${(value) => onInput({ ...secret, value: secret.kind === "hex" ? value.replace(/[\s:-]/g, "") : value, made: false })}
        error=${error}
        autocomplete="off"
        spellcheck=${false}
        autocapitalize="off"
      />
      <div class="page-actions">
        <${Button} onClick=${() => onInput({ ...secret, value: make(secret.kind), made: true })}>${t("chargers.password.make")}</${Button}>
        ${!secret.made &&
        secret.value &&
        html`
          <${Button} kind="quiet" aria-pressed=${shown ? "true" : "false"} onClick=${() => setShown(!shown)}>
            ${t("chargers.password.show")}
          </${Button}>
        `}
        ${secret.made && html`<${CopyButton} text=${secret.value} label=${t("chargers.password.copy")} />`}
      </div>
    </div>
  `;
}

/** What was made here, for the last time. @param {{ secret: Secret }} properties */
export function SecretOnce({ secret }) {
  return html`
    <p>${t("chargers.password.once")}</p>
    <div class="once"><${CopyButton} shown text=${secret.value} label=${t("chargers.password.copy")} /></div>
  `;
}
