// The charger profiles of a tenant.

import { api, path } from "../api.js";
import { html, useState } from "../html.js";
import { useAction, usePages } from "../resource.js";
import { href } from "../router.js";
import { useTenant } from "../tenant.js";
import { dateTime, number, t } from "../texts.js";
import { Badge } from "../ui/badge.js";
import { Button } from "../ui/button.js";
import { EmptyState } from "../ui/empty.js";
import { Page } from "../ui/page.js";
import { Pager } from "../ui/pager.js";
import { Problem } from "../ui/problem.js";
import { RowMenu } from "../ui/row-menu.js";
import { Table } from "../ui/table.js";
import { toast } from "../ui/toast.js";
import { DeleteDialog, chargersWith } from "./profiles/delete-dialog.js";

export default function Profiles() {
  const { prefix, may } = useTenant();
  const pages = usePages(path`/tenant/${prefix}/profile?limit=200`);
  const [deleting, setDeleting] = useState(/** @type {any} */ (null));
  const { rows } = pages;
  const at = (it) => path`/t/${prefix}/profiles/${it.id}`;
  const promote = useAction(async (it) => {
    await api.put(path`/tenant/${prefix}/profile/${it.id}`, { isDefault: true });
    toast(t("profiles.isDefault", { name: it.displayName }));
    await pages.reload();
  });
  const create = path`/t/${prefix}/profiles/new`;
  return html`
    <${Page}
      title=${t("profiles.title")}
      lead=${t("profiles.lead")}
      actions=${may("user") && rows?.length !== 0 && html`<${Button} kind="primary" icon="plus" href=${create}>${t("profiles.create")}</${Button}>`}
    >
      <${Problem} error=${pages.error} retry=${pages.reload} />
      <${Problem} error=${promote.error} area="profiles" />
      ${(rows || !pages.error) &&
      html`
        <div class="panel profiles">
          <${Table}
            label=${t("profiles.title")}
            rows=${rows}
            rowKey=${(it) => it.id}
            empty=${html`<${EmptyState}
              icon="profile"
              title=${t("profiles.none")}
              text=${t("profiles.none.text")}
              action=${may("user") ? { text: t("profiles.create"), href: create } : undefined}
            />`}
            columns=${[
              {
                key: "name",
                title: t("profiles.name"),
                cell: (it) => html`
                  <div class="profile-name">
                    <a href=${href(at(it))}>${it.displayName}</a>
                    ${it.isDefault && html`<${Badge} kind="accent">${t("profiles.default")}</${Badge}>`}
                  </div>
                  ${it.isDefault && html`<p class="small muted">${t("profiles.default.means")}</p>`}
                  ${it.description && html`<p class="small muted clamp">${it.description}</p>`}
                `,
              },
              { key: "cpms", title: t("profiles.cpmsUrl"), cell: (it) => html`<code class="small">${it.cpmsUrl}</code>` },
              {
                key: "security",
                title: t("profiles.security"),
                cell: (it) => html`
                  <div>
                    <div class="profile-security">
                      <span>${t(`profiles.level.${it.securityProfile}`)}</span>
                      ${it.oldPasswordValidUntil && html`<${Badge} kind="warn">${t("profiles.rotating")}</${Badge}>`}
                    </div>
                    ${it.oldPasswordValidUntil && html`<p class="small muted">${t("profiles.former", { when: dateTime(it.oldPasswordValidUntil) })}</p>`}
                  </div>
                `,
              },
              {
                key: "chargers",
                title: t("profiles.chargers"),
                end: true,
                cell: (it) =>
                  it.chargerCount > 0
                    ? html`<a href=${href(chargersWith(prefix, it))} aria-label=${t("profiles.chargers.count", { count: it.chargerCount })}>${number(it.chargerCount)}</a>`
                    : html`<span class="muted">0</span>`,
              },
              {
                key: "actions",
                title: t("common.actions"),
                actions: true,
                cell: (it) =>
                  may("user") &&
                  html`<${RowMenu}
                    name=${it.displayName}
                    items=${[
                      { text: t("profiles.edit"), icon: "settings", href: at(it) },
                      ...(it.isDefault ? [] : [{ text: t("profiles.makeDefault"), icon: "check", onSelect: () => void promote.run(it) }]),
                      { text: t("profiles.delete"), icon: "trash", danger: true, onSelect: () => setDeleting(it) },
                    ]}
                  />`,
              },
            ]}
          />
          <${Pager} pages=${pages} />
        </div>
      `}
      ${deleting &&
      html`
        <${DeleteDialog}
          profile=${deleting}
          hasOthers=${(rows?.length ?? 0) > 1 || pages.more !== undefined}
          onClose=${() => setDeleting(null)}
          onTheirs=${() => {
            setDeleting(null);
            void pages.reload();
          }}
          onDeleted=${() => {
            setDeleting(null);
            void pages.reload();
          }}
        />
      `}
    </${Page}>
  `;
}
