// One of a few, each with a word about it.

import { html } from "../html.js";
import { Icon } from "./icon.js";

/**
 * @param {{ name: string, legend: string, value: string, onInput: (value: string) => void, error?: any, row?: boolean,
 *     options: { value: string, text: string, hint?: string }[] }} properties `row`: side by side, where there is room
 */
export function Radios({ name, legend, value, onInput, options, error, row }) {
  const id = `field-${name}`;
  return html`
    <fieldset class=${row ? "radios radios-row" : "radios"} aria-describedby=${error ? `${id}-error` : undefined}>
      <legend>${legend}</legend>
      ${options.map(
        (it) => html`
          <label key=${it.value} class="radio">
            <input
              type="radio"
              name=${name}
              id=${`${id}-${it.value}`}
              value=${it.value}
              checked=${it.value === value}
              onChange=${() => onInput(it.value)}
            />
            <span><span class="radio-text">${it.text}</span>${it.hint && html`<span class="field-hint">${it.hint}</span>`}</span>
          </label>
        `,
      )}
      ${error && html`<p class="field-error" id=${`${id}-error`}><${Icon} name="warning" /><span>${error}</span></p>`}
    </fieldset>
  `;
}
