// What can be done with a row of a table.

import { html } from "../html.js";
import { t } from "../texts.js";
import { Icon } from "./icon.js";
import { Menu } from "./menu.js";

/** @param {{ name: string, items: import("./menu.js").Item[] }} properties `name` is the row's; without items there is nothing */
export const RowMenu = ({ name, items }) =>
  items.length > 0
    ? html`<${Menu} label=${t("common.actionsFor", { name })} buttonClass="button button-quiet button-icon" button=${html`<${Icon} name="dots" />`} items=${items} />`
    : null;
