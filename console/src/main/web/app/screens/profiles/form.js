// The fields of a profile, to create one or to change it.

import { html, useEffect, useRef, useState } from "../../html.js";
import { t } from "../../texts.js";
import { Check, Field, faultAt, otherThan } from "../../ui/fields.js";
import { Panel } from "../../ui/page.js";
import { Problem } from "../../ui/problem.js";
import { Radios } from "../../ui/radios.js";
import { Configuration } from "./configuration.js";
import { faultsOf, pointerOf, rowFaults } from "./draft.js";
import { levels } from "./levels.js";
import { Password } from "./password.js";

const FIELDS = ["/displayName", "/description", "/cpmsUrl", "/heartbeatInterval", "/securityProfile", "/password", "/passwordHex", "/oldPasswordValidSeconds", "/configuration"];

/**
 * @param {{ draft: import("./draft.js").Draft, profile: any, onInput: (change: object) => void, error?: any, isNew?: boolean,
 *     onSubmit: () => void, foot: any }} properties `onSubmit` is called once nothing is wrong that can be told here
 */
export function ProfileForm({ draft, profile, onInput, error, isNew, onSubmit, foot }) {
  const [tried, setTried] = useState(0);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const faults = faultsOf(draft, profile);
  const ofRows = rowFaults(draft.configuration);
  useEffect(() => {
    const first = (tried || error) && form.current?.querySelector('[aria-invalid="true"]');
    if (first instanceof HTMLElement) {
      first.focus();
    }
  }, [tried, error]);
  const fault = (...pointers) => pointers.map((it) => (tried && faults[it]) || faultAt(error, it)).find(Boolean);
  // A key that is wrong stays wrong however much more is typed elsewhere, so it is said at once.
  const said = Object.fromEntries(
    draft.configuration.map((row) => {
      const api = row.key.trim() && faultAt(error, pointerOf(row.key));
      return [row.id, ofRows[row.id] ?? (api ? { value: api } : {})];
    }),
  );
  const submit = (event) => {
    event.preventDefault();
    if (Object.keys(faults).length === 0 && Object.keys(ofRows).length === 0) {
      onSubmit();
    } else {
      setTried(tried + 1);
    }
  };
  const elsewhere = otherThan(error, ...FIELDS, ...draft.configuration.map((it) => pointerOf(it.key)));
  return html`
    <form class="form-wide" noValidate ref=${form} onSubmit=${submit}>
      <${Panel} id="general" title=${t("profiles.general")}>
        <div class="panel-body form">
          <${Field}
            name="displayName"
            label=${t("profiles.name")}
            value=${draft.displayName}
            onInput=${(displayName) => onInput({ displayName })}
            error=${fault("/displayName")}
            maxlength="100"
            autocomplete="off"
          />
          <${Field}
            name="description"
            label=${t("profiles.description")}
            value=${draft.description}
            onInput=${(description) => onInput({ description })}
            error=${fault("/description")}
            hint=${t("profiles.description.hint")}
            maxlength="500"
            autocomplete="off"
          />
          ${isNew &&
          html`<${Check} name="isDefault" label=${t("profiles.makeDefault")} hint=${t("profiles.default.hint")} checked=${draft.isDefault} onInput=${(isDefault) => onInput({ isDefault })} />`}
        </div>
      </${Panel}>
      <${Panel} id="cpms" title=${t("profiles.cpms")} lead=${t("profiles.cpms.lead")}>
        <div class="panel-body form">
          <${Field}
            name="cpmsUrl"
            type="url"
            label=${t("profiles.cpmsUrl")}
            value=${draft.cpmsUrl}
            onInput=${(cpmsUrl) => onInput({ cpmsUrl })}
            error=${fault("/cpmsUrl")}
            hint=${t("profiles.cpmsUrl.hint")}
            class="input mono"
            placeholder="wss://cpms.example.com/ocpp"
            autocomplete="off"
            autocapitalize="none"
            spellcheck=${false}
          />
          <${Check}
            name="authPassThrough"
            label=${t("profiles.passThrough")}
            hint=${t("profiles.passThrough.hint")}
            checked=${draft.authPassThrough}
            onInput=${(authPassThrough) => onInput({ authPassThrough })}
          />
          <${Field}
            name="heartbeatInterval"
            label=${t("profiles.heartbeat")}
            value=${draft.heartbeatInterval}
            onInput=${(heartbeatInterval) => onInput({ heartbeatInterval })}
            error=${fault("/heartbeatInterval")}
            hint=${t("profiles.heartbeat.hint")}
            after=${t("profiles.seconds")}
            inputmode="numeric"
            autocomplete="off"
          />
        </div>
      </${Panel}>
      <${Panel} id="security" title=${t("profiles.security")} lead=${t("profiles.security.lead")}>
        <div class="panel-body form">
          <${Radios}
            name="securityProfile"
            legend=${t("profiles.level")}
            value=${String(draft.securityProfile)}
            onInput=${(level) => onInput({ securityProfile: Number(level) })}
            options=${levels()}
            error=${fault("/securityProfile")}
          />
          <${Password} draft=${draft} profile=${profile} onInput=${onInput} fault=${fault} />
        </div>
      </${Panel}>
      <${Panel} id="configuration" title=${t("profiles.configuration")} lead=${t("profiles.configuration.lead")} count=${draft.configuration.length || undefined}>
        <div class="panel-body form">
          <${Configuration}
            rows=${draft.configuration}
            onInput=${(configuration) => onInput({ configuration })}
            faults=${said}
            error=${fault("/configuration")}
          />
        </div>
      </${Panel}>
      ${foot(html`<${Problem} error=${elsewhere} area="profiles" />`)}
    </form>
  `;
}
