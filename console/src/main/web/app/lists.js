// Lists as a whole: all pages of one, read or saved as a file for a spreadsheet.

import { api } from "./api.js";

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
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = name;
  link.click();
  // Not at once: some browsers begin to save it a little later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
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
