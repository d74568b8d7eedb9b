// The list itself: a row for each charger, with what can be done about it.

import { path } from "../../api.js";
import { html } from "../../html.js";
import { href } from "../../router.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { RowMenu } from "../../ui/row-menu.js";
import { Table } from "../../ui/table.js";
import { Time } from "../../ui/time.js";
import { ChargerState } from "./state.js";

/** @typedef {import("./state.js").Charger} Charger */

/**
 * @param {{ page: ReturnType<typeof import("./list.js").useChargers>, profiles: ReturnType<typeof import("./profiles.js").useProfiles>,
 *     chosen: Map<number, Charger>, onChosen: (chosen: Map<number, Charger>) => void,
 *     onDialog: (name: string, chargers: Charger[]) => void, empty: any }} properties
 */
export function ChargerTable({ page, profiles, chosen, onChosen, onDialog, empty }) {
  const { prefix, may } = useTenant();
  const mayChange = may("user");
  const choose = (rows, on) => {
    const next = new Map(chosen);
    rows.forEach((it) => (on ? next.set(it.id, it) : next.delete(it.id)));
    onChosen(next);
  };
  const items = (charger) => {
    const about = (name) => () => onDialog(name, [charger]);
    return [
      { text: t("chargers.rename"), icon: "settings", onSelect: about("rename") },
      ...(profiles.options.length > 1 ? [{ text: t("chargers.move"), icon: "profile", onSelect: about("move") }] : []),
      charger.blocked
        ? { text: t("chargers.unblock"), icon: "check", onSelect: about("unblock") }
        : { text: t("chargers.block"), icon: "access", onSelect: about("block") },
      { kind: "line" },
      { text: t("chargers.remove"), icon: "trash", danger: true, onSelect: about("remove") },
    ];
  };
  const actions = {
    key: "actions",
    title: t("common.actions"),
    actions: true,
    cell: (it) => html`
      <${RowMenu}
        name=${it.identity}
        items=${items(it)}
      />
    `,
  };
  return html`
    <${Table}
      label=${t("chargers.all")}
      rows=${page.rows}
      rowKey=${(it) => it.id}
      rowClass=${(it) => (page.fresh?.has(it.id) ? "fresh" : undefined)}
      choice=${mayChange && {
        has: (it) => chosen.has(it.id),
        label: (it) => t("chargers.choose", { name: it.identity }),
        labelAll: t("chargers.chooseAll"),
        set: choose,
      }}
      empty=${empty}
      columns=${[
        {
          key: "identity",
          title: t("chargers.identity"),
          cell: (it) => html`
            <a class="mono charger-identity" href=${href(path`/t/${prefix}/chargers/${it.id}`)}>${it.identity}</a>
            ${it.displayName && html`<div class="charger-name">${it.displayName}</div>`}
          `,
        },
        { key: "state", title: t("chargers.state"), cell: (it) => html`<${ChargerState} charger=${it} />` },
        { key: "seen", title: t("chargers.lastSeen"), cell: (it) => html`<${Time} at=${it.lastSeenAt} none="" />` },
        { key: "profile", title: t("chargers.profile"), cell: (it) => (profiles.list || profiles.error ? profiles.nameOf(it.profileId) : "…") },
        {
          key: "model",
          title: t("chargers.model"),
          roomy: true,
          cell: (it) => [it.chargePointVendor, it.chargePointModel].filter(Boolean).join(" "),
        },
        ...(mayChange ? [actions] : []),
      ]}
    />
  `;
}
