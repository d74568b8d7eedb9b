// Deletes a profile, or says why it can't be.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { useAction } from "../../resource.js";
import { href } from "../../router.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Banner } from "../../ui/banner.js";
import { Dialog } from "../../ui/dialog.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";

/**
 * @param {{ profile: any, etag?: string, hasOthers?: boolean, onClose: () => void, onDeleted: () => void }} properties
 *     `etag` where somebody has looked at it and would not delete what somebody else has made of it; `hasOthers` if that is known
 */
export function DeleteDialog({ profile, etag, hasOthers, onClose, onDeleted }) {
  const { prefix } = useTenant();
  const [count, setCount] = useState(profile.chargerCount);
  const remove = useAction(async () => {
    const at = path`/tenant/${prefix}/profile/${profile.id}`;
    try {
      await api.delete(at, { ifMatch: etag });
    } catch (problem) {
      if (/** @type {any} */ (problem).code === "profile_in_use") {
        const { data } = await api.get(at);
        setCount(data.chargerCount);
      }
      throw problem;
    }
    toast(t("profiles.deleted", { name: profile.displayName }));
    onDeleted();
  });
  const code = /** @type {any} */ (remove.error)?.code;
  const inUse = count > 0 || code === "profile_in_use";
  const stays = (profile.isDefault && hasOthers) || code === "default_profile";
  return html`
    <${Dialog}
      title=${t("profiles.delete.title", { name: profile.displayName })}
      busy=${remove.busy}
      onClose=${onClose}
      onSubmit=${() => !inUse && !stays && void remove.run()}
      foot=${inUse || stays
        ? html`<${Button} onClick=${onClose}>${t("common.close")}</${Button}>`
        : html`
            <${Button} disabled=${remove.busy} onClick=${onClose}>${t("common.cancel")}</${Button}>
            <${Button} type="submit" kind="danger" busy=${remove.busy}>${t("profiles.delete")}</${Button}>
          `}
    >
      ${inUse
        ? html`
            <${Banner} kind="warn" alert>
              ${count > 0 ? t("profiles.inUse", { count }) : t("profiles.inWindow")}${" "}
              <a href=${href(chargersWith(prefix, profile))}>${t(count > 0 ? "profiles.inUse.chargers" : "profiles.inWindow.chargers")}</a>
            </${Banner}>
          `
        : stays
          ? html`<${Banner} kind="warn" alert>${t("profiles.error.default_profile")}</${Banner}>`
          : html`<p>${t("profiles.delete.text")}</p><${Problem} error=${remove.error} area="profiles" />`}
    </${Dialog}>
  `;
}

/** The chargers that have a profile. */
export const chargersWith = (prefix, profile) => path`/t/${prefix}/chargers?profileId=${profile.id}`;
