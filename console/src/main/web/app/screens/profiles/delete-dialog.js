// Deletes a profile, or says why it can't be.

import { path } from "../../api.js";
import { html } from "../../html.js";
import { href } from "../../router.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { useVersioned } from "../../versioned.js";
import { Button } from "../../ui/button.js";
import { Banner } from "../../ui/banner.js";
import { Dialog } from "../../ui/dialog.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { differingFromDeleted } from "./conflict.js";

/**
 * @param {{ profile: any, etag?: string, hasOthers?: boolean, onClose: () => void, onDeleted: () => void,
 *     onTheirs: (now: import("../../versioned.js").Version) => void }} properties `profile` as somebody has looked at it, who would
 *     not delete what somebody else has made of it, which `onTheirs` is given then; `hasOthers` if that is known
 */
export function DeleteDialog({ profile, etag, hasOthers, onClose, onDeleted, onTheirs }) {
  const { prefix } = useTenant();
  const remove = useVersioned({
    at: path`/tenant/${prefix}/profile/${profile.id}`,
    seen: { data: profile, etag },
    area: "profiles",
    differing: (before, _, now) => differingFromDeleted(before, now),
    onSaved: () => {
      toast(t("profiles.deleted", { name: profile.displayName }));
      onDeleted();
    },
    onTheirs,
  });
  const { code, detail = "" } = /** @type {any} */ (remove.error) ?? {};
  const count = code === "profile_in_use" ? Number(/^\d+/.exec(detail)?.[0] ?? 0) : profile.chargerCount;
  const inUse = count > 0 || code === "profile_in_use";
  const stays = (profile.isDefault && hasOthers) || code === "default_profile";
  return html`
    <${Dialog}
      title=${t("profiles.delete.title", { name: profile.displayName })}
      busy=${remove.busy}
      onClose=${onClose}
      onSubmit=${() => !inUse && !stays && void remove.remove()}
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
    ${remove.dialog}
  `;
}

/** The chargers that have a profile. */
export const chargersWith = (prefix, profile) => path`/t/${prefix}/chargers?profileId=${profile.id}`;
