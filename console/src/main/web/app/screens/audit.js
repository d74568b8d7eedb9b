// The audit trail: who changed what, and when.

import { path } from "../api.js";
import { html } from "../html.js";
import { downloadCsv } from "../files.js";
import { toBeTold, useAction, usePages } from "../resource.js";
import { current, navigate } from "../router.js";
import { useTenant } from "../tenant.js";
import { t } from "../texts.js";
import { Button } from "../ui/button.js";
import { EmptyState } from "../ui/empty.js";
import { Page, Panel } from "../ui/page.js";
import { Pager } from "../ui/pager.js";
import { Problem } from "../ui/problem.js";
import { Skeleton } from "../ui/skeleton.js";
import { toast } from "../ui/toast.js";
import { Days } from "./audit/days.js";
import { addressOf, filtersOf, isTurned, queryOf } from "./audit/filters.js";
import { FilterForm } from "./audit/filter-form.js";
import { useNames } from "./audit/names.js";

export default function Audit({ query }) {
  const { role } = useTenant();
  return html`
    <${Page} title=${t("audit.title")} lead=${t("audit.lead")} actions=${role === "admin" && html`<${Save} filters=${filtersOf(query)} />`}>
      ${role === "admin"
        ? html`<${Trail} filters=${filtersOf(query)} />`
        : html`<div class="panel"><${EmptyState} icon="audit" title=${t("audit.adminsOnly.title")} text=${t("audit.adminsOnly.text")} /></div>`}
    </${Page}>
  `;
}

function Trail({ filters }) {
  const { prefix } = useTenant();
  const names = useNames(prefix);
  const turned = isTurned(filters);
  const pages = usePages(turned ? undefined : `${path`/tenant/${prefix}/audit`}?${queryOf(filters, 50)}`);
  const { rows } = pages;
  const isFiltered = addressOf(filters) !== "";
  const filter = (next) => void navigate(current().replace(/\?.*/, "") + addressOf(next), { replace: true });
  return html`
    <${FilterForm} filters=${filters} names=${names} onFilter=${filter} />
    <${Problem} title=${t("audit.unread.names")} error=${toBeTold(names.error)} retry=${names.reload} />
    <${Problem} error=${pages.error} retry=${pages.reload} />
    ${!rows && !pages.error && !turned && html`<div class="panel"><${Skeleton} lines=${8} /></div>`}
    ${rows &&
    html`
      <${Panel} id="entries" title=${t("audit.entries")}>
        ${rows.length > 0 && html`<${Days} entries=${rows} names=${names} onFilter=${(more) => filter({ ...filters, ...more })} />`}
        ${rows.length === 0 &&
        !pages.more &&
        html`<${EmptyState}
          icon="audit"
          title=${t(isFiltered ? "audit.noneFound" : "audit.none")}
          action=${isFiltered ? { text: t("audit.clear"), onClick: () => filter(filtersOf(new URLSearchParams())) } : undefined}
        />`}
        ${rows.length === 0 && pages.more && html`<p class="panel-body muted">${t("audit.noneYet")}</p>`}
        <${Pager} pages=${pages} />
      </${Panel}>
    `}
  `;
}

/** What the filters let through, as a file. */
function Save({ filters }) {
  const { prefix } = useTenant();
  const save = useAction(async () => {
    const name = `audit-${prefix}.csv`;
    await downloadCsv(`${path`/tenant/${prefix}/audit`}?${queryOf(filters)}`, name);
    toast(t("audit.saved", { name }));
  });
  return html`
    <${Problem} error=${save.error} />
    <${Button} icon="download" busy=${save.busy} disabled=${isTurned(filters)} onClick=${() => save.run()}>${t("audit.csv")}</${Button}>
  `;
}
