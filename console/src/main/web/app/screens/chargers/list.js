// One page of the chargers that match. With a filter the API answers what it found in a megabyte, which may be few or none
// although more follow: then it is asked again until the page is full, and what is there already is shown.

import { api } from "../../api.js";
import { useCallback, useEffect, useRef, useState } from "../../html.js";
import { useOnceBack } from "../../resource.js";
import { PAGE_SIZE, apiPath, cursorIn } from "./query.js";

/**
 * @typedef {object} Page
 * @property {import("./state.js").Charger[]} [rows]
 * @property {string} [next] the cursor of the next page
 * @property {boolean} loading
 * @property {Error} [error]
 * @property {Set<number>} [fresh] those that were not there when it was read before
 * @property {number} calls that it took
 */

/**
 * @param {string} prefix
 * @param {Record<string, string>} filters
 * @param {string} cursor
 * @returns {Page & { reload: () => Promise<void>, refresh: () => Promise<void> }} `refresh` says nothing while it reads
 */
export function useChargers(prefix, filters, cursor) {
  const key = apiPath(prefix, filters, cursor, PAGE_SIZE);
  const [page, setPage] = useState(/** @type {Page} */ ({ loading: true, calls: 0 }));
  const running = useRef(/** @type {AbortController | undefined} */ (undefined));
  const load = useCallback(
    async (quiet) => {
      running.current?.abort();
      const control = new AbortController();
      running.current = control;
      const { signal } = control;
      if (!quiet) {
        setPage((before) => ({ ...before, loading: true }));
      }
      try {
        /** @type {import("./state.js").Charger[]} */
        const rows = [];
        let next = cursor;
        let calls = 0;
        do {
          const answer = await api.get(apiPath(prefix, filters, next, PAGE_SIZE - rows.length), { signal });
          calls++;
          rows.push(...answer.data);
          next = cursorIn(answer.next);
          if (signal.aborted) {
            return;
          }
          if (!quiet && next && rows.length < PAGE_SIZE) {
            setPage({ rows: [...rows], loading: true, calls });
          }
        } while (next && rows.length < PAGE_SIZE);
        setPage((before) => ({ rows, next: next || undefined, loading: false, calls, fresh: freshIn(rows, quiet && before.rows) }));
      } catch (failure) {
        if (!signal.aborted) {
          setPage((before) => ({ ...before, loading: false, error: /** @type {Error} */ (failure) }));
        }
      }
    },
    [key],
  );
  useEffect(() => {
    setPage({ loading: true, calls: 0 });
    void load(false);
    return () => running.current?.abort();
  }, [load]);
  const failed = useRef(false);
  failed.current = page.error !== undefined;
  useOnceBack(() => failed.current && void load(false));
  return { ...page, reload: () => load(false), refresh: () => load(true) };
}

function freshIn(rows, before) {
  if (!before) {
    return undefined;
  }
  const known = new Set(before.map((it) => it.id));
  return new Set(rows.map((it) => it.id).filter((id) => !known.has(id)));
}
