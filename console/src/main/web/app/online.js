// Whether the API can be reached. A lost connection is said once, and looked for again until it is back.

import { apiUrl } from "./config.js";
import { store } from "./store.js";

export const online = store(true);

const FIRST_MILLIS = 2000;
const LONGEST_MILLIS = 30_000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let pause = FIRST_MILLIS;

/** A request did not get through. */
export function lost() {
  if (online.get()) {
    online.set(false);
    later();
  }
}

/** A request got through. */
export function reached() {
  pause = FIRST_MILLIS;
  back();
}

function back() {
  clearTimeout(timer);
  online.set(true);
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, pause);
  pause = Math.min(pause * 2, LONGEST_MILLIS);
}

/** Looks whether it is back. */
export async function look() {
  if (await isThere()) {
    back();
  } else {
    later();
  }
}

/** Whether the API answers anything at all. Nobody has to be signed in for that, nor does it say more to another origin. */
export const isThere = () =>
  fetch(apiUrl(""), { mode: "no-cors", credentials: "omit", cache: "no-store" }).then(
    () => true,
    () => false,
  );

addEventListener("offline", lost);
addEventListener("online", () => void look());
