// What a tenant's chargers sent and received, by hour, day, week or month, in any time zone.

import { path } from "../api.js";
import { html, useEffect, useMemo, useRef, useState } from "../html.js";
import { downloadCsv } from "../files.js";
import { readAll } from "../lists.js";
import { useAction, useResource } from "../resource.js";
import { current, navigate } from "../router.js";
import { useStore } from "../store.js";
import { useTenant } from "../tenant.js";
import { language, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Page } from "../ui/page.js";
import { Problem } from "../ui/problem.js";
import { Skeleton } from "../ui/skeleton.js";
import { toast } from "../ui/toast.js";
import { Chart } from "./usage/chart.js";
import { addressOf, choiceOf, isTurned, queryOf } from "./usage/choice.js";
import { ChoiceForm } from "./usage/choice-form.js";
import { COLUMNS, charts } from "./usage/metrics.js";
import { Numbers } from "./usage/numbers.js";
import { windowsOf } from "./usage/windows.js";
import { Zone } from "./usage/zone.js";

export default function Usage({ query }) {
  const { prefix } = useTenant();
  const choice = choiceOf(query);
  const address = addressOf(choice);
  const turned = isTurned(choice);
  const metrics = (now) => `${path`/tenant/${prefix}/metrics`}?${queryOf(choice, now)}`;
  const { data, error, loading, reload } = useResource(
    async (signal) => {
      const now = Date.now();
      // The form says what is wrong, so nobody is asked.
      return turned ? undefined : { answered: await readAll(metrics(now), signal), choice, now };
    },
    [prefix, address],
  );
  // Until new numbers come, the old ones stay; after an error they would lie.
  const before = useRef(/** @type {typeof data} */ (undefined));
  before.current = data ?? (error || turned ? undefined : before.current);
  const shown = before.current;
  const save = useAction(async () => {
    const name = `usage-${prefix}-by-${choice.interval}-from-${queryOf(choice, Date.now()).get("from")}.csv`;
    await downloadCsv(metrics(Date.now()), name);
    toast(t("usage.saved", { name }));
  });
  const choose = (next) => void navigate(current().replace(/\?.*/, "") + addressOf(next), { replace: true });
  return html`
    <${Page}
      title=${t("usage.title")}
      lead=${t("usage.lead")}
      actions=${html`<${Button} icon="download" busy=${save.busy} disabled=${turned} onClick=${() => save.run()}>${t("usage.csv")}</${Button}>`}
    >
      <${ChoiceForm} choice=${choice} onChoice=${choose} />
      <${Problem} error=${error ?? save.error} area="usage" retry=${error && /** @type {any} */ (error).status !== 400 ? reload : undefined} />
      ${!shown && !error && !turned && html`<div class="panel"><${Skeleton} lines=${8} /></div>`}
      ${shown && html`<${Pictures} ...${shown} stale=${loading} />`}
    </${Page}>
  `;
}

/** @param {{ answered: any[], choice: import("./usage/choice.js").Choice, now: number, stale: boolean }} properties */
function Pictures({ answered, choice, now, stale }) {
  const { interval, timeZone } = choice;
  const lang = useStore(language);
  const windows = useMemo(() => windowsOf(answered, interval, new Zone(timeZone), now), [answered, lang]);
  const metrics = useMemo(charts, [lang]);
  const [at, setAt] = useState(/** @type {number | null} */ (null));
  useEffect(() => setAt(null), [answered]);
  const used = answered.some((window) => COLUMNS.some(({ field }) => window[field] > 0));
  const range = t(`usage.windows.${interval}`, { count: windows.length });
  const summary = `${range}, ${t("usage.fromTo", { from: windows[0]?.label ?? "", to: windows[windows.length - 1]?.label ?? "" })}, ${timeZone}`;
  return html`
    <div class="usage-pictures" aria-busy=${stale ? "true" : "false"}>
      <p class="muted" role="status">${used ? summary : `${summary}. ${t("usage.none")}`}</p>
      <p class="only-read" id="chart-keys">${t("usage.keys")}</p>
      <div class="charts">
        ${metrics.map(
          (metric) => html`<${Chart} key=${metric.key} metric=${metric} windows=${windows} interval=${interval} at=${at} onAt=${setAt} />`,
        )}
      </div>
      <ul class="marks muted small" aria-label=${t("usage.marks")}>
        <li><span class="mark mark-open" aria-hidden="true"></span>${t("usage.mark.open")}</li>
        <li><span class="mark mark-running" aria-hidden="true"></span>${t("usage.mark.running")}</li>
      </ul>
      <${Numbers} windows=${windows} caption=${summary} />
    </div>
  `;
}
