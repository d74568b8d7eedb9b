// The password of a profile's chargers: only ever written, never read.

import { html } from "../../html.js";
import { dateTime, t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Check, Select } from "../../ui/fields.js";
import { PasswordFields } from "../../ui/password.js";
import { OVERLAPS, asksPassword, needsPassword } from "./draft.js";

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
      ${asks && html`<${PasswordFields} password=${password} onInput=${change} error=${fault("/password", "/passwordHex")} />`}
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
