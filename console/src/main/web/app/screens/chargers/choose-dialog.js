// Selects all chargers that match, and not only those of a page: reads them first, since what is done is done to each.

import { html, useEffect, useRef, useState } from "../../html.js";
import { pagesOf } from "../../lists.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { number, t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Problem } from "../../ui/problem.js";
import { Progress } from "../../ui/progress.js";
import { MOST_ROWS, apiPath, lookedIn } from "./query.js";

/** What is done to more of them at once takes longer than anybody watches it. */
const MOST = 10_000;

/** @typedef {import("./state.js").Charger} Charger */

/**
 * @param {{ filters: Record<string, string>, total?: number, onClose: () => void, onChosen: (chosen: Map<number, Charger>) => void }} properties
 *     `total`: among how many they are looked for, if that is known
 */
export function ChooseDialog({ filters, total, onClose, onChosen }) {
  const { prefix } = useTenant();
  const [{ found, looked, isOver }, setState] = useState({ found: 0, looked: 0, isOver: false });
  const all = useRef(/** @type {Map<number, Charger>} */ (new Map()));
  const next = useRef(/** @type {string | undefined} */ (apiPath(prefix, filters, "", MOST_ROWS)));
  const control = useRef(new AbortController());
  const run = useAction(async () => {
    for await (const answer of pagesOf(/** @type {string} */ (next.current), { signal: control.current.signal })) {
      /** @type {Charger[]} */
      const rows = answer.data;
      const taken = rows.slice(0, MOST - all.current.size);
      taken.forEach((it) => all.current.set(it.id, it));
      next.current = answer.next;
      const isFull = taken.length < rows.length || (all.current.size === MOST && answer.next !== undefined);
      setState((before) => ({ found: all.current.size, looked: before.looked + lookedIn(answer), isOver: isFull }));
      if (isFull) {
        onChosen(all.current);
        return;
      }
    }
    onChosen(all.current);
    onClose();
  });
  useEffect(() => {
    void run.run();
    return () => control.current.abort();
  }, []);
  const text = t("chargers.looking", { looked: number(looked), count: found });
  return html`
    <${Dialog}
      title=${t("chargers.choose.title")}
      onClose=${onClose}
      foot=${isOver
        ? html`<${Button} kind="primary" onClick=${onClose}>${t("common.close")}</${Button}>`
        : html`
            <${Button} onClick=${onClose}>${t("common.cancel")}</${Button}>
            ${run.error && html`<${Button} kind="primary" onClick=${run.run}>${t("chargers.many.goOn")}</${Button}>`}
          `}
    >
      ${isOver
        ? html`<p role="status">${t("chargers.choose.most", { count: MOST })}</p>`
        : total
          ? html`<${Progress} label=${text} text=${text} value=${Math.min(looked, total)} max=${total} />`
          : html`<p role="status">${text}</p>`}
      <${Problem} error=${run.error} />
    </${Dialog}>
  `;
}
