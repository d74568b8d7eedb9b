// What the API says is wrong with a field, in the reader's language. It says so in English alone, so the sentences that a
// form of the console can meet are known here; any other is shown as it came, and marked as English.

import { html } from "./html.js";
import { t } from "./texts.js";

/** @type {[RegExp, string][]} a sentence of the API, and the end of the key of ours; names in it become its values */
const KNOWN = [
  [/^is required$|^must have at least one visible character/, "required"],
  [/^must have (?<least>\d+) to (?<most>\d+) characters(?:,|$)/, "length"],
  [/^must have at most (?<most>\d+) characters/, "long"],
  [/^must be one line without|^must not contain control characters/, "line"],
  [/^must have (?<least>\d+) to (?<most>\d+) bytes/, "bytes"],
  [/^must have 32 to 80 hexadecimal digits|^must have an even number of hexadecimal digits/, "hex"],
  [/^is required with the security profiles/, "password"],
  [/^must be (?:from )?(?<least>\d+) to (?<most>\d+)/, "between"],
  [/^must be in the future/, "past"],
  [/^must be an e-mail address/, "mail"],
  [/^must be in ASCII; write an internationalised domain/, "mailAscii"],
  [/^is not a charger profile of this tenant/, "profile"],
  [/^is reserved/, "reserved"],
  [/^is already in the list/, "twice"],
  [/^must be one IP address or CIDR block/, "block"],
  [/^must not cover all addresses/, "everything"],
  [/^has bits set beyond its prefix length; did you mean (?<meant>[^?]+)\?/, "bits"],
  [/^must be a (?:ws or )?wss URL/, "url"],
  [/^must be ASCII without space/, "ascii"],
  [/^must not lead to a loopback|^must have a fully qualified public host name/, "local"],
  [/^must not be under (?<domain>[^,]+),/, "own"],
  [/^is a secret/, "secret"],
];

/** @param {string} message @returns {string | undefined} nothing where there are no words for it */
export function inWords(message) {
  for (const [sentence, key] of KNOWN) {
    const found = sentence.exec(message);
    if (found) {
      return t(`common.fault.${key}`, found.groups);
    }
  }
  return undefined;
}

/** The same, or else the API's own sentence. @param {{ message: string }} fault */
export const sayFault = ({ message }) => inWords(message) ?? inEnglish(message);

/** What is there in English alone: it is read out as that. */
export const inEnglish = (text) => html`<span lang="en">${text}</span>`;
