// The password of a profile's chargers: only ever written, never read.

import { html, useState } from "../../html.js";
import { dateTime, t } from "../../texts.js";
import { Banner } from "../../ui/banner.js";
import { Button } from "../../ui/button.js";
import { CopyButton } from "../../ui/copy.js";
import { Dialog } from "../../ui/dialog.js";
import { Check, Field, Select } from "../../ui/fields.js";
import { Radios } from "../../ui/radios.js";
import { OVERLAPS, asksPassword, bytesOf, needsPassword } from "./draft.js";
import { newPassword } from "./random.js";

/**
 * @param {{ draft: import("./draft.js").Draft, profile: any, onInput: (change: object) => void,
 *     fault: (...pointers: string[]) => string | undefined }} properties
 */
export function Password({ draft, profile, onInput, fault }) {
  const { password, securityProfile } = draft;
  const needed = needsPassword(securityProfile);
  if (!needed && !profile.hasPassword) {
    return null;
  }
  const change = (more) => onInput({ password: { ...password, ...more } });
  const asks = asksPassword(draft, profile);
  return html`
    <div class="password">
      ${profile.hasPassword &&
      !password.set &&
      html`
        <div class="password-there">
          <p>${t(needed ? "profiles.password.there" : "profiles.password.unused")}</p>
          ${needed && html`<${Button} onClick=${() => onInput({ password: { ...password, set: true }, overlap: defaultOverlap(profile) })}>${t("profiles.password.another")}</${Button}>`}
        </div>
        ${!needed &&
        html`<${Check} name="removePassword" label=${t("profiles.password.remove")} checked=${password.remove} onInput=${(remove) => change({ remove })} />`}
      `}
      ${asks && html`<${Fields} password=${password} change=${change} error=${fault("/password", "/passwordHex")} />`}
      ${profile.hasPassword && asks && html`<${Overlap} draft=${draft} profile=${profile} onInput=${onInput} error=${fault("/oldPasswordValidSeconds")} />`}
      ${profile.hasPassword &&
      password.set &&
      html`<div><${Button} onClick=${() => onInput({ password: { ...password, set: false, value: "", made: false }, overlap: "" })}>${t("profiles.password.keep")}</${Button}></div>`}
      ${!asks && profile.oldPasswordValidUntil && html`<${Former} draft=${draft} profile=${profile} onInput=${onInput} error=${fault("/oldPasswordValidSeconds")} />`}
    </div>
  `;
}

/** Chargers that are out there have to get the new one first. */
const defaultOverlap = (profile) => String(profile.chargerCount > 0 ? 7 * 86_400 : 0);

function Fields({ password, change, error }) {
  const [shown, setShown] = useState(false);
  const isHex = password.kind === "hex";
  const size = isHex ? password.value.length / 2 : bytesOf(password.value);
  const visible = shown || password.made;
  return html`
    <${Radios}
      row
      name="passwordKind"
      legend=${t("profiles.password.kind")}
      value=${password.kind}
      onInput=${(kind) => change({ kind, value: "", made: false })}
      options=${[
        { value: "text", text: t("profiles.password.text"), hint: t("profiles.password.text.hint") },
        { value: "hex", text: t("profiles.password.hex"), hint: t("profiles.password.hex.hint") },
      ]}
    />
    <div class="password-field">
      <${Field}
        name="password"
        type=${visible ? "text" : "password"}
        label=${t("profiles.password")}
        value=${password.value}
        onInput=${(value) => change({ value, made: false })}
        error=${error}
        good=${password.value && Number.isInteger(size) && size >= 16 && size <= 40 ? t("profiles.password.good", { count: size }) : undefined}
        hint=${password.made ? t("profiles.password.made") : t("profiles.password.hint")}
        class="input mono"
        autocomplete="new-password"
        autocapitalize="none"
        spellcheck=${false}
      />
      <div class="password-actions">
        <${Button} onClick=${() => change({ value: newPassword(password.kind), made: true })}>${t("profiles.password.generate")}</${Button}>
        ${password.made
          ? html`<${CopyButton} text=${password.value} label=${t("profiles.password.copy")} />`
          : html`<${Button} kind="quiet" aria-pressed=${String(shown)} onClick=${() => setShown(!shown)}>${t(shown ? "profiles.password.hide" : "profiles.password.show")}</${Button}>`}
      </div>
    </div>
  `;
}

const spans = () => OVERLAPS.map((it) => [String(it), t(`profiles.overlap.${it}`)]);

function Overlap({ draft, profile, onInput, error }) {
  return html`
    <${Select}
      name="overlap"
      label=${t("profiles.overlap")}
      value=${draft.overlap}
      onInput=${(overlap) => onInput({ overlap })}
      options=${spans()}
      error=${error}
      hint=${draft.overlap === "0" && profile.chargerCount > 0
        ? t("profiles.overlap.risk", { count: profile.chargerCount })
        : t("profiles.overlap.hint")}
    />
  `;
}

/** The password before this one is still taken. */
function Former({ draft, profile, onInput, error }) {
  return html`
    <${Select}
      name="overlap"
      label=${t("profiles.former", { when: dateTime(profile.oldPasswordValidUntil) })}
      value=${draft.overlap}
      onInput=${(overlap) => onInput({ overlap })}
      options=${[["", t("profiles.former.keep")], ...OVERLAPS.map((it) => [String(it), t(`profiles.former.${it}`)])]}
      error=${error}
    />
  `;
}

/**
 * The one time that a password is told. Closing it in passing would lose the password, so that takes two attempts.
 *
 * @param {{ password: string, onClose: () => void }} properties
 */
export function ToldOnce({ password, onClose }) {
  const [warned, setWarned] = useState(false);
  return html`
    <${Dialog}
      title=${t("profiles.told.title")}
      onClose=${() => (warned ? onClose() : setWarned(true))}
      foot=${html`<${Button} kind="primary" onClick=${onClose}>${t("profiles.told.done")}</${Button}>`}
    >
      <${Banner} kind="warn">${t("profiles.told.text")}</${Banner}>
      <div class="told">
        <input
          class="input mono"
          readonly
          aria-label=${t("profiles.password")}
          value=${password}
          onFocus=${(event) => event.currentTarget.select()}
        />
        <${CopyButton} text=${password} label=${t("profiles.password.copy")} />
      </div>
      ${warned && html`<${Banner} kind="bad" alert>${t("profiles.told.sure")}</${Banner}>`}
    </${Dialog}>
  `;
}
