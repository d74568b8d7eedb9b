// The entries of one scope.

import { html } from "../../html.js";
import { useTenant } from "../../tenant.js";
import { number, t } from "../../texts.js";
import { Badge } from "../../ui/badge.js";
import { Button } from "../../ui/button.js";
import { EmptyState } from "../../ui/empty.js";
import { Panel } from "../../ui/page.js";
import { RowMenu } from "../../ui/row-menu.js";
import { Table } from "../../ui/table.js";
import { Time } from "../../ui/time.js";
import { covering } from "./rules.js";

/**
 * @param {{ scope: "charger" | "api", rows?: any[], here?: string, before?: any, onAdd: () => void, onEdit: (entry: any) => void,
 *     onRemove: (entry: any) => void }} properties `before` stands above the table
 */
export function Entries({ scope, rows, here, before, onAdd, onEdit, onRemove }) {
  const { may } = useTenant();
  const own = scope === "api" && here && rows ? covering(rows, here) : [];
  return html`
    <${Panel}
      id=${`scope-${scope}`}
      title=${t(`access.of.${scope}`)}
      count=${rows?.length ? number(rows.length) : undefined}
      lead=${t(`access.lead.${scope}`)}
      actions=${may("admin") && rows && html`<${Button} icon="plus" label=${t(`access.addTo.${scope}`)} onClick=${onAdd}>${t("access.add")}</${Button}>`}
    >
      ${before}
      <${Table}
        label=${t(`access.of.${scope}`)}
        rows=${rows}
        rowKey=${(it) => it.id}
        empty=${html`<${EmptyState} icon=${scope === "api" ? "access" : "charger"} title=${t(`access.none.${scope}`)} text=${t(`access.none.text.${scope}`)} />`}
        columns=${[
          {
            key: "ip",
            title: t("access.ip"),
            cell: (it) => html`
              <span class="ip">
                <code>${it.ip}</code>
                ${own.includes(it) && html`<${Badge} kind="good" title=${t("access.letsYouIn")}>${t("access.you")}</${Badge}>`}
              </span>
            `,
          },
          { key: "description", title: t("access.description"), cell: (it) => it.description ?? html`<span class="muted">–</span>` },
          {
            key: "expires",
            title: t("access.expires"),
            cell: (it) => (it.expiresAt ? html`<${Time} at=${it.expiresAt} as="dateTime" />` : html`<span class="muted">${t("access.never")}</span>`),
          },
          { key: "added", title: t("access.addedAt"), cell: (it) => html`<${Time} at=${it.createdAt} as="date" />` },
          {
            key: "actions",
            title: t("common.actions"),
            actions: true,
            cell: (it) =>
              may("admin") &&
              html`<${RowMenu}
                name=${it.ip}
                items=${[
                  { text: t("access.edit"), icon: "settings", onSelect: () => onEdit(it) },
                  { text: t("access.remove"), icon: "trash", danger: true, onSelect: () => onRemove(it) },
                ]}
              />`,
          },
        ]}
      />
    </${Panel}>
  `;
}
