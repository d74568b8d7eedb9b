// The chargers of a tenant, a page at a time, and the window in which unknown ones may register.

import { api, path } from "../api.js";
import { html, useEffect, useState } from "../html.js";
import { usePolling } from "../poll.js";
import { toBeTold, useResource } from "../resource.js";
import { navigate } from "../router.js";
import { useTenant } from "../tenant.js";
import { number, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Icon } from "../ui/icon.js";
import { Menu } from "../ui/menu.js";
import { Page } from "../ui/page.js";
import { Problem } from "../ui/problem.js";
import { ChargerTable } from "./chargers/charger-table.js";
import { FilterBar } from "./chargers/filter-bar.js";
import { ListDialogs } from "./chargers/list-dialogs.js";
import { useChargers } from "./chargers/list.js";
import { Looking } from "./chargers/looking.js";
import { NoChargers, NoMatch } from "./chargers/nothing.js";
import { ProfilesUnread, useProfiles } from "./chargers/profiles.js";
import { ProvisioningBanner, useProvisioning } from "./chargers/provisioning.js";
import { filtersOf, isFiltered, listPath } from "./chargers/query.js";
import { Tabs } from "./chargers/tabs.js";

/** @typedef {import("./chargers/state.js").Charger} Charger */

const LOOK_MILLIS = 20_000;
const LOOK_WHILE_OPEN_MILLIS = 5000;
/** A page that takes more calls than this is too dear to be read again and again. */
const CHEAP_CALLS = 2;

/** Which page was before the one of a cursor: the API only knows the way forward. */
const before = new Map();

/** @param {{ query: URLSearchParams }} properties */
export default function Chargers({ query }) {
  const { prefix, may } = useTenant();
  const filters = filtersOf(query);
  const filtered = isFiltered(filters);
  const cursor = query.get("cursor") ?? "";
  const firstRow = Number(query.get("row")) || 0;
  const profiles = useProfiles(prefix);
  const stats = useResource((signal) => api.get(path`/tenant/${prefix}/stats`, { signal }), [prefix]);
  const page = useChargers(prefix, filters, cursor);
  const { rows } = page;
  const total = stats.data?.data.chargers.total;
  const [chosen, setChosen] = useState(/** @type {Map<number, Charger>} */ (new Map()));
  const [dialog, setDialog] = useState(
    /** @type {{ name?: import("./chargers/list-dialogs.js").DialogName, chargers: Charger[] }} */ ({ chargers: [] }),
  );
  const ask = (name, chargers = []) => setDialog({ name, chargers });
  const refresh = async () => {
    await Promise.all([stats.reload(), (page.calls ?? 0) <= CHEAP_CALLS && !page.looking && !page.isPart ? page.reload() : undefined]);
  };
  const provisioning = useProvisioning(prefix, () => void refresh());
  usePolling(refresh, provisioning.window?.active ? LOOK_WHILE_OPEN_MILLIS : LOOK_MILLIS);
  useFirstPageInstead(page, cursor, before.get(cursor) ?? listPath(prefix, filters));

  const counts = stats.data?.data.chargers;
  const changed = () => {
    void page.reload();
    void stats.reload();
  };
  const removed = (ids) => {
    const gone = new Set(ids);
    setChosen(new Map([...chosen].filter(([id]) => !gone.has(id))));
    changed();
  };
  const filter = (next) => void navigate(listPath(prefix, next), { replace: true });
  const forward = () => {
    before.set(page.next, listPath(prefix, filters, { cursor, row: firstRow }));
    void navigate(listPath(prefix, filters, { cursor: page.next, row: firstRow + (rows?.length ?? 0) }));
  };
  const back = () => void navigate(before.get(cursor) ?? listPath(prefix, filters));
  const allHere = rows && rows.length > 0 && rows.every((it) => chosen.has(it.id));
  return html`
    <${Page}
      title=${t("common.nav.chargers")}
      lead=${lead(counts)}
      actions=${html`
        <${More} prefix=${prefix} filtered=${filtered} onExport=${() => ask("export")} />
        ${may("user") &&
        provisioning.window?.active === false &&
        html`<${Button} icon="charger" onClick=${() => ask("provision")}>${t("provisioning.start")}</${Button}>`}
        ${may("user") &&
        html`<${Button} kind="primary" icon="plus" onClick=${() => ask("add")}>${t("chargers.add")}</${Button}>`}
      `}
    >
      <${Problem} title=${t("chargers.unread.stats")} error=${toBeTold(stats.error)} retry=${stats.reload} />
      <${ProvisioningBanner} provisioning=${provisioning} profiles=${profiles} />
      <${Tabs} prefix=${prefix} here="chargers" refusals=${counts?.recentRefusals} />
      <section class="panel" aria-label=${t("chargers.all")}>
        ${(filtered || rows?.length !== 0) &&
        html`<${FilterBar} filters=${filters} profiles=${profiles} onFilters=${filter} />`}
        ${toBeTold(page.error) && html`<div class="panel-body"><${Problem} error=${page.error} retry=${page.goOn} /></div>`}
        ${toBeTold(profiles.error) && html`<div class="panel-body"><${ProfilesUnread} profiles=${profiles} /></div>`}
        ${(rows || !page.error) &&
        // Where not all was looked through, nobody knows yet that there are none.
        !(page.isPart && rows?.length === 0) &&
        html`<${ChargerTable}
          page=${page}
          profiles=${profiles}
          chosen=${chosen}
          onChosen=${setChosen}
          onDialog=${ask}
          empty=${filtered
            ? html`<${NoMatch} onClear=${() => filter({})} />`
            : html`<${NoChargers} profiles=${profiles} open=${provisioning.window?.active} onDialog=${ask} />`}
        />`}
        <${Looking} page=${page} total=${cursor || filters.identity ? undefined : total} />
        ${rows &&
        rows.length > 0 &&
        html`
          <div class="panel-foot pages">
            <p class="muted small">${range(firstRow, rows.length, filtered ? undefined : total)}</p>
            ${(cursor || page.next) &&
            html`
              <${Button} disabled=${!cursor} onClick=${back}>${t("chargers.previous")}</${Button}>
              <${Button} disabled=${!page.next || page.looking} onClick=${forward}>${t("chargers.next")}</${Button}>
            `}
          </div>
        `}
        ${chosen.size > 0 &&
        html`<${Chosen}
          count=${chosen.size}
          mayMove=${profiles.options.length > 1}
          all=${allHere && (cursor || page.next) && (filtered ? t("chargers.chooseMatching") : t("chargers.chooseEvery"))}
          onNone=${() => setChosen(new Map())}
          onDialog=${(name) => ask(name, name === "choose" ? [] : [...chosen.values()])}
        />`}
      </section>
      <${ListDialogs}
        name=${dialog.name}
        chargers=${dialog.chargers}
        profiles=${profiles}
        filters=${filters}
        total=${total}
        onClose=${() => setDialog((now) => (now === dialog ? { chargers: [] } : now))}
        onChosen=${setChosen}
        onChanged=${changed}
        onRemoved=${removed}
        onProvisioning=${provisioning.reload}
      />
    </${Page}>
  `;
}

