// What the API takes, so that a form can say at once what is wrong.

import { t } from "../../texts.js";

/** @returns {string | undefined} what is wrong with it */
export function identityFault(identity) {
  if (!identity) {
    return t("chargers.identity.missing");
  }
  if (identity.length > 48) {
    return t("chargers.identity.long");
  }
  return /^[\w*=:+|@.-]([\w*=:+|@. -]*[\w*=:+|@.-])?$/.test(identity) ? undefined : t("chargers.identity.characters");
}

/** How the API compares two of them. */
export const folded = (identity) => identity.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** @returns {string | undefined} */
export const nameFault = (name) => ([...name.trim()].length > 100 ? t("chargers.name.long") : lineFault(name));

/** @returns {string | undefined} */
export const serialFault = (serial) => ([...serial.trim()].length > 255 ? t("chargers.serial.long") : lineFault(serial));

const lineFault = (text) => (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text.trim()) ? t("chargers.line.fault") : undefined);
