// A day of the calendar, as YYYY-MM-DD.

import { html, useLayoutEffect, useState } from "../html.js";
import { t } from "../texts.js";
import { Field } from "./fields.js";

/** Wider than anybody asks for, and what the API takes in any zone. */
const FIRST = "2000-01-02";
const LAST = "2099-12-30";

/**
 * @param {{ name: string, label: string, value: string, onInput: (day: string) => void, error?: any, required?: boolean }} properties
 *     `onInput` hears of days alone, and of none where it is not required
 */
export function DayField({ value, onInput, error, ...field }) {
  // While a year is typed there are many that nobody means, so nothing is said of them until the field is left.
  // What is wrong then stays there, beside what is said of it.
  const [odd, setOdd] = useState(false);
  useLayoutEffect(() => setOdd(false), [value]);
  return html`
    <${Field}
      ...${field}
      type="date"
      value=${odd ? undefined : value}
      min=${FIRST}
      max=${LAST}
      error=${odd ? t("common.day.fault", { first: FIRST.slice(0, 4), last: LAST.slice(0, 4) }) : error}
      onInput=${() => {}}
      onChange=${({ currentTarget: { value, validity } }) => {
        if (validity.valid) {
          setOdd(false);
          onInput(value);
        }
      }}
      onBlur=${({ currentTarget: { validity } }) => setOdd(!validity.valid)}
    />
  `;
}

/** Whether days are in the wrong order. */
export const areTurned = (first, last) => first !== "" && last !== "" && first > last;

/** What is wrong with the last day of a range, if it lies before the first. */
export const turnedFault = (first, last) => (areTurned(first, last) ? t("common.day.turned") : undefined);
