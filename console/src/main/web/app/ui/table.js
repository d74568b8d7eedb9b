// Rows and columns; where there is no room for columns, each row is a card.

import { html, useEffect, useRef } from "../html.js";
import { Skeleton } from "./skeleton.js";

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} title
 * @property {(row: any) => any} cell
 * @property {boolean} [bare] without its title on a card, as for buttons; the title is still read out
 * @property {boolean} [actions] the menu of a row: at the end, and in the corner of a card
 * @property {boolean} [end] numbers
 * @property {boolean} [roomy] what can be done without where columns are narrow; cards have it
 */

/**
 * @typedef {object} Choice rows that can be chosen, to do something with all of them
 * @property {(row: any) => boolean} has
 * @property {(row: any) => string} label
 * @property {string} labelAll
 * @property {(rows: any[], chosen: boolean) => void} set
 */

/**
 * The first column names its row.
 *
 * @param {{ label: string, columns: Column[], rows?: any[], rowKey: (row: any) => any, changed?: (row: any) => boolean,
 *     rowClass?: (row: any) => string | undefined, choice?: Choice | false, empty?: any }} properties without `rows` they are
 *     still on their way
 */
export function Table({ label, columns, rows, rowKey, changed, rowClass, choice, empty }) {
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
          ${choice &&
          html`
            <th scope="col" role="columnheader" class="row-choice tight">
              <${Chosen}
                label=${choice.labelAll}
                all=${rows.every(choice.has)}
                some=${rows.some(choice.has)}
                onInput=${(chosen) => choice.set(rows, chosen)}
              />
            </th>
          `}
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
            <tr key=${rowKey(row)} role="row" class=${[changed?.(row) && "changed", choice && choice.has(row) && "changed", rowClass?.(row)].filter(Boolean).join(" ") || undefined}>
              ${choice &&
              html`
                <td role="cell" class="row-choice tight">
                  <${Chosen} label=${choice.label(row)} all=${choice.has(row)} onInput=${(chosen) => choice.set([row], chosen)} />
                </td>
              `}
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

const classes = (column) => [column.actions && "row-actions tight", column.end && "end", column.roomy && "roomy"].filter(Boolean).join(" ") || undefined;

/** A box for one row, or for all of them: then it can be in between. */
function Chosen({ label, all, some = all, onInput }) {
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const between = some && !all;
  useEffect(() => {
    if (box.current) {
      box.current.indeterminate = between;
    }
  }, [between]);
  // The label makes room for a finger.
  return html`
    <label class="choice">
      <input type="checkbox" ref=${box} checked=${all} aria-label=${label} onChange=${(event) => onInput(event.currentTarget.checked)} />
    </label>
  `;
}
