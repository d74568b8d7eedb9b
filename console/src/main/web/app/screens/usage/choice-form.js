// Where one chooses what is shown: by which interval, of which days, in which zone.

import { html, useMemo } from "../../html.js";
import { t } from "../../texts.js";
import { DayField, turnedFault } from "../../ui/day.js";
import { Select } from "../../ui/fields.js";
import { DAYS_OF_CHOICE, INTERVALS, RANGES, withDays } from "./choice.js";
import { ownZone, zonesByArea } from "./zone.js";

/** @param {{ choice: import("./choice.js").Choice, onChoice: (choice: import("./choice.js").Choice) => void }} properties */
export function ChoiceForm({ choice, onChoice }) {
  const day = (name, fault) => html`
    <${DayField}
      required
      name=${name}
      label=${t(`usage.day.${name}`)}
      value=${choice[name]}
      error=${fault}
      onInput=${(day) => onChoice({ ...choice, [name]: day })}
    />
  `;
  return html`
    <form class="panel usage-choice" aria-label=${t("usage.choice")} onSubmit=${(event) => event.preventDefault()}>
      <fieldset class="segments">
        <legend>${t("usage.interval")}</legend>
        <div>
          ${INTERVALS.map(
            (it) => html`
              <label key=${it}>
                <input type="radio" name="interval" value=${it} checked=${choice.interval === it} onChange=${() => onChoice({ ...choice, interval: it })} />
                <span>${t(`usage.interval.${it}`)}</span>
              </label>
            `,
          )}
        </div>
      </fieldset>
      <${Select}
        name="range"
        label=${t("usage.range")}
        value=${choice.range}
        options=${RANGES.map(({ value }) => [value, t(`usage.range.${value}`)])}
        onInput=${(range) => onChoice(range === DAYS_OF_CHOICE ? withDays(choice, Date.now()) : { ...choice, range })}
      />
      ${choice.range === DAYS_OF_CHOICE && html`<div class="usage-days">${day("first")}${day("last", turnedFault(choice.first, choice.last))}</div>`}
      <${ZoneField} value=${choice.timeZone} onInput=${(timeZone) => onChoice({ ...choice, timeZone })} />
    </form>
  `;
}

/** A zone that a link names is offered even if this browser does not know it: the API has the word on that. */
function ZoneField({ value, onInput }) {
  const near = [...new Set([ownZone(), "UTC"])];
  const areas = useMemo(zonesByArea, []);
  const known = near.includes(value) || areas.some(([, names]) => names.includes(value));
  const option = (name) => html`<option key=${name} value=${name} selected=${name === value}>${name.replaceAll("_", " ")}</option>`;
  return html`
    <div class="field usage-zone">
      <label for="field-zone">${t("usage.zone")}</label>
      <select id="field-zone" class="input" value=${value} onChange=${(event) => onInput(event.currentTarget.value)}>
        <optgroup label=${t("usage.zone.near")}>${near.map(option)}${!known && option(value)}</optgroup>
        ${areas.map(
          ([area, names]) => html`<optgroup key=${area} label=${area}>${names.filter((name) => !near.includes(name)).map(option)}</optgroup>`,
        )}
      </select>
    </div>
  `;
}
