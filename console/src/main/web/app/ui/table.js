// Rows and columns; where there is no room for columns, each row is a card.

import { html } from "../html.js";
import { Skeleton } from "./skeleton.js";

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} title
 * @property {(row: any) => any} cell
 * @property {boolean} [bare] without its title on a card, as for buttons; the title is still read out
 * @property {boolean} [actions] the menu of a row: at the end, and in the corner of a card
 * @property {boolean} [end] numbers
 */

/**
 * The first column names its row.
 *
 * @param {{ label: string, columns: Column[], rows?: any[], rowKey: (row: any) => any, changed?: (row: any) => boolean,
 *     empty?: any }} properties without `rows` they are still on their way
 */
export function Table({ label, columns, rows, rowKey, changed, empty }) {
  if (!rows) {
    return html`<${Skeleton} lines=${4} />`;
  }
  if (rows.length === 0) {
    return empty ?? null;
  }
  // The roles are said because a table that is laid out as cards loses them.
  return html`
    <table class="table" role="table" aria-label=${label}>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(
            (it) => html`
              <th key=${it.key} scope="col" role="columnheader" class=${classes(it)}>
                ${it.actions ? html`<span class="only-read">${it.title}</span>` : it.title}
              </th>
            `,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) => html`
            <tr key=${rowKey(row)} role="row" class=${changed?.(row) ? "changed" : undefined}>
              ${columns.map((it, i) =>
                i === 0
                  ? html`<th key=${it.key} scope="row" role="rowheader">${it.cell(row)}</th>`
                  : html`
                      <td key=${it.key} role="cell" class=${classes(it)} data-label=${it.bare || it.actions ? undefined : it.title}>
                        ${it.cell(row)}
                      </td>
                    `,
              )}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

const classes = (column) => [column.actions && "row-actions tight", column.end && "end"].filter(Boolean).join(" ") || undefined;
