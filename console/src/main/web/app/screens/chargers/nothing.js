// A list without chargers: why, and what leads to some.

import { path } from "../../api.js";
import { html } from "../../html.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { EmptyState } from "../../ui/empty.js";
import { Icon } from "../../ui/icon.js";

/** @param {{ onClear: () => void }} properties */
export const NoMatch = ({ onClear }) => html`
  <${EmptyState}
    icon="search"
    title=${t("chargers.noMatch")}
    text=${t("chargers.noMatch.text")}
    action=${{ text: t("chargers.filter.clear"), onClick: onClear }}
  />
`;

/**
 * @param {{ profiles: ReturnType<typeof import("./profiles.js").useProfiles>, open?: boolean,
 *     onDialog: (name: "add" | "provision") => void }} properties `open`: provisioning is on
 */
export function NoChargers({ profiles, open, onDialog }) {
  const { prefix, may } = useTenant();
  if (profiles.list?.length === 0) {
    return html`
      <${EmptyState}
        icon="profile"
        title=${t("chargers.none.profileFirst")}
        text=${t("chargers.none.profileFirst.text")}
        action=${may("user") ? { text: t("chargers.none.toProfiles"), href: path`/t/${prefix}/profiles` } : undefined}
      />
    `;
  }
  return html`
    <div class="empty">
      <${Icon} name="charger" />
      <h2>${t("chargers.none")}</h2>
      <p>${open ? t("chargers.none.open") : t("chargers.none.text")}</p>
      ${may("user") &&
      html`
        <div class="page-actions">
          ${!open && html`<${Button} kind="primary" onClick=${() => onDialog("provision")}>${t("provisioning.start")}</${Button}>`}
          <${Button} onClick=${() => onDialog("add")}>${t("chargers.add")}</${Button}>
          <${Button} href=${path`/t/${prefix}/chargers/import`}>${t("chargers.import")}</${Button}>
        </div>
      `}
    </div>
  `;
}
