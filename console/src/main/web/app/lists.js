// Lists as a whole: all pages of one.

import { api } from "./api.js";

/**
 * The answers of a list, page after page.
 *
 * @param {string} at the path of the first of them
 * @param {import("./api.js").How} [how]
 */
export async function* pagesOf(at, how) {
  for (let page = /** @type {string | undefined} */ (at); page; ) {
    const answer = await api.get(page, how);
    yield answer;
    page = answer.next;
  }
}

/**
 * A list, all its pages.
 *
 * @param {string} at
 * @param {AbortSignal} [signal]
 * @returns {Promise<any[]>}
 */
export async function readAll(at, signal) {
  const found = [];
  for await (const { data } of pagesOf(at, { signal })) {
    found.push(...data);
  }
  return found;
}
