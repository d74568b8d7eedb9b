// With what a charger shows who it is: its profile's password, or one of its own.

import { html, useState } from "../../html.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { Badge } from "../../ui/badge.js";
import { Button } from "../../ui/button.js";
import { confirm } from "../../ui/dialog.js";
import { Panel } from "../../ui/page.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { PasswordDialog, usePasswordChange } from "./password-dialog.js";

/** @param {{ charger: import("./state.js").Charger, etag?: string, reload: () => Promise<void> }} properties */
export function Password({ charger, etag, reload }) {
  const { may } = useTenant();
  const [setting, setSetting] = useState(false);
  const change = usePasswordChange({
    seen: { data: charger, etag },
    onSaved: () => {
      toast(t("charger.password.cleared"));
      void reload();
    },
    onTheirs: reload,
  });
  const clear = async () => {
    const sure = await confirm({
      title: t("charger.password.clear.title"),
      text: t("charger.password.clear.text"),
      action: t("charger.password.clear"),
      danger: true,
    });
    if (sure) {
      void change.save({ password: null });
    }
  };
  return html`
    <${Panel} id="password" title=${t("chargers.password")}>
      <div class="panel-body charger-password">
        <p>
          ${charger.hasPassword
            ? html`<${Badge} kind="accent">${t("charger.password.own")}</${Badge}> ${t("charger.password.own.text")}`
            : html`<${Badge}>${t("charger.password.profiles")}</${Badge}> ${t("charger.password.profiles.text")}`}
        </p>
        ${may("user") &&
        html`
          <div class="page-actions">
            <${Button} onClick=${() => setSetting(true)}>
              ${charger.hasPassword ? t("charger.password.replace") : t("charger.password.give")}
            </${Button}>
            ${charger.hasPassword && html`<${Button} busy=${change.busy} onClick=${clear}>${t("charger.password.clear")}</${Button}>`}
          </div>
        `}
        <${Problem} error=${change.error} area="chargers" />
      </div>
      ${change.dialog}
      ${setting && html`<${PasswordDialog} charger=${charger} etag=${etag} onClose=${() => setSetting(false)} onDone=${reload} />`}
    </${Panel}>
  `;
}
