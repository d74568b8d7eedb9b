// Many changes, in calls of as many as the API takes. A call is done as a whole or not at all, so where it is refused its
// items are sent one by one: then it is known which of them was meant.

/** As many as one call takes. */
export const MOST_PER_CALL = 20;

/** What is about an item and not about the caller, the tenant or the connection. */
const ABOUT_AN_ITEM = new Set([
  "invalid_request",
  "charger_exists",
  "charger_not_found",
  "limit_reached",
  "no_profile",
  "precondition_failed",
]);

/**
 * @template T
 * @param {T[]} items
 * @param {(items: T[]) => Promise<unknown>} send all of them or none
 * @param {{ done: (items: T[]) => void, failed: (item: T, error: any) => void, stopped: () => boolean }} told of each item
 *     what came of it; nothing more is sent once it is `stopped`
 * @param {number} [most] as many as go into one call
 * @throws what is not about an item: then it can go on later with those that have not been told
 */
export async function inBatches(items, send, told, most = MOST_PER_CALL) {
  for (let at = 0; at < items.length && !told.stopped(); at += most) {
    const batch = items.slice(at, at + most);
    if (!(await accepted(batch, send, told))) {
      for (const item of batch) {
        if (told.stopped()) {
          return;
        }
        await accepted([item], send, told);
      }
    }
  }
}

/** Whether it is known now what became of each of them. */
async function accepted(batch, send, told) {
  try {
    await send(batch);
  } catch (failure) {
    if (!ABOUT_AN_ITEM.has(/** @type {any} */ (failure).code)) {
      throw failure;
    }
    if (batch.length > 1) {
      return false;
    }
    told.failed(batch[0], failure);
    return true;
  }
  told.done(batch);
  return true;
}
