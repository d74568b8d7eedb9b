// Enters many chargers from a CSV file. It is read here, so that what is wrong is seen before anything is sent; then it is sent
// in calls of as many as the API takes, and each row says what became of it.

import { api, newIntent, path } from "../api.js";
import { inWords, sayFault } from "../faults.js";
import { keepCsv } from "../files.js";
import { html, useEffect, useMemo, useRef, useState } from "../html.js";
import { useAction } from "../resource.js";
import { useTenant } from "../tenant.js";
import { number, t } from "../texts.js";
import { useUnsaved } from "../unsaved.js";
import { Badge } from "../ui/badge.js";
import { Banner } from "../ui/banner.js";
import { Button } from "../ui/button.js";
import { confirm } from "../ui/dialog.js";
import { Facts } from "../ui/facts.js";
import { Check } from "../ui/fields.js";
import { Icon } from "../ui/icon.js";
import { Page, Panel } from "../ui/page.js";
import { Problem, RequestId, words } from "../ui/problem.js";
import { Progress } from "../ui/progress.js";
import { Skeleton } from "../ui/skeleton.js";
import { Table } from "../ui/table.js";
import { inBatches } from "./chargers/batches.js";
import { csvLine, decode } from "./chargers/csv.js";
import { useProfiles } from "./chargers/profiles.js";
import { HEADER, readRows } from "./chargers/read-rows.js";

/** Larger ones are no list of chargers. */
const MOST_BYTES = 20_000_000;
const ROWS_AT_ONCE = 100;

export default function ImportChargers() {
  const { prefix, may } = useTenant();
  const profiles = useProfiles(prefix);
  const [file, setFile] = useState(/** @type {{ name: string, read: ReturnType<typeof readRows> } | undefined} */ (undefined));
  const choose = useAction(async (/** @type {File} */ chosen) => {
    const read =
      chosen.size > MOST_BYTES
        ? { rows: [], ignored: [], fault: t("import.fault.large") }
        : readRows(decode(await chosen.arrayBuffer()), profiles.list ?? []);
    setFile({ name: chosen.name, read });
  });
  return html`
    <${Page}
      title=${t("import.title")}
      lead=${t("import.lead")}
      actions=${html`<${Button} icon="back" href=${path`/t/${prefix}/chargers`}>${t("import.back")}</${Button}>`}
    >
      <${Problem} error=${profiles.error} retry=${profiles.reload} />
      <${Problem} error=${choose.error} />
      ${!may("user")
        ? html`<${Banner} kind="warn">${t("import.mayNot")}</${Banner}>`
        : !profiles.list
          ? !profiles.error && html`<div class="panel"><${Skeleton} /></div>`
          : file && !file.read.fault
            ? html`<${Preview} key=${file.name} file=${file} onOther=${() => setFile(undefined)} />`
            : html`<${Choose} fault=${file?.read.fault} onFile=${choose.run} />`}
    </${Page}>
  `;
}

/** @param {{ fault?: string, onFile: (file: File) => void }} properties */
function Choose({ fault, onFile }) {
  const [over, setOver] = useState(false);
  const template = () => keepCsv(csvLine(HEADER) + csvLine(["DEPOT-NORTH-01", t("import.example"), "", "", "", ""]), "chargers.csv");
  return html`
    <div
      class=${over ? "panel drop drop-over" : "panel drop"}
      onDragOver=${(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave=${() => setOver(false)}
      onDrop=${(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) {
          onFile(file);
        }
      }}
    >
      ${fault && html`<${Banner} kind="bad" alert>${fault}</${Banner}>`}
      <${Icon} name="charger" />
      <label class="button button-primary drop-file">
        ${t("import.choose")}
        <input
          type="file"
          accept=".csv,.txt,text/csv"
          class="only-read"
          onChange=${(event) => {
            const [file] = event.currentTarget.files;
            // The same file can be chosen again once it is corrected.
            event.currentTarget.value = "";
            if (file) {
              onFile(file);
            }
          }}
        />
      </label>
      <p class="muted">${t("import.drop")}</p>
      <div class="import-columns">
        <h2>${t("import.columns")}</h2>
        <${Facts} of=${HEADER.map((it) => [html`<code>${it}</code>`, t(`import.column.${it}`)])} />
        <${Button} onClick=${template}>${t("import.template")}</${Button}>
      </div>
    </div>
  `;
}

