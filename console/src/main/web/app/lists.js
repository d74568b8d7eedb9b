// Lists as a whole: all pages of one, read or saved as a file for a spreadsheet.

import { api } from "./api.js";
import { keepCsv } from "./files.js";

/**
 * Saves a list, all its pages under one header line.
 *
 * @param {string} at the path of the list
 * @param {string} name of the file
 */
export async function downloadCsv(at, name) {
  let text = "";
  for (let page = /** @type {string | undefined} */ (at); page; ) {
    const answer = await api.get(page, { accept: "text/csv" });
    text += text === "" ? answer.data : answer.data.slice(answer.data.indexOf("\n") + 1);
    page = answer.next;
  }
  keepCsv(text, name);
}

/**
 * A list, all its pages.
 *
 * @param {string} at
 * @param {AbortSignal} [signal]
 * @returns {Promise<any[]>}
 */
export async function readAll(at, signal) {
  const found = [];
  for (let page = /** @type {string | undefined} */ (at); page; ) {
    const answer = await api.get(page, { signal });
    found.push(...answer.data);
    page = answer.next;
  }
  return found;
}
