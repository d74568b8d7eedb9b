// The two lists about chargers: those that are there, and those that were turned away.

import { path } from "../../api.js";
import { html } from "../../html.js";
import { href } from "../../router.js";
import { number, t } from "../../texts.js";

/** @param {{ prefix: string, here: "chargers" | "refusals", refusals?: number }} properties */
export function Tabs({ prefix, here, refusals }) {
  const at = path`/t/${prefix}/chargers`;
  return html`
    <nav class="tabs" aria-label=${t("chargers.tabs")}>
      <a href=${href(at)} aria-current=${here === "chargers" ? "page" : undefined}>${t("chargers.all")}</a>
      <a href=${href(`${at}/refusals`)} aria-current=${here === "refusals" ? "page" : undefined}>
        ${t("chargers.refusals")}${refusals ? html` <span class="count">${number(refusals)}</span>` : null}
      </a>
    </nav>
  `;
}
