// One charger: what people say of it, what it says of itself, how it connects and with what.

import { api, path } from "../api.js";
import { html, useState } from "../html.js";
import { usePolling } from "../poll.js";
import { toBeTold, useResource } from "../resource.js";
import { href, navigate } from "../router.js";
import { useTenant } from "../tenant.js";
import { number, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { CopyButton } from "../ui/copy.js";
import { EmptyState } from "../ui/empty.js";
import { Facts } from "../ui/facts.js";
import { Page, Panel } from "../ui/page.js";
import { Problem } from "../ui/problem.js";
import { SkeletonPage } from "../ui/skeleton.js";
import { Table } from "../ui/table.js";
import { Time } from "../ui/time.js";
import { ChargerForm } from "./chargers/charger-form.js";
import { BlockDialog, RemoveDialog } from "./chargers/many.js";
import { Password } from "./chargers/password.js";
import { useProfiles } from "./chargers/profiles.js";
import { Reason } from "./chargers/reasons.js";
import { folded } from "./chargers/rules.js";
import { ChargerState, nameOf } from "./chargers/state.js";

const LOOK_MILLIS = 10_000;

/** What it says of itself, in the order in which people ask. */
const SAYS = [
  "chargePointVendor",
  "chargePointModel",
  "firmwareVersion",
  "chargePointSerialNumber",
  "chargeBoxSerialNumber",
  "meterSerialNumber",
  "iccid",
  "imsi",
];

/** @param {{ charger: string }} properties its number */
export default function Charger({ charger: id }) {
  const { prefix, may, tenant } = useTenant();
  const at = path`/tenant/${prefix}/charger/${id}`;
  const list = path`/t/${prefix}/chargers`;
  const profiles = useProfiles(prefix);
  const { data, error, reload } = useResource((signal) => api.get(at, { signal }), [at]);
  const [dialog, setDialog] = useState("");
  usePolling(reload, LOOK_MILLIS);
  if (!data) {
    if (!error) {
      return html`<${SkeletonPage} />`;
    }
    return /** @type {any} */ (error).code === "charger_not_found" || /** @type {any} */ (error).code === "not_found"
      ? html`
          <${Page} title=${t("charger.gone")}>
            <div class="panel">
              <${EmptyState} icon="charger" text=${t("charger.gone.text")} action=${{ text: t("chargers.toList"), href: list }} />
            </div>
          </${Page}>
        `
      : html`<${Page} title=${t("common.nav.chargers")}><${Problem} error=${error} retry=${reload} /></${Page}>`;
  }
  /** @type {import("./chargers/state.js").Charger} */
  const charger = data.data;
  const gone = /** @type {any} */ (error)?.code === "charger_not_found";
  const removed = (ids) => ids.length > 0 && void navigate(list, { replace: true });
  const address = tenant.connectUrl + encodeURIComponent(charger.identity);
  return html`
    <${Page}
      title=${nameOf(charger)}
      lead=${html`
        <span class="charger-lead">
          <a href=${href(list)}>${t("common.nav.chargers")}</a>
          <span aria-hidden="true">/</span>
          <span class="mono">${charger.identity}</span>
          <${ChargerState} charger=${charger} />
        </span>
      `}
      actions=${may("user") &&
      html`
        <${Button} onClick=${() => setDialog(charger.blocked ? "unblock" : "block")}>
          ${charger.blocked ? t("chargers.unblock") : t("chargers.block")}
        </${Button}>
        <${Button} icon="trash" onClick=${() => setDialog("remove")}>${t("chargers.remove")}</${Button}>
      `}
    >
      <${Problem} error=${toBeTold(error)} area="chargers" retry=${gone ? undefined : reload} />
      <div class="charger-columns">
        <div class="charger-column">
          <${ChargerForm} charger=${charger} etag=${data.etag} profiles=${profiles} onSaved=${reload} />
          <${Password} charger=${charger} etag=${data.etag} reload=${reload} />
        </div>
        <div class="charger-column">
          <${Panel} id="connection" title=${t("charger.connection")}>
            <div class="panel-body">
              <${Facts}
                of=${[
                  [t("chargers.state"), html`<${ChargerState} charger=${charger} />`],
                  [t("chargers.lastSeen"), html`<${Time} at=${charger.lastSeenAt} none=${t("charger.neverSeen")} />`],
                  [t("charger.since"), html`<${Time} at=${charger.createdAt} as="dateTime" />`],
                  [t("charger.changed"), html`<${Time} at=${charger.updatedAt} as="dateTime" />`],
                  [t("charger.address"), html`<${CopyButton} shown text=${address} label=${t("charger.address.copy")} />`],
                ]}
              />
            </div>
          </${Panel}>
          <${Panel} id="says" title=${t("charger.says")} lead=${t("charger.says.lead")}>
            <div class="panel-body">
              ${SAYS.some((it) => charger[it])
                ? html`<${Facts} of=${SAYS.map((it) => [t(`charger.says.${it}`), charger[it]])} />`
                : html`<p class="muted">${t("charger.says.nothing")}</p>`}
            </div>
          </${Panel}>
        </div>
      </div>
      <${Refused} prefix=${prefix} identity=${charger.identity} />
      ${(dialog === "block" || dialog === "unblock") &&
      html`<${BlockDialog} chargers=${[charger]} blocked=${dialog === "block"} onClose=${() => setDialog("")} onDone=${reload} />`}
      ${dialog === "remove" &&
      html`<${RemoveDialog} chargers=${[charger]} onClose=${() => setDialog("")} onDone=${removed} />`}
    </${Page}>
  `;
}

/** Why it was turned away lately; nothing where it was not. */
function Refused({ prefix, identity }) {
  const { data, error, reload } = useResource((signal) => api.get(path`/tenant/${prefix}/refusal`, { signal }), [prefix]);
  const rows = data?.data.filter((it) => folded(it.identity) === folded(identity)) ?? [];
  usePolling(reload, LOOK_MILLIS * 3);
  if (rows.length === 0) {
    return error ? html`<${Problem} error=${error} retry=${reload} />` : null;
  }
  return html`
    <${Panel} id="refused" title=${t("chargers.refusals")} lead=${t("charger.refused.lead")}>
      <${Table}
        label=${t("chargers.refusals")}
        rows=${rows}
        rowKey=${(it) => `${it.reason} ${it.sourceIp}`}
        columns=${[
          { key: "reason", title: t("refusals.reason"), cell: (it) => html`<${Reason} reason=${it.reason} />` },
          { key: "from", title: t("refusals.from"), cell: (it) => html`<span class="mono">${it.sourceIp}</span>` },
          { key: "count", title: t("refusals.count"), end: true, cell: (it) => number(it.count) },
          { key: "last", title: t("refusals.last"), cell: (it) => html`<${Time} at=${it.lastAt} />` },
        ]}
      />
    </${Panel}>
  `;
}
