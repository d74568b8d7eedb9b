// Takes an entry off the allowlist, or says why that would go too far.

import { api, path } from "../../api.js";
import { html } from "../../html.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { Banner } from "../../ui/banner.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { inScope, lacksPermanent, shutsOut } from "./rules.js";

/** @param {{ entries: any[], entry: any, here?: string, onClose: () => void, onDone: () => void }} properties */
export function RemoveDialog({ entries, entry, here, onClose, onDone }) {
  const { prefix } = useTenant();
  const left = entries.filter((it) => it.id !== entry.id);
  const isLast = inScope(left, entry.scope).length === 0;
  const refusal =
    entry.scope === "api" && here && shutsOut(left, here)
      ? "would_lock_out_caller"
      : entry.expiresAt === null && !isLast && lacksPermanent(left, entry.scope)
        ? "permanent_entry_needed"
        : undefined;
  const remove = useAction(async () => {
    try {
      await api.delete(path`/tenant/${prefix}/ips/${entry.id}`);
    } catch (problem) {
      // Somebody else was faster, or its time has run out.
      if (/** @type {any} */ (problem).code !== "ip_not_found") {
        throw problem;
      }
    }
    toast(t("access.removed", { ip: entry.ip }));
    onDone();
    onClose();
  });
  return html`
    <${Dialog}
      title=${t("access.remove.title", { ip: entry.ip })}
      busy=${remove.busy}
      onClose=${onClose}
      onSubmit=${() => !refusal && void remove.run()}
      foot=${refusal
        ? html`<${Button} onClick=${onClose}>${t("common.close")}</${Button}>`
        : html`
            <${Button} disabled=${remove.busy} onClick=${onClose}>${t("common.cancel")}</${Button}>
            <${Button} type="submit" kind="danger" busy=${remove.busy}>${t("access.remove")}</${Button}>
          `}
    >
      ${refusal
        ? html`<${Banner} kind="warn" alert>${t(`access.cannot.${refusal}`, { here: here ?? "" })}</${Banner}>`
        : html`
            ${isLast
              ? html`<${Banner} kind="warn">${t(`access.remove.last.${entry.scope}`)}</${Banner}>`
              : html`<p>${t(`access.remove.text.${entry.scope}`)}</p>`}
            <${Problem} error=${remove.error} area="access" />
          `}
    </${Dialog}>
  `;
}
