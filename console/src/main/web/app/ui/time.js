// A moment, as the reader's clock and calendar have it.

import { html, useEffect, useState } from "../html.js";
import { date, dateTime, relative } from "../texts.js";

const MINUTE_MILLIS = 60_000;

/**
 * @param {{ at?: string | null, as?: "relative" | "date" | "dateTime", none?: string }} properties `none` stands for no time
 */
export function Time({ at, as = "relative", none = "–" }) {
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = as === "relative" ? setInterval(() => draw((count) => count + 1), MINUTE_MILLIS) : undefined;
    return () => clearInterval(timer);
  }, [as]);
  if (!at) {
    return none;
  }
  const shown = as === "relative" ? relative(at) : as === "date" ? date(at) : dateTime(at);
  return html`<time datetime=${at} title=${dateTime(at)}>${shown}</time>`;
}
