// The end of a tenant.

import { api, path } from "../../api.js";
import { html } from "../../html.js";
import { navigate } from "../../router.js";
import { useTenant } from "../../tenant.js";
import { forgetTenant } from "../../tenants.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { confirm } from "../../ui/dialog.js";
import { Panel } from "../../ui/page.js";
import { toast } from "../../ui/toast.js";

export function Delete() {
  const { prefix, tenant } = useTenant();
  const remove = async () => {
    const done = await confirm({
      title: t("settings.delete.title", { name: tenant.name }),
      text: t("settings.delete.text"),
      action: t("settings.delete"),
      danger: true,
      type: prefix,
      area: "settings",
      act: () => api.delete(path`/tenant/${prefix}`),
    });
    if (done) {
      await navigate("/", { replace: true, unasked: true });
      toast(t("settings.deleted", { name: tenant.name }));
      await forgetTenant(prefix);
    }
  };
  return html`
    <${Panel} id="delete" title=${t("settings.end")} lead=${t("settings.end.lead")}>
      <div class="panel-body">
        <${Button} kind="danger" onClick=${remove}>${t("settings.delete")}</${Button}>
      </div>
    </${Panel}>
  `;
}
