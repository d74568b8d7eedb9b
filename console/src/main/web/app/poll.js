// What changes by itself and is looked at again and again, while somebody looks at it.

import { useEffect, useRef } from "./html.js";
import { online } from "./online.js";
import { ended } from "./session.js";

/**
 * Does something again and again: never twice at the same time, not while the page is hidden, the connection lost or
 * the session over, and at once when somebody comes back to it.
 *
 * @param {() => Promise<unknown>} act
 * @param {number} millis from the end of one to the beginning of the next
 */
export function usePolling(act, millis) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    let running = false;
    let over = false;
    const later = () => {
      clearTimeout(timer);
      if (!over && !document.hidden) {
        timer = setTimeout(now, millis);
      }
    };
    const now = async () => {
      if (running || !online.get() || ended.get()) {
        later();
        return;
      }
      running = true;
      await latest.current();
      running = false;
      later();
    };
    const seen = () => {
      clearTimeout(timer);
      if (!document.hidden) {
        void now();
      }
    };
    document.addEventListener("visibilitychange", seen);
    later();
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [millis]);
}
