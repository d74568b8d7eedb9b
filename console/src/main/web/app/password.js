// Passwords of chargers, which hold them as text or byte by byte: what the API takes, and ones that nobody can guess.

import { t } from "./texts.js";

/** Without those that are taken for one another when somebody types them off. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
/** As many as the hexadecimal key of OCPP 1.6 has bytes, and enough for either kind. */
const BYTES = 20;

/** @typedef {{ kind: string, value: string, made: boolean }} Password `text` or `hex`; `made` here, so that nobody else knows it */

/** @returns {Password} */
export const noPassword = () => ({ kind: "text", value: "", made: false });

/** What the API is to be sent. @param {Password} password */
export const passwordInBody = ({ kind, value }) => (kind === "hex" ? { passwordHex: value } : { password: value });

export const bytesOf = (text) => new TextEncoder().encode(text).length;

/** @returns {string | undefined} what is wrong with it */
export function passwordFault({ kind, value }) {
  if (!value) {
    return t("password.missing");
  }
  if (kind === "hex") {
    return /^([0-9a-f]{2}){16,40}$/i.test(value) ? undefined : t("password.hexFault");
  }
  if (/\p{Cc}/u.test(value)) {
    return t("password.control");
  }
  const size = bytesOf(value);
  return size < 16 || size > 40 ? t("password.size") : undefined;
}

/** @param {string} kind `text` or `hex` */
export function newPassword(kind) {
  if (kind === "hex") {
    return [...crypto.getRandomValues(new Uint8Array(BYTES))].map((it) => it.toString(16).padStart(2, "0")).join("");
  }
  let text = "";
  while (text.length < BYTES) {
    // What is left over of a byte's values would make some letters likelier than others.
    const fair = 256 - (256 % LETTERS.length);
    for (const byte of crypto.getRandomValues(new Uint8Array(BYTES))) {
      if (byte < fair && text.length < BYTES) {
        text += LETTERS[byte % LETTERS.length];
      }
    }
  }
  return text;
}
