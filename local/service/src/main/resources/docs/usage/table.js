// The same numbers as a table: for screen readers, for copying, and for those who want them exactly.
import { element } from "./dom.js";
import { count } from "./format.js";
import { COLUMNS } from "./metrics.js";
import { STATES } from "./windows.js";

export function tableOf(windows, caption) {
  return element(
    "table",
    {},
    element("caption", {}, caption),
    element(
      "thead",
      {},
      element("tr", {}, heading("Window"), ...COLUMNS.map(({ title }) => heading(title)), heading("State")),
    ),
    element("tbody", {}, ...windows.map(row)),
    element(
      "tfoot",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "row" }, "In all"),
        ...COLUMNS.map(({ field, total }) => number(total(windows.map(({ metrics }) => metrics[field])))),
        element("td"),
      ),
    ),
  );
}

function heading(title) {
  return element("th", { scope: "col" }, title);
}

function row({ metrics, label, state }) {
  return element(
    "tr",
    { "data-state": state },
    element("th", { scope: "row" }, element("time", { dateTime: metrics.windowStart }, label)),
    ...COLUMNS.map(({ field }) => number(metrics[field])),
    element("td", {}, STATES[state]),
  );
}

function number(value) {
  return element("td", { class: "number" }, element("data", { value }, count(value)));
}
