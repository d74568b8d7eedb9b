// From where chargers may connect, and people and programs may call the API.

import { api, path } from "../api.js";
import { html, useState } from "../html.js";
import { useAction, useIntent, useResource } from "../resource.js";
import { useTenant } from "../tenant.js";
import { t } from "../texts.js";
import { Button } from "../ui/button.js";
import { CopyButton } from "../ui/copy.js";
import { confirm } from "../ui/dialog.js";
import { Page } from "../ui/page.js";
import { Problem } from "../ui/problem.js";
import { toast } from "../ui/toast.js";
import { Entries } from "./access/entries.js";
import { EntryDialog } from "./access/entry-dialog.js";
import { RemoveDialog } from "./access/remove-dialog.js";
import { inScope } from "./access/rules.js";

export default function Access() {
  const { prefix } = useTenant();
  const at = path`/tenant/${prefix}/ips`;
  // A tenant has 200 of them at most, so all are read at once: what a change does depends on every one.
  const found = useResource(async (signal) => {
    const { data, headers } = await api.get(`${at}?limit=1000`, { signal });
    return { rows: data, here: headers.get("X-Caller-Address") ?? undefined };
  }, [at]);
  const [open, setOpen] = useState(/** @type {{ what: "add" | "edit" | "remove", scope?: string, entry?: any } | null} */ (null));
  const close = () => setOpen(null);
  const { rows, here } = found.data ?? {};
  const panel = (scope, before) => html`
    <${Entries}
      scope=${scope}
      rows=${rows && inScope(rows, scope)}
      here=${here}
      before=${before}
      onAdd=${() => setOpen({ what: "add", scope })}
      onEdit=${(entry) => setOpen({ what: "edit", scope, entry })}
      onRemove=${(entry) => setOpen({ what: "remove", entry })}
    />
  `;
  return html`
    <${Page} title=${t("access.title")} lead=${t("access.lead")}>
      <${Problem} error=${found.error} retry=${found.reload} />
      ${(rows || !found.error) &&
      html`
        ${panel("charger")}
        ${panel("api", here && rows && html`<${Here} here=${here} rows=${inScope(rows, "api")} onDone=${found.reload} />`)}
      `}
      ${open?.what === "remove" && html`<${RemoveDialog} entries=${rows} entry=${open.entry} here=${here} onClose=${close} onDone=${found.reload} />`}
      ${open &&
      open.what !== "remove" &&
      html`<${EntryDialog} entries=${rows} scope=${open.scope} entry=${open.entry} here=${here} onClose=${close} onDone=${found.reload} />`}
    </${Page}>
  `;
}

/** Where the reader is, and whether that is on the list. */
function Here({ here, rows, onDone }) {
  const { prefix, may } = useTenant();
  const intent = useIntent();
  const post = () => api.post(path`/tenant/${prefix}/ips`, { ip: here, scope: "api", description: t("access.mine") }, { intent });
  const done = async () => {
    toast(t("access.added", { ip: here }));
    await onDone();
  };
  const add = useAction(async () => {
    await post();
    await done();
  });
  // The first entry shuts everybody else out, so one click is not enough.
  const addFirst = async () => {
    const sure = await confirm({
      title: t("access.addMine.title"),
      text: t("access.addMine.text", { here }),
      action: t("access.addMine"),
      area: "access",
      act: post,
    });
    if (sure) {
      await done();
    }
  };
  const isListed = rows.some((it) => it.ip === here);
  return html`
    <div class="here">
      <span class="muted">${t("access.here")}</span>
      <${CopyButton} shown text=${here} />
      ${!isListed && may("admin") && html`<${Button} busy=${add.busy} onClick=${() => void (rows.length === 0 ? addFirst() : add.run())}>${t("access.addMine")}</${Button}>`}
      <${Problem} error=${add.error} area="access" />
    </div>
  `;
}
