// The rest of a list that comes in pages.

import { html } from "../html.js";
import { t } from "../texts.js";
import { Button } from "./button.js";

/** @param {{ pages: ReturnType<typeof import("../resource.js").usePages> }} properties */
export function Pager({ pages }) {
  if (!pages.more && !(pages.rows && pages.loading)) {
    return null;
  }
  return html`
    <div class="panel-foot">
      <${Button} busy=${pages.loading} onClick=${pages.more}>${t("common.more")}</${Button}>
    </div>
  `;
}
