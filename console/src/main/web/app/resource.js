// What a screen reads: while it comes, when it is there, when it could not be had, and again once the connection is back, or
// the person.

import { api, newIntent } from "./api.js";
import { useCallback, useEffect, useMemo, useRef, useState } from "./html.js";
import { online } from "./online.js";
import { ended } from "./session.js";

/**
 * @template T
 * @param {(signal: AbortSignal, tell: (data: T) => void) => Promise<T>} read may `tell` what it has until it has all
 * @param {unknown[]} on what it depends on
 * @returns {{ data?: T, isPart: boolean, error?: Error, loading: boolean, reload: () => Promise<void>, set: (data: T) => void,
 *     goOn: (read: (signal: AbortSignal, tell: (data: T) => void) => Promise<T>) => Promise<void>, stop: () => void }} `data`
 *     stays while it is read again; `isPart`: there may be more than what was told; `goOn` reads something in its place that
 *     follows from it; `stop` leaves it at what there is
 */
export function useResource(read, on) {
  const [state, setState] = useState(
    /** @type {{ data?: T, isPart: boolean, error?: Error, loading: boolean }} */ ({ isPart: false, loading: true }),
  );
  const running = useRef(/** @type {AbortController | undefined} */ (undefined));
  const latest = useRef(read);
  // One at a time: an answer to what was asked before would be put beside, or over, an answer to something else.
  const attempt = useCallback(async (/** @type {typeof read} */ act) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    latest.current = act;
    setState((before) => ({ ...before, loading: true }));
    // A whole is not replaced by a part.
    const tell = (data) =>
      !control.signal.aborted &&
      setState((before) => (before.data === undefined || before.isPart ? { data, isPart: true, loading: true } : before));
    try {
      const data = await act(control.signal, tell);
      if (!control.signal.aborted) {
        setState({ data, isPart: false, loading: false });
      }
    } catch (failure) {
      if (!control.signal.aborted) {
        setState((before) => ({ ...before, error: /** @type {Error} */ (failure), loading: false }));
      }
    }
  }, []);
  const load = useCallback(() => attempt(read), on);
  useEffect(() => {
    setState({ isPart: false, loading: true });
    void load();
    return () => running.current?.abort();
  }, [load]);
  const failed = useRef(false);
  failed.current = state.error !== undefined;
  useOnceBack(() => failed.current && void attempt(latest.current));
  const set = (data) => {
    running.current?.abort();
    setState({ data, isPart: false, loading: false });
  };
  const stop = () => {
    running.current?.abort();
    setState((before) => ({ ...before, loading: false }));
  };
  return { ...state, reload: load, set, goOn: attempt, stop };
}

/** Does something once the connection is back, or the person. */
export function useOnceBack(act) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const again = () => online.get() && !ended.get() && latest.current();
    const off = [online.follow(again), ended.follow(again)];
    return () => off.forEach((it) => it());
  }, []);
}

/** What a screen has to tell of an error. That there is no connection is told above all of them. */
export const toBeTold = (/** @type {any} */ error) => (error?.code === "offline" ? undefined : error);

/**
 * A list that comes in pages.
 *
 * @param {string | undefined} at the first page's path; without one nothing is asked for
 * @returns {{ rows?: any[], error?: Error, loading: boolean, more?: () => Promise<void>, reload: () => Promise<void> }}
 *     `more` reads the next page; there is none when all are there, nor while any is being read
 */
export function usePages(at) {
  const { data, error, loading, reload, goOn } = useResource(async (signal) => {
    const { data: rows, next } = at === undefined ? { data: undefined } : await api.get(at, { signal });
    return { rows, next };
  }, [at]);
  const more = () =>
    goOn(async (signal) => {
      const page = await api.get(/** @type {string} */ (data?.next), { signal });
      return { rows: [.../** @type {any[]} */ (data?.rows), ...page.data], next: page.next };
    });
  return { rows: data?.rows, error, loading, more: data?.next && !loading ? more : undefined, reload };
}

/**
 * What a button or a form does: one at a time, with what came of it.
 *
 * @template {any[]} A
 * @param {(...given: A) => Promise<unknown>} act
 * @returns {{ run: (...given: A) => Promise<boolean>, busy: boolean, error?: any, clear: () => void }} `run` comes to
 *     whether it worked
 */
export function useAction(act) {
  const [state, setState] = useState(/** @type {{ busy: boolean, error?: any }} */ ({ busy: false }));
  const busy = useRef(false);
  const run = async (...given) => {
    if (busy.current) {
      return false;
    }
    busy.current = true;
    setState({ busy: true });
    try {
      await act(.../** @type {A} */ (given));
      setState({ busy: false });
      return true;
    } catch (failure) {
      setState({ busy: false, error: /** @type {Error} */ (failure) });
      return false;
    } finally {
      busy.current = false;
    }
  };
  return { ...state, run, clear: () => setState({ busy: false }) };
}

/** An intent for as long as the component is there: give it to `api.post`. */
export const useIntent = () => useMemo(newIntent, []);
