// Fields of forms, each with its label, what to know about it and what is wrong with it.

import { sayFault } from "../faults.js";
import { html } from "../html.js";
import { t } from "../texts.js";
import { Icon } from "./icon.js";

/** What the API says is wrong with a field, to be shown at it. @returns {any} */
export function faultAt(error, pointer) {
  const fault = error?.errors?.find((it) => it.pointer === pointer);
  return fault && sayFault(fault);
}

/** What it says besides: whatever has no field of ours to stand at. */
export function otherThan(error, ...pointers) {
  if (!error?.errors?.length) {
    return error;
  }
  const errors = error.errors.filter((it) => !pointers.includes(it.pointer));
  return errors.length === 0 ? undefined : Object.assign(Object.create(error), { errors });
}

/** Whether it has more characters than the API takes, which counts code points; the browser's own limit counts half of some. */
const isLonger = (value, most) => [...value.trim()].length > most;

/**
 * A text field.
 *
 * @param {{ name: string, label: string, value: string, onInput: (value: string) => void, hint?: any, error?: any, good?: any,
 *     type?: string, before?: string, after?: string, maxlength?: string | number, multiline?: boolean, [more: string]: any }} properties
 *     `before` and `after` stand beside what is typed, such as its unit, and are read out with it; `good` says that it is right;
 *     what is longer than `maxlength` characters is not cut off, which nobody would notice who pastes it, but said; all else is
 *     the input's
 */
export function Field({ name, label, value, onInput, hint, error: fault, good, type = "text", before, after, maxlength, multiline, ...more }) {
  const id = `field-${name}`;
  const error = maxlength !== undefined && isLonger(value, Number(maxlength)) ? t("common.fault.long", { most: Number(maxlength) }) : fault;
  const beside = [before && `${id}-before`, after && `${id}-after`];
  const input = html`
    <${multiline ? "textarea" : "input"}
      id=${id}
      name=${name}
      class="input"
      type=${multiline ? undefined : type}
      value=${value}
      aria-invalid=${error ? "true" : undefined}
      aria-describedby=${described(id, hint, error, good, beside)}
      onInput=${(event) => onInput(event.currentTarget.value)}
      ...${more}
    />
  `;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${before || after
        ? html`<div class="affixed">
            ${before && html`<span class="affix" id=${`${id}-before`}>${before}</span>`}${input}${after && html`<span class="affix" id=${`${id}-after`}>${after}</span>`}
          </div>`
        : input}
      <${Notes} id=${id} hint=${hint} error=${error} good=${good} />
    </div>
  `;
}

/**
 * One of several.
 *
 * @param {{ name: string, label: string, value: string, onInput: (value: string) => void, options: [string, string][],
 *     hint?: any, error?: any, small?: boolean, hideLabel?: boolean, [more: string]: any }} properties an option is its value
 *     and its text; with `hideLabel` the label is only read out, as in a table
 */
export function Select({ name, label, value, onInput, options, hint, error, small, hideLabel, ...more }) {
  const id = `field-${name}`;
  return html`
    <div class="field">
      <label for=${id} class=${hideLabel ? "only-read" : undefined}>${label}</label>
      <select
        id=${id}
        name=${name}
        class=${small ? "input input-small" : "input"}
        value=${value}
        aria-invalid=${error ? "true" : undefined}
        aria-describedby=${described(id, hint, error)}
        onChange=${(event) => onInput(event.currentTarget.value)}
        ...${more}
      >
        ${options.map(([of, text]) => html`<option key=${of} value=${of} selected=${of === value}>${text}</option>`)}
      </select>
      <${Notes} id=${id} hint=${hint} error=${error} />
    </div>
  `;
}

/**
 * @param {{ name: string, label: any, checked: boolean, onInput: (checked: boolean) => void, hint?: any, [more: string]: any }} properties
 */
export function Check({ name, label, checked, onInput, hint, ...more }) {
  const id = `field-${name}`;
  return html`
    <div class="check">
      <input
        type="checkbox"
        id=${id}
        name=${name}
        checked=${checked}
        aria-describedby=${described(id, hint)}
        onChange=${(event) => onInput(event.currentTarget.checked)}
        ...${more}
      />
      <div><label for=${id}>${label}</label><${Notes} id=${id} hint=${hint} /></div>
    </div>
  `;
}

const described = (id, hint, error, good, beside = /** @type {any[]} */ ([])) =>
  [...beside, error && `${id}-error`, !error && good && `${id}-good`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;

function Notes({ id, hint, error, good }) {
  return html`
    ${error && html`<p class="field-error" id=${`${id}-error`}><${Icon} name="warning" /><span>${error}</span></p>`}
    ${!error && good && html`<p class="field-good" id=${`${id}-good`}><${Icon} name="check" /><span>${good}</span></p>`}
    ${hint && html`<p class="field-hint" id=${`${id}-hint`}>${hint}</p>`}
  `;
}
