// Which metrics there are, and how each is drawn, summed up and written.
import { bytes, compactCount, count } from "./format.js";

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const most = (numbers) => numbers.reduce((top, number) => Math.max(top, number), 0);

const COUNTED = { form: "line", total: sum, write: count, writeShort: compactCount };

/** One chart each; `colour` names a property of the style sheet. */
export const CHARTS = [
  {
    ...COUNTED,
    title: "Messages",
    series: [
      { field: "messagesIn", name: "in", colour: "--in" },
      { field: "messagesOut", name: "out", colour: "--out", dash: [6, 3] },
    ],
  },
  {
    ...COUNTED,
    title: "Chargers online",
    total: most,
    series: [{ field: "chargersOnlineMax", name: "most at one time", colour: "--online" }],
  },
  {
    ...COUNTED,
    title: "Errors",
    form: "bars",
    series: [{ field: "errors", name: "errors", colour: "--errors" }],
  },
  {
    ...COUNTED,
    title: "Bytes",
    write: bytes,
    writeShort: bytes,
    series: [
      { field: "bytesIn", name: "in", colour: "--in" },
      { field: "bytesOut", name: "out", colour: "--out", dash: [6, 3] },
    ],
  },
  {
    ...COUNTED,
    title: "Connections",
    series: [
      { field: "connects", name: "opened", colour: "--in" },
      { field: "disconnects", name: "closed", colour: "--out", dash: [6, 3] },
    ],
  },
];

/** The table's columns. */
export const COLUMNS = [
  { field: "messagesIn", title: "Messages in", total: sum },
  { field: "messagesOut", title: "Messages out", total: sum },
  { field: "bytesIn", title: "Bytes in", total: sum },
  { field: "bytesOut", title: "Bytes out", total: sum },
  { field: "connects", title: "Connects", total: sum },
  { field: "disconnects", title: "Disconnects", total: sum },
  { field: "errors", title: "Errors", total: sum },
  { field: "chargersOnlineMax", title: "Most chargers online", total: most },
];
