// Files that the reader takes along.

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
