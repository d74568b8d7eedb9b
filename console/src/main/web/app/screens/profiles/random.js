// Passwords that nobody can guess.

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
/** As many as the hexadecimal key of OCPP 1.6 has bytes, and enough for either kind. */
const BYTES = 20;

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
