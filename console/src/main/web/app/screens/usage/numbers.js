// The same numbers as a table: for screen readers, for copying, and for those who want them exactly.

import { html, useMemo, useState } from "../../html.js";
import { number, t } from "../../texts.js";
import { COLUMNS } from "./metrics.js";

/** @param {{ windows: import("./windows.js").Window[], caption: string }} properties */
export function Numbers({ windows, caption }) {
  const [open, setOpen] = useState(false);
  // A thousand rows are made only for whoever wants them.
  const table = useMemo(() => open && html`<${NumbersTable} windows=${windows} caption=${caption} />`, [open, windows, caption]);
  return html`
    <details class="panel numbers" onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>${t("usage.asTable")}</summary>
      ${table}
    </details>
  `;
}

function NumbersTable({ windows, caption }) {
  const cell = (value) => html`<td class="end"><data value=${value}>${number(value)}</data></td>`;
  return html`
    <div class="numbers-scroll" role="region" aria-label=${t("usage.table")} tabindex="0">
      <table>
        <caption>${caption}</caption>
        <thead>
          <tr>
            <th scope="col">${t("usage.window")}</th>
            ${COLUMNS.map(({ field }) => html`<th key=${field} scope="col" class="end">${t(`usage.column.${field}`)}</th>`)}
            <th scope="col">${t("usage.state")}</th>
          </tr>
        </thead>
        <tbody>
          ${windows.map(
            ({ metrics, label, state }) => html`
              <tr key=${metrics.windowStart}>
                <th scope="row"><time datetime=${metrics.windowStart}>${label}</time></th>
                ${COLUMNS.map(({ field }) => cell(metrics[field]))}
                <td data-state=${state}>${t(`usage.state.${state}`)}</td>
              </tr>
            `,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${t("usage.total")}</th>
            ${COLUMNS.map(({ field, total }) => cell(total(windows.map(({ metrics }) => metrics[field]))))}
            <td></td>
          </tr>
        </tfoot>
      </table>
    </div>
  `;
}
