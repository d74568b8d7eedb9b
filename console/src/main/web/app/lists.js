// Lists as a whole: all pages of one, read or saved as a file for a spreadsheet.

import { api } from "./api.js";
import { keepCsv } from "./files.js";

/**
 * The answers of a list, page after page.
 *
 * @param {string} at the path of the first of them
 * @param {import("./api.js").How} [how]
 */
export async function* pagesOf(at, how) {
  for (let page = /** @type {string | undefined} */ (at); page; ) {
    const answer = await api.get(page, how);
    yield answer;
    page = answer.next;
  }
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
  for await (const { data } of pagesOf(at, { signal })) {
    found.push(...data);
  }
  return found;
}

/** A list as a file for a spreadsheet, page after page under one header line. It can be gone on with where it failed. */
export class CsvFile {
  /** @param {string} at the path of the list */
  constructor(at) {
    this.next = /** @type {string | undefined} */ (at);
    this.text = "";
    this.rows = 0;
  }

  /** Reads what there is yet to read. @param {{ signal?: AbortSignal, onPage?: () => void }} [how] */
  async read({ signal, onPage } = {}) {
    if (this.next) {
      for await (const { data, next } of pagesOf(this.next, { accept: "text/csv", signal })) {
        // Each page has the header.
        const rows = data.slice(data.indexOf("\n") + 1);
        this.text += this.text ? rows : data;
        this.rows += rows.split("\n").length - 1;
        this.next = next;
        onPage?.();
      }
    }
  }

  /** @param {string} name of the file */
  save(name) {
    keepCsv(this.text, name);
  }
}

/**
 * Saves a list, all its pages.
 *
 * @param {string} at
 * @param {string} name of the file
 */
export async function downloadCsv(at, name) {
  const file = new CsvFile(at);
  await file.read();
  file.save(name);
}
