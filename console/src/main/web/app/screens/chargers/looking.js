// How far the search for those that match has come, or where it was stopped.

import { html } from "../../html.js";
import { number, t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Progress } from "../../ui/progress.js";

/** @param {{ page: ReturnType<typeof import("./list.js").useChargers>, total?: number }} properties `total`: among how many, if that is known */
export function Looking({ page, total }) {
  const { rows, isPart, looking, error, looked = 0 } = page;
  if (!isPart || error || !rows) {
    return null;
  }
  const text = t(looking ? "chargers.looking" : "chargers.stopped", { looked: number(looked), count: rows.length });
  return html`
    <div class="panel-body looking">
      ${total
        ? html`<${Progress} label=${text} text=${text} value=${Math.min(looked, total)} max=${total} />`
        : html`<p class="muted" role="status">${looking && html`<span class="spinner" aria-hidden="true"></span>`} ${text}</p>`}
      <${Button} onClick=${looking ? page.stop : page.goOn}>${t(looking ? "chargers.many.stop" : "chargers.many.goOn")}</${Button}>
    </div>
  `;
}