/** @param {{ file: { name: string, read: ReturnType<typeof readRows> }, onOther: () => void }} properties */
function Preview({ file, onOther }) {
  const { prefix } = useTenant();
  const { rows, ignored } = file.read;
  const [, draw] = useState(0);
  const [onlyFaults, setOnlyFaults] = useState(false);
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const stopped = useRef(false);
  // One for all calls: they go one after the other, and one whose answer got lost is sent again with the key that it had.
  const intent = useMemo(newIntent, []);
  const good = rows.filter((it) => it.faults.length === 0);
  const faulty = rows.length - good.length;
  const sent = good.filter((it) => it.result === "sent").length;
  const refused = good.filter((it) => it.result === "refused").length;
  const open = good.length - sent - refused;
  const send = useAction(async () => {
    stopped.current = false;
    try {
      await inBatches(
        good.filter((it) => !it.result),
        (batch) => api.post(path`/tenant/${prefix}/charger`, batch.map((it) => it.body), { intent }),
        {
          done: (batch) => {
            batch.forEach((it) => (it.result = "sent"));
            draw((count) => count + 1);
          },
          failed: (row, error) => {
            Object.assign(row, { result: "refused", error });
            draw((count) => count + 1);
          },
          stopped: () => stopped.current,
        },
      );
    } finally {
      draw((count) => count + 1);
    }
  });
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const unfinished = send.busy || (sent + refused > 0 && open > 0);
  useUnsaved(unfinished, () =>
    confirm({ title: t("import.leave.title"), text: t("import.leave.text"), action: t("import.leave"), danger: true }),
  );
  const again = () => {
    good.filter((it) => it.result === "refused").forEach((it) => Object.assign(it, { result: undefined, error: undefined }));
    void send.run();
  };
  const rest = () =>
    keepCsv(
      csvLine([...HEADER, "problem"]) +
        rows
          .filter((it) => it.result !== "sent")
          .map((it) => csvLine([it.identity, it.displayName, it.profile, it.serial, it.password, it.passwordHex, problemOf(it)], HEADER.indexOf("password")))
          .join(""),
      "chargers-not-added.csv",
    );
  const begun = sent + refused > 0 || send.busy;
  const over = begun && open === 0 && !send.busy;
  const listed = onlyFaults ? rows.filter((it) => it.faults.length > 0 || it.result === "refused") : rows;
  return html`
    ${over
      ? html`<${Banner}
          kind=${refused > 0 ? "warn" : "good"}
          title=${t("import.added", { count: sent })}
          actions=${html`<${Button} kind="primary" href=${path`/t/${prefix}/chargers`}>${t("chargers.toList")}</${Button}>`}
        >
          ${refused > 0 && t("import.refused", { count: refused })} ${faulty > 0 && t("import.skipped", { count: faulty })}
        </${Banner}>`
      : faulty > 0 && !begun && html`<${Banner} kind="warn" title=${t("import.faulty", { count: faulty })}>${t("import.faulty.text")}</${Banner}>`}
    ${ignored.length > 0 && !begun && html`<${Banner}>${t("import.ignored", { columns: ignored.join(", ") })}</${Banner}>`}
    <${Panel}
      id="preview"
      title=${file.name}
      count=${number(rows.length)}
      lead=${t("import.preview.lead")}
      actions=${html`
        ${!begun && html`<${Button} onClick=${onOther}>${t("import.other")}</${Button}>`}
        ${(over || (begun && !send.busy)) && sent < rows.length && html`<${Button} onClick=${rest}>${t("import.rest")}</${Button}>`}
      `}
    >
      ${(begun || faulty > 0 || send.error) &&
      html`
        <div class="panel-body import-state">
          ${begun &&
          html`<${Progress}
            label=${t("import.sending")}
            value=${sent + refused}
            max=${good.length}
            text=${t("import.progress", { done: number(sent + refused), all: number(good.length) })}
          />`}
          <${Problem} error=${send.error} area="chargers" />
          ${(faulty > 0 || refused > 0) &&
          html`<${Check} name="onlyFaults" label=${t("import.onlyFaults")} checked=${onlyFaults} onInput=${setOnlyFaults} />`}
        </div>
      `}
      <${Table}
        label=${file.name}
        rows=${listed.slice(0, shown)}
        rowKey=${(it) => it.line}
        columns=${[
          { key: "identity", title: t("chargers.identity"), cell: (it) => html`<span class="mono">${it.identity || "–"}</span>` },
          { key: "result", title: t("import.state"), cell: (it) => html`<${RowState} row=${it} />` },
          { key: "name", title: t("chargers.name"), cell: (it) => it.displayName || null },
          { key: "profile", title: t("chargers.profile"), cell: (it) => it.profile || t("import.standard") },
          { key: "serial", title: t("chargers.serial"), roomy: true, cell: (it) => it.serial || null },
          { key: "password", title: t("chargers.password"), cell: (it) => (it.password || it.passwordHex ? t("import.ownPassword") : null) },
          { key: "line", title: t("import.line"), end: true, cell: (it) => number(it.line) },
        ]}
      />
      ${listed.length > shown &&
      html`<div class="panel-foot"><${Button} onClick=${() => setShown(shown + ROWS_AT_ONCE * 5)}>${t("common.more")}</${Button}></div>`}
      ${!over &&
      html`
        <div class="savebar" role="region" aria-label=${t("import.sending")}>
          <p>${t("import.ready", { count: open })}</p>
          ${send.busy
            ? html`<${Button} onClick=${() => (stopped.current = true)}>${t("chargers.many.stop")}</${Button}>`
            : html`
                <${Button} kind="primary" disabled=${open === 0} onClick=${send.run}>
                  ${begun ? t("chargers.many.goOn") : t("import.send", { count: open })}
                </${Button}>
              `}
        </div>
      `}
      ${over && refused > 0 && html`<div class="panel-foot"><${Button} onClick=${again}>${t("import.again")}</${Button}></div>`}
    </${Panel}>
  `;
}

/** For a file, which is in no language. */
const problemOf = (row) => {
  const faults = [...row.faults, ...(row.error?.errors ?? []).map((it) => inWords(it.message) ?? it.message)];
  const said = faults.length > 0 ? faults : [row.error?.detail ?? ""];
  return [...said, row.error?.requestId && `${t("common.requestId")} ${row.error.requestId}`].filter(Boolean).join(" ");
};

/** What the API has against a row. */
const explain = (error) =>
  html`${error.errors?.length > 0 ? error.errors.map((it) => html`${sayFault(it)} `) : words(error, "chargers")}<${RequestId} error=${error} />`;

/** @param {{ row: import("./chargers/read-rows.js").Row }} properties */
function RowState({ row }) {
  if (row.faults.length > 0 || row.result === "refused") {
    return html`<span class="field-error"><${Icon} name="warning" /><span>${row.faults.length > 0 ? row.faults.join(" ") : row.error && explain(row.error)}</span></span>`;
  }
  return row.result === "sent" ? html`<${Badge} kind="good">${t("import.sent")}</${Badge}>` : html`<${Badge}>${t("import.toBeSent")}</${Badge}>`;
}
