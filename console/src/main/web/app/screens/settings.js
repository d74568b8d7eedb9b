// What a tenant is called and where it is reached, and its end.

import { html, useEffect } from "../html.js";
import { useTenant } from "../tenant.js";
import { t } from "../texts.js";
import { Page } from "../ui/page.js";
import { Delete } from "./settings/delete.js";
import { Domain } from "./settings/domain.js";
import { Name } from "./settings/name.js";

export default function Settings() {
  const { may, reload } = useTenant();
  // It was read when somebody first came to the tenant, perhaps long ago.
  useEffect(() => void reload(), []);
  return html`
    <${Page} title=${t("settings.title")} lead=${t("settings.lead")}>
      <${Name} />
      <${Domain} />
      ${may("admin") && html`<${Delete} />`}
    </${Page}>
  `;
}
