// What the tenant is called.

import { html, useState } from "../../html.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { useUnsaved } from "../../unsaved.js";
import { Button } from "../../ui/button.js";
import { CopyButton } from "../../ui/copy.js";
import { Facts } from "../../ui/facts.js";
import { Field, faultAt, otherThan } from "../../ui/fields.js";
import { Panel } from "../../ui/page.js";
import { Problem } from "../../ui/problem.js";
import { Time } from "../../ui/time.js";
import { toast } from "../../ui/toast.js";
import { useTenantChange } from "./change.js";

export function Name() {
  const { tenant, may } = useTenant();
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const [tried, setTried] = useState(false);
  const name = typed ?? tenant.name;
  const body = { name: name.trim() };
  const dirty = body.name !== tenant.name;
  const change = useTenantChange({
    dirty,
    name: t("settings.name"),
    shown: (it) => it.name,
    onSaved: () => {
      setTyped(null);
      setTried(false);
      toast(t("settings.saved"));
    },
    onTheirs: () => setTyped(null),
  });
  useUnsaved(dirty);
  const submit = (event) => {
    event.preventDefault();
    setTried(true);
    if (!body.name) {
      document.getElementById("field-name")?.focus();
    } else if (dirty) {
      void change.save(body);
    }
  };
  return html`
    <${Panel} id="general" title=${t("settings.general")}>
      <form noValidate onSubmit=${submit}>
        <div class="panel-body form">
          ${may("admin") &&
          html`
            <${Field}
              name="name"
              label=${t("settings.name")}
              value=${name}
              onInput=${setTyped}
              hint=${t("settings.name.hint")}
              error=${faultAt(change.error, "/name") ?? (tried && !body.name ? t("settings.name.missing") : undefined)}
              maxlength="100"
              autocomplete="organization"
            />
          `}
          <${Facts}
            of=${[
              [t("settings.name"), may("admin") ? undefined : tenant.name],
              [t("settings.prefix"), html`<${CopyButton} shown text=${tenant.domainPrefix} />`],
              [t("settings.connectUrl"), html`<${CopyButton} shown text=${tenant.connectUrl} />`],
              [t("settings.createdAt"), html`<${Time} at=${tenant.createdAt} as="date" />`],
            ]}
          />
          <${Problem} error=${otherThan(change.error, "/name")} area="settings" />
        </div>
        ${may("admin") &&
        html`
          <div class="panel-foot">
            ${dirty && html`<${Button} onClick=${() => setTyped(null)}>${t("common.discard")}</${Button}>`}
            <${Button} type="submit" kind="primary" busy=${change.busy} disabled=${!dirty}>${t("common.save")}</${Button}>
          </div>
        `}
      </form>
      ${change.dialog}
    </${Panel}>
  `;
}
