// Questions that have to be answered before something is done. dialog.js draws them.

import { store } from "../store.js";

/** @type {ReturnType<typeof store<any>>} */
export const asked = store(null);

let count = 0;

/**
 * Asks before something that can't be undone. What `act` throws is shown in the dialog, which then stays.
 *
 * @param {{ title: string, text: any, action: string, danger?: boolean, type?: string, area?: string,
 *     act?: () => Promise<unknown> }} question `type` is a word that has to be typed
 * @returns {Promise<boolean>} whether it was done
 */
export function confirm(question) {
  return new Promise((resolve) => {
    giveUp();
    let running = false;
    const act = async () => {
      running = true;
      try {
        await question.act?.();
      } finally {
        running = false;
      }
    };
    // Whoever waits for a question that goes on by itself hears what came of it.
    asked.set({ ...question, id: ++count, act, resolve, giveUp: () => !running && resolve(false) });
  });
}

/** What was asked and is not answered is not done: nobody may wait for it for ever. */
export function giveUp() {
  asked.get()?.giveUp();
  asked.set(null);
}