/** How many there are, once that is known. */
function lead(counts) {
  if (!counts) {
    return t("chargers.leadWithout");
  }
  const online = number(counts.online);
  return counts.max === null
    ? t("chargers.lead", { online, count: counts.total })
    : t("chargers.leadOf", { online, count: counts.total, max: number(counts.max) });
}

/** Which rows these are; of a list with filters nobody knows how long it is. */
function range(first, length, total) {
  const from = number(first + 1);
  const to = number(first + length);
  return total === undefined
    ? t("chargers.range", { from, to })
    : t("chargers.rangeOf", { from, to, all: number(Math.max(total, first + length)) });
}

/** Leaves a page that there is no more: somebody removed what stood on it, or the bookmark is too old. */
function useFirstPageInstead(page, cursor, to) {
  const isOver = !page.looking && !page.isPart && (page.rows?.length === 0 || page.error?.code === "invalid_request");
  useEffect(() => {
    if (cursor && isOver) {
      void navigate(to, { replace: true });
    }
  }, [cursor, isOver]);
}

/** What is done less often. */
function More({ prefix, filtered, onExport }) {
  const { may } = useTenant();
  return html`
    <${Menu}
      label=${t("chargers.more")}
      buttonClass="button"
      button=${html`${t("chargers.more")}<${Icon} name="chevron" />`}
      items=${[
        ...(may("user") ? [{ text: t("chargers.import"), icon: "plus", href: path`/t/${prefix}/chargers/import` }] : []),
        { text: filtered ? t("chargers.export.these") : t("chargers.export"), icon: "copy", onSelect: onExport },
      ]}
    />
  `;
}

/** What can be done with all rows that are chosen. */
function Chosen({ count, mayMove, all, onNone, onDialog }) {
  const label = t("chargers.chosen", { count });
  const acts = [
    ...(mayMove ? [["move", t("chargers.move")]] : []),
    ["block", t("chargers.block")],
    ["unblock", t("chargers.unblock")],
    ["remove", t("chargers.remove")],
  ];
  return html`
    <div class="savebar" role="region" aria-label=${label}>
      <p role="status">${label}</p>
      ${all && html`<${Button} kind="quiet" onClick=${() => onDialog("choose")}>${all}</${Button}>`}
      <${Button} kind="quiet" onClick=${onNone}>${t("chargers.chooseNone")}</${Button}>
      ${/** @type {[import("./chargers/list-dialogs.js").DialogName, string][]} */ (acts).map(
        ([name, text]) => html`<${Button} key=${name} onClick=${() => onDialog(name)}>${text}</${Button}>`,
      )}
      <div class="chosen-acts">
        <${Menu}
          label=${t("common.actionsFor", { name: label })}
          buttonClass="button"
          button=${html`${t("common.actions")}<${Icon} name="chevron" />`}
          items=${[
            ...acts.map(([name, text]) => ({ text, danger: name === "remove", onSelect: () => onDialog(name) })),
            { kind: "line" },
            ...(all ? [{ text: all, onSelect: () => onDialog("choose") }] : []),
            { text: t("chargers.chooseNone"), onSelect: onNone },
          ]}
        />
      </div>
    </div>
  `;
}
