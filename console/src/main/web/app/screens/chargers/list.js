// One page of the chargers that match. With a filter the API answers what it found in a megabyte, which may be few or none
// although more follow: then it is asked again until the page is full, and what is there already is shown.

import { api } from "../../api.js";
import { useRef } from "../../html.js";
import { useResource } from "../../resource.js";
import { PAGE_SIZE, apiPath, cursorIn, lookedIn } from "./query.js";

/**
 * @typedef {object} Page
 * @property {import("./state.js").Charger[]} rows
 * @property {string} [next] the cursor of the next page
 * @property {number} calls that it took
 * @property {number} looked how many chargers were looked through for it
 */

/** @type {Page} */
const NOTHING = { rows: [], calls: 0, looked: 0 };

/**
 * @param {string} prefix
 * @param {Record<string, string>} filters
 * @param {string} cursor
 * @returns {Partial<Page> & { isPart: boolean, looking: boolean, error?: Error, fresh?: Set<number>, reload: () => Promise<void>,
 *     stop: () => void, goOn: () => Promise<void> }} `looking`: it is not all there yet; `isPart`: nor will it be without that;
 *     `fresh`: those that were not there when it was read before; `goOn` from where it was stopped, or failed
 */
export function useChargers(prefix, filters, cursor) {
  const key = apiPath(prefix, filters, cursor, PAGE_SIZE);
  const readFrom = (/** @type {Page} */ from) => async (/** @type {AbortSignal} */ signal, /** @type {(page: Page) => void} */ tell) => {
    let page = from;
    do {
      const answer = await api.get(apiPath(prefix, filters, page.next ?? cursor, PAGE_SIZE - page.rows.length), { signal });
      page = {
        rows: [...page.rows, ...answer.data],
        next: cursorIn(answer.next) || undefined,
        calls: page.calls + 1,
        looked: page.looked + lookedIn(answer),
      };
      if (page.next && page.rows.length < PAGE_SIZE) {
        tell(page);
      }
    } while (page.next && page.rows.length < PAGE_SIZE);
    return page;
  };
  const { data, isPart, loading, error, reload, stop, goOn } = useResource(readFrom(NOTHING), [key]);
  const seen = useRef(/** @type {{ key: string, page?: Page, fresh?: Set<number> }} */ ({ key: "" }));
  if (!isPart && data !== seen.current.page) {
    const before = seen.current.key === key ? seen.current.page : undefined;
    seen.current = { key, page: data, fresh: data && before && freshIn(data.rows, before.rows) };
  }
  return {
    ...data,
    fresh: seen.current.fresh,
    isPart,
    looking: loading && (isPart || !data),
    error,
    reload,
    stop,
    goOn: isPart ? () => goOn(readFrom(data ?? NOTHING)) : reload,
  };
}

function freshIn(rows, before) {
  const known = new Set(before.map((it) => it.id));
  return new Set(rows.map((it) => it.id).filter((id) => !known.has(id)));
}
