// Which chargers were turned away lately, why, and what to do about it.

import { api, path } from "../api.js";
import { html, useState } from "../html.js";
import { usePolling } from "../poll.js";
import { toBeTold, useResource } from "../resource.js";
import { href } from "../router.js";
import { useTenant } from "../tenant.js";
import { number, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { EmptyState } from "../ui/empty.js";
import { Page, Panel } from "../ui/page.js";
import { Problem } from "../ui/problem.js";
import { Table } from "../ui/table.js";
import { Time } from "../ui/time.js";
import { AddDialog } from "./chargers/add-dialog.js";
import { useProfiles } from "./chargers/profiles.js";
import { listPath } from "./chargers/query.js";
import { Reason } from "./chargers/reasons.js";
import { Tabs } from "./chargers/tabs.js";

const LOOK_MILLIS = 15_000;

/** Reasons that are over once the charger is entered. */
const STRANGERS = new Set(["unknown_charger", "provisioning_full"]);

export default function Refusals() {
  const { prefix, may } = useTenant();
  const profiles = useProfiles(prefix);
  // 200 at most, so there is no second page.
  const { data, error, reload } = useResource((signal) => api.get(path`/tenant/${prefix}/refusal`, { signal }), [prefix]);
  usePolling(reload, LOOK_MILLIS);
  const [entering, setEntering] = useState("");
  const rows = data?.data;
  const keyOf = (it) => `${it.identity} ${it.reason} ${it.sourceIp}`;
  return html`
    <${Page} title=${t("common.nav.chargers")} lead=${t("refusals.lead")}>
      <${Tabs} prefix=${prefix} here="refusals" refusals=${rows?.length} />
      <${Panel} id="refusals" title=${t("chargers.refusals")} count=${rows?.length ? number(rows.length) : undefined}>
        ${toBeTold(error) && html`<div class="panel-body"><${Problem} error=${error} retry=${reload} /></div>`}
        ${(rows || !error) &&
        html`<${Table}
          label=${t("chargers.refusals")}
          rows=${rows}
          rowKey=${keyOf}
          empty=${html`<${EmptyState} icon="check" title=${t("refusals.none")} text=${t("refusals.none.text")} />`}
          columns=${[
            {
              key: "identity",
              title: t("chargers.identity"),
              cell: (it) => html`<a class="mono charger-identity" href=${href(listPath(prefix, { identity: it.identity }))}>${it.identity}</a>`,
            },
            { key: "reason", title: t("refusals.reason"), cell: (it) => html`<${Reason} reason=${it.reason} />` },
            { key: "from", title: t("refusals.from"), roomy: true, cell: (it) => html`<span class="mono">${it.sourceIp}</span>` },
            { key: "count", title: t("refusals.count"), end: true, cell: (it) => number(it.count) },
            { key: "last", title: t("refusals.last"), cell: (it) => html`<${Time} at=${it.lastAt} />` },
            ...(may("user")
              ? [
                  {
                    key: "what",
                    title: t("common.actions"),
                    bare: true,
                    cell: (it) =>
                      STRANGERS.has(it.reason)
                        ? html`
                            <${Button} label=${t("refusals.enter.of", { name: it.identity })} onClick=${() => setEntering(it.identity)}>
                              ${t("refusals.enter")}
                            </${Button}>
                          `
                        : null,
                  },
                ]
              : []),
          ]}
        />`}
      </${Panel}>
      ${entering && html`<${AddDialog} identity=${entering} profiles=${profiles} onClose=${() => setEntering("")} onDone=${reload} />`}
    </${Page}>
  `;
}
