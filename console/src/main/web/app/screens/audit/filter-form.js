// Where one chooses which entries are shown.

import { html } from "../../html.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { DayField, turnedFault } from "../../ui/day.js";
import { ACTIONS, SYSTEMS } from "./actions.js";
import { addressOf } from "./filters.js";

/**
 * @param {{ filters: import("./filters.js").Filters, names: import("./names.js").Names,
 *     onFilter: (filters: import("./filters.js").Filters) => void }} properties
 */
export function FilterForm({ filters, names, onFilter }) {
  const day = (name, label, error) => html`
    <${DayField} name=${name} label=${label} value=${filters[name]} error=${error} onInput=${(day) => onFilter({ ...filters, [name]: day })} />
  `;
  return html`
    <form class="panel audit-filters" role="search" aria-label=${t("audit.filters")} onSubmit=${(event) => event.preventDefault()}>
      <${Grouped} name="action" label=${t("audit.action")} all=${t("audit.action.all")} value=${filters.action} groups=${actionGroups()} onInput=${(action) => onFilter({ ...filters, action })} />
      <${Grouped} name="actor" label=${t("audit.actor")} all=${t("audit.actor.all")} value=${filters.actor} groups=${actorGroups(names)} other=${names.person} onInput=${(actor) => onFilter({ ...filters, actor })} />
      ${day("from", t("audit.from"))}
      ${day("to", t("audit.to"), turnedFault(filters.from, filters.to))}
      ${addressOf(filters) !== "" &&
      html`<${Button} kind="quiet" icon="close" onClick=${() => onFilter({ action: "", actor: "", from: "", to: "" })}>${t("audit.clear")}</${Button}>`}
    </form>
  `;
}

/** One of many, by what they belong to. What a link names is offered even if it is unknown here. */
function Grouped({ name, label, all, value, groups, other = (it) => it, onInput }) {
  const id = `field-${name}`;
  const known = value === "" || groups.some(({ options }) => options.some(([of]) => of === value));
  const option = ([of, text]) => html`<option key=${of} value=${of} selected=${of === value}>${text}</option>`;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} class="input" value=${value} onChange=${(event) => onInput(event.currentTarget.value)}>
        ${option(["", all])}${!known && option([value, other(value)])}
        ${groups.map(({ text, options }) => html`<optgroup key=${text} label=${text}>${options.map(option)}</optgroup>`)}
      </select>
    </div>
  `;
}

function actionGroups() {
  const kinds = [...new Set(ACTIONS.map((it) => it.split(".")[0]))];
  return kinds.map((kind) => ({
    text: t(`audit.target.${kind}`),
    options: ACTIONS.filter((it) => it.startsWith(`${kind}.`)).map((it) => [it, t(`audit.done.${it}`)]),
  }));
}

const actorGroups = (names) => [
  { text: t("audit.actor.people"), options: names.people },
  { text: t("audit.actor.systems"), options: SYSTEMS.map((it) => [it, t(`audit.actor.${it}`)]) },
];
