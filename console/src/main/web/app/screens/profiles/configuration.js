// The OCPP configuration of a profile's chargers, key by key.

import { html, useEffect, useRef } from "../../html.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Icon } from "../../ui/icon.js";
import { rowOf } from "./draft.js";

/** Of OCPP 1.6 §9, those that tenants set most. */
const USUAL = [
  "ClockAlignedDataInterval",
  "ConnectionTimeOut",
  "LocalAuthorizeOffline",
  "LocalPreAuthorize",
  "MeterValuesAlignedData",
  "MeterValuesSampledData",
  "MeterValueSampleInterval",
  "StopTransactionOnEVSideDisconnect",
  "StopTxnSampledData",
  "TransactionMessageAttempts",
  "TransactionMessageRetryInterval",
  "UnlockConnectorOnEVSideDisconnect",
  "WebSocketPingInterval",
];

/**
 * @param {{ rows: import("./draft.js").Row[], onInput: (rows: import("./draft.js").Row[]) => void,
 *     faults: Record<number, { key?: string, value?: string }>, error?: string }} properties
 */
export function Configuration({ rows, onInput, faults, error }) {
  const wanted = useRef("");
  useEffect(() => {
    if (wanted.current) {
      document.getElementById(wanted.current)?.focus();
      wanted.current = "";
    }
  });
  const change = (id, more) => onInput(rows.map((it) => (it.id === id ? { ...it, ...more } : it)));
  const add = () => {
    const row = rowOf();
    wanted.current = `key-${row.id}`;
    onInput([...rows, row]);
  };
  const drop = (at) => {
    const next = rows[at + 1] ?? rows[at - 1];
    wanted.current = next ? `key-${next.id}` : "add-key";
    onInput(rows.filter((_, i) => i !== at));
  };
  /** Lines such as `Key=Value`, as other tools export them, are a row each. */
  const paste = (event, row) => {
    const pasted = linesOf(event.clipboardData?.getData("text") ?? "");
    if (pasted.length > 0) {
      event.preventDefault();
      const at = rows.indexOf(row);
      const [first, ...others] = pasted;
      onInput([...rows.slice(0, at), { ...row, ...first }, ...others.map((it) => rowOf(it.key, it.value)), ...rows.slice(at + 1)]);
    }
  };
  return html`
    ${rows.length === 0 && html`<p class="muted">${t("profiles.configuration.none")}</p>`}
    ${rows.length > 0 &&
    html`
      <div class="keys" role="group" aria-label=${t("profiles.configuration")}>
        ${rows.map(
          (row, i) => html`
            <div class="keys-row" key=${row.id}>
              <${Cell}
                id=${`key-${row.id}`}
                label=${t("profiles.key.nth", { count: i + 1 })}
                value=${row.key}
                error=${faults[row.id]?.key}
                placeholder=${t("profiles.key")}
                list="usual-keys"
                onInput=${(key) => change(row.id, { key })}
                onPaste=${(event) => paste(event, row)}
              />
              <${Cell}
                id=${`value-${row.id}`}
                label=${row.key.trim() ? t("profiles.value.of", { key: row.key.trim() }) : t("profiles.value.nth", { count: i + 1 })}
                value=${row.value}
                error=${faults[row.id]?.value}
                placeholder=${t("profiles.value")}
                onInput=${(value) => change(row.id, { value })}
              />
              <${Button}
                kind="quiet"
                icon="trash"
                label=${row.key.trim() ? t("profiles.key.drop", { key: row.key.trim() }) : t("profiles.key.dropNth", { count: i + 1 })}
                onClick=${() => drop(i)}
              />
            </div>
          `,
        )}
      </div>
      <datalist id="usual-keys">${USUAL.map((it) => html`<option key=${it} value=${it} />`)}</datalist>
    `}
    ${error && html`<p class="field-error" role="alert"><${Icon} name="warning" /><span>${error}</span></p>`}
    <div class="keys-foot">
      <${Button} id="add-key" icon="plus" onClick=${add}>${t("profiles.key.add")}</${Button}>
      <p class="field-hint">${t("profiles.configuration.hint")}</p>
    </div>
  `;
}

function Cell({ id, label, value, error, onInput, ...more }) {
  return html`
    <div class="keys-cell">
      <input
        id=${id}
        class="input mono"
        aria-label=${label}
        aria-invalid=${error ? "true" : undefined}
        aria-describedby=${error ? `${id}-error` : undefined}
        value=${value}
        autocomplete="off"
        autocapitalize="none"
        spellcheck=${false}
        onInput=${(event) => onInput(event.currentTarget.value)}
        ...${more}
      />
      ${error && html`<p class="field-error" id=${`${id}-error`}><${Icon} name="warning" /><span>${error}</span></p>`}
    </div>
  `;
}

function linesOf(text) {
  const found = text
    .split(/\r?\n/)
    .map((line) => /^\s*([^=\t]+?)\s*[=\t]\s*(.*?)\s*$/.exec(line))
    .filter((it) => it !== null)
    .map(([, key, value]) => ({ key, value }));
  return found;
}
