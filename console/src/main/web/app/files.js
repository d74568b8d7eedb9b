// Files that the reader takes along.

import { pagesOf } from "./lists.js";

/** By which Excel knows that it is UTF-8: without it, it reads every umlaut as two other letters. */
const MARK = "\uFEFF";

/** Lets the browser keep CSV as a file. */
export function keepCsv(text, name) {
  const url = URL.createObjectURL(new Blob([MARK, text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: some browsers begin to save it a little later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
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
