// A value that components follow: what more than one of them has to know.

import { useEffect, useState } from "./html.js";

/**
 * @template T
 * @param {T} initial
 */
export function store(initial) {
  let value = initial;
  const followers = new Set();
  return {
    /** @returns {T} */
    get: () => value,
    /** @param {T} next */
    set(next) {
      if (next !== value) {
        value = next;
        followers.forEach((follower) => follower());
      }
    },
    /** @param {() => void} follower is called after each change, until what is returned is called */
    follow(follower) {
      followers.add(follower);
      return () => {
        followers.delete(follower);
      };
    },
  };
}

/**
 * The store's value; the component is drawn again when it changes.
 *
 * @template T
 * @param {{ get: () => T, follow: (follower: () => void) => () => void }} from
 */
export function useStore(from) {
  const [, draw] = useState(0);
  const value = from.get();
  useEffect(() => {
    // It may have changed between drawing and this.
    if (from.get() !== value) {
      draw((count) => count + 1);
    }
    return from.follow(() => draw((count) => count + 1));
  }, [from]);
  return value;
}
