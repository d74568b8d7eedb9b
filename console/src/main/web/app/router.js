// Paths below this application's own address, by the History API. Which screens there are, screens.js says.

import { base } from "./config.js";
import { store } from "./store.js";

/** @typedef {{ path: string, query: URLSearchParams }} Place */

/** @returns {Place} */
function here() {
  const path = location.pathname.slice(base.pathname.length - 1) || "/";
  return { path, query: new URLSearchParams(location.search) };
}

/** Where the reader is. */
export const place = store(here());

/** @typedef {{ stands: () => boolean, ask: () => Promise<boolean> }} Guard whether there is something to lose, and whether it may be */

/** What asks before a page is left: a form with changes. @type {Set<Guard>} */
const guards = new Set();

/** @param {Guard} guard */
export function guardLeaving(guard) {
  guards.add(guard);
  return () => guards.delete(guard);
}

addEventListener("popstate", async () => {
  if (guards.size === 0) {
    place.set(here());
    return;
  }
  // The browser has gone back already: undo that before asking.
  const { path, query } = place.get();
  history.pushState(null, "", href(path) + (query.size > 0 ? `?${query}` : ""));
  if (await mayLeave()) {
    history.back();
  }
});
addEventListener("beforeunload", (event) => {
  if (guards.size > 0) {
    event.preventDefault();
  }
});

/** Asks whatever there is to ask before the page is left, each question once; once it may be, it asks no more. */
export async function mayLeave() {
  const asked = new Set();
  for (const { stands, ask } of guards) {
    if (stands() && !asked.has(ask)) {
      asked.add(ask);
      if (!(await ask())) {
        return false;
      }
    }
  }
  guards.clear();
  return true;
}

/** Loads the page anew, unless there are changes that somebody wants to keep. */
export async function reloadPage() {
  if (await mayLeave()) {
    location.reload();
  }
}

/** Changes that are nobody's any more, or of somebody who has gone, are not asked about. */
export const giveUpChanges = () => guards.clear();

/** The address of a path. */
export const href = (path) => base.pathname.slice(0, -1) + path;

/** Path and query, to come back to. */
export const current = () => location.pathname.slice(base.pathname.length - 1) + location.search;

/**
 * Goes to a path.
 *
 * @param {string} path
 * @param {{ replace?: boolean, unasked?: boolean }} [how] `replace`: in place of the present entry of the history; `unasked`:
 *     what has changes has nowhere to save them any more
 */
export async function navigate(path, { replace = false, unasked = false } = {}) {
  if (unasked) {
    guards.clear();
  } else if (!(await mayLeave())) {
    return;
  }
  history[replace ? "replaceState" : "pushState"](null, "", href(path));
  place.set(here());
  if (!replace) {
    scrollTo(0, 0);
  }
}

/** Follows links of this application without loading it anew. */
export function followLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (
      !(link instanceof HTMLAnchorElement) ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey ||
      link.target ||
      link.hasAttribute("download") ||
      link.origin !== location.origin ||
      !link.pathname.startsWith(base.pathname) ||
      link.hash
    ) {
      return;
    }
    event.preventDefault();
    void navigate(link.pathname.slice(base.pathname.length - 1) + link.search);
  });
}

/**
 * The parameters of a path, or null where it is not one of the pattern's.
 *
 * @param {string} pattern such as `/t/:tenant/people`
 * @param {string} path
 * @returns {Record<string, string> | null}
 */
export function match(pattern, path) {
  const names = pattern.split("/");
  const parts = path.replace(/\/$/, "").split("/");
  if (pattern === "/") {
    return path === "/" ? {} : null;
  }
  if (names.length !== parts.length) {
    return null;
  }
  /** @type {Record<string, string>} */
  const found = {};
  for (let i = 0; i < names.length; i++) {
    if (names[i].startsWith(":")) {
      try {
        found[names[i].slice(1)] = decodeURIComponent(parts[i]);
      } catch {
        return null;
      }
    } else if (names[i] !== parts[i]) {
      return null;
    }
  }
  return found;
}
