// What the tenant's chargers and back ends sent each other this month, day by day.

import { path } from "../../api.js";
import { html } from "../../html.js";
import { readAll } from "../../lists.js";
import { toBeTold, useResource } from "../../resource.js";
import { locale, number, t } from "../../texts.js";
import { Problem } from "../../ui/problem.js";
import { Figure, Tile } from "./tiles.js";

const WIDTH = 310;
const HEIGHT = 48;
const GAP = 2;

export function MessagesTile({ prefix, period, updatedAt }) {
  // The month is that of the API's period, which is one of UTC.
  const days = useResource(
    (signal) =>
      period ? readAll(path`/tenant/${prefix}/metrics?interval=day&from=${period.start}&to=${period.end}`, signal) : Promise.resolve([]),
    [prefix, period?.start, updatedAt],
  );
  const month = period && new Intl.DateTimeFormat(locale(), { month: "long", timeZone: "UTC" }).format(new Date(period.start));
  return html`
    <${Tile} wide icon="usage" title=${t("overview.messages")} to=${`/t/${prefix}/usage`}>
      <${Figure} value=${period && html`${number(period.messages)} <span class="tile-of">${t("overview.inMonth", { month })}</span>`} />
      ${days.data || !toBeTold(days.error)
        ? html`<${Sparkline} days=${days.data ?? []} />`
        : html`<${Problem} title=${t("overview.unread.messages")} error=${days.error} retry=${days.reload} />`}
      <p class="muted small">${t("overview.usage.hint")}</p>
    </${Tile}>
  `;
}

/** A column for each day of the month. The number is above; the days are in the screen of usage. */
function Sparkline({ days }) {
  const sums = days.map(({ messagesIn, messagesOut }) => messagesIn + messagesOut);
  const most = Math.max(...sums, 1);
  const width = WIDTH / Math.max(days.length, 28);
  return html`
    <svg class="sparkline" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${sums.map((sum, i) => {
        const isAhead = Date.parse(days[i].windowStart) > Date.now();
        const height = isAhead ? 1 : Math.max(2, (HEIGHT * sum) / most);
        return html`<rect key=${i} class=${isAhead ? "ahead" : undefined} x=${i * width} y=${HEIGHT - height} width=${width - GAP} height=${height} />`;
      })}
    </svg>
  `;
}
