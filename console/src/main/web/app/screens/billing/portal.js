// The way to Stripe's billing portal, where payment methods, invoices and the subscription are.

import { api, path } from "../../api.js";
import { html } from "../../html.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Problem } from "../../ui/problem.js";
import { leaveFor, returnUrl } from "./return.js";

/** @param {{ kind?: "primary", text?: string }} properties */
export function PortalButton({ kind, text = t("billing.portal") }) {
  const { prefix } = useTenant();
  const open = useAction(async () => {
    const { data } = await api.get(`${path`/tenant/${prefix}/billing`}?returnUrl=${encodeURIComponent(returnUrl(prefix, "portal"))}`);
    await leaveFor(data.url);
  });
  return html`
    <${Button} kind=${kind} icon="external" busy=${open.busy} onClick=${() => open.run()}>${text}</${Button}>
    ${open.error &&
    html`
      <${Dialog} title=${t("billing.portal.failed")} onClose=${open.clear} foot=${html`<${Button} onClick=${open.clear}>${t("common.close")}</${Button}>`}>
        <${Problem} error=${open.error} area="billing" retry=${() => open.run()} />
      </${Dialog}>
    `}
  `;
}
