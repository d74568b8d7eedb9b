// What a screen reads: while it comes, when it is there, when it could not be had, and again once the connection is back, or
// the person.

import { api, newIntent } from "./api.js";
import { useCallback, useEffect, useMemo, useRef, useState } from "./html.js";
import { online } from "./online.js";
import { ended } from "./session.js";

/**
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} read
 * @param {unknown[]} on what it depends on
 * @returns {{ data?: T, error?: Error, loading: boolean, reload: () => Promise<void>, set: (data: T) => void,
 *     goOn: (read: (signal: AbortSignal) => Promise<T>) => Promise<void> }} `data` stays while it is read again; `goOn` reads
 *     something in its place that follows from it
 */
export function useResource(read, on) {
  const [state, setState] = useState(/** @type {{ data?: T, error?: Error, loading: boolean }} */ ({ loading: true }));
  const running = useRef(/** @type {AbortController | undefined} */ (undefined));
  const latest = useRef(read);
  // One at a time: an answer to what was asked before would be put beside, or over, an answer to something else.
  const attempt = useCallback(async (/** @type {(signal: AbortSignal) => Promise<T>} */ act) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    latest.current = act;
    setState((before) => ({ ...before, loading: true }));
    try {
      const data = await act(control.signal);
      if (!control.signal.aborted) {
        setState({ data, loading: false });
      }
    } catch (failure) {
      if (!control.signal.aborted) {
        setState((before) => ({ ...before, error: /** @type {Error} */ (failure), loading: false }));
      }
    }
  }, []);
  const load = useCallback(() => attempt(read), on);
  useEffect(() => {
    setState({ loading: true });
    void load();
    return () => running.current?.abort();
  }, [load]);
  const failed = useRef(false);
  failed.current = state.error !== undefined;
  useOnceBack(() => failed.current && void attempt(latest.current));
  const set = (data) => {
    running.current?.abort();
    setState({ data, loading: false });
  };
  return { ...state, reload: load, set, goOn: attempt };
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

/**
 * A list that comes in pages.
 *
 * @param {string} at the first page's path
 * @returns {{ rows?: any[], error?: Error, loading: boolean, more?: () => Promise<void>, reload: () => Promise<void> }}
 *     `more` reads the next page; there is none when all are there, nor while any is being read
 */
export function usePages(at) {
  const { data, error, loading, reload, goOn } = useResource(async (signal) => {
    const { data: rows, next } = await api.get(at, { signal });
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
