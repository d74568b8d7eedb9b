// CSV as spreadsheets write it: RFC 4180, with whatever separator and line ends there are.

/**
 * The text of a file. Where it is no UTF-8, a spreadsheet on Windows has written it.
 *
 * @param {ArrayBuffer} bytes
 */
export function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** What spreadsheets write and read in a line of its own, before all else. */
const SAID = /^sep=([,;\t])(?:\r\n|\r|\n)/i;

/** The separator is the one that the first line has most of. */
function separatorOf(text) {
  const line = text.slice(0, text.search(/[\r\n]|$/)).replace(/"[^"]*"/g, "");
  const count = (of) => line.split(of).length;
  return [",", ";", "\t"].reduce((best, it) => (count(it) > count(best) ? it : best));
}

/**
 * @param {string} text
 * @returns {{ line: number, cells: string[], open?: boolean }[]} rows that are not empty, with the line that each begins in; `open` where a
 *     quotation mark has no end
 */
export function parse(text) {
  const said = SAID.exec(text);
  const separator = said ? said[1] : separatorOf(text);
  const rows = [];
  let at = said ? said[0].length : 0;
  let line = said ? 2 : 1;
  while (at < text.length) {
    /** @type {{ line: number, cells: string[], open?: boolean }} */
    const row = { line, cells: [] };
    for (let more = true; more; ) {
      let cell = "";
      if (text[at] === '"') {
        at++;
        for (;;) {
          const end = text.indexOf('"', at);
          cell += end < 0 ? text.slice(at) : text.slice(at, end);
          at = end < 0 ? text.length : end + 1;
          if (end < 0) {
            row.open = true;
            break;
          }
          if (text[at] !== '"') {
            break;
          }
          cell += '"';
          at++;
        }
        line += cell.split(/\r\n|\r|\n/).length - 1;
      }
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") {
        at++;
      }
      row.cells.push(cell + text.slice(from, at));
      more = text[at] === separator;
      if (more) {
        at++;
      }
    }
    if (text[at] === "\r" && text[at + 1] === "\n") {
      at++;
    }
    at++;
    line++;
    if (row.cells.some((it) => it.trim())) {
      rows.push(row);
    }
  }
  return rows;
}

/**
 * A line of CSV, made harmless for spreadsheets as the API's own are.
 *
 * @param {string[]} cells
 * @param {number} [asIs] the index of a cell that has to stay what it is to the letter, such as a password
 */
export const csvLine = (cells, asIs) =>
  `${cells
    .map((cell, i) => (i !== asIs && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))
    // The separators that another spreadsheet may take it apart by, too.
    .map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(",")}\r\n`;

/** Without the apostrophe that keeps a spreadsheet from taking a cell for a formula. */
export const asWritten = (cell) => cell.replace(/^'(?=[=+\-@\t\r])/, "");
