// One number each, and what it means.

import { html } from "../../html.js";
import { href } from "../../router.js";
import { useTenant } from "../../tenant.js";
import { number, t } from "../../texts.js";
import { Icon } from "../../ui/icon.js";

/** @param {{ icon: string, title: string, to: string, wide?: boolean, children?: any }} properties `to` is a path of the console */
export function Tile({ icon, title, to, wide, children }) {
  return html`
    <section class=${wide ? "panel tile tile-wide" : "panel tile"} aria-label=${title}>
      <h2 class="tile-title"><${Icon} name=${icon} /><a href=${href(to)}>${title}</a></h2>
      ${children}
    </section>
  `;
}

/** What is not there yet has its height. */
export const Figure = ({ value }) =>
  html`<p class="tile-figure">${value === undefined ? html`<span class="skeleton" aria-hidden="true"></span><span class="only-read">${t("common.loading")}</span>` : value}</p>`;

export const CountTile = ({ icon, title, to, count, note }) => html`
  <${Tile} icon=${icon} title=${title} to=${to}>
    <${Figure} value=${count === undefined ? undefined : number(count)} />
    <p class="muted small">${note}</p>
  </${Tile}>
`;

/** How many are online of all, and how many there may be. */
export function ChargersTile({ chargers }) {
  const { prefix } = useTenant();
  const { total = 0, online = 0, max = null } = chargers ?? {};
  return html`
    <${Tile} wide icon="charger" title=${t("overview.chargersOnline")} to=${`/t/${prefix}/chargers`}>
      <${Figure}
        value=${chargers &&
        html`${number(online)} <span class="tile-of">${t("overview.ofChargers", { count: total })}</span>`}
      />
      ${chargers &&
      html`
        <${Meter} value=${online} of=${Math.max(total, max ?? 0)} middle=${total} />
        <p class="muted small">
          ${max === null ? t("overview.noSubscription") : t("overview.allowed", { count: max })}
          ${max !== null && total > max && html` <strong class="over">${t("overview.overAllowed", { count: total - max })}</strong>`}
        </p>
      `}
    </${Tile}>
  `;
}

/** A picture of the numbers beside it, so it is not read out. */
function Meter({ value, middle, of }) {
  const share = (part) => (of > 0 ? `${(100 * part) / of}%` : "0");
  return html`
    <div class="meter" aria-hidden="true">
      <span class="meter-middle" style=${{ width: share(middle) }}></span>
      <span class="meter-value" style=${{ width: share(value) }}></span>
    </div>
  `;
}
