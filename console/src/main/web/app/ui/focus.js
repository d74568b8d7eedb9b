// Where the focus goes when what had it goes away: to what is nearest, never to the top of the page. So nobody who writes a
// list or a form has to think of it.

import { useLayoutEffect } from "../html.js";

const CONTROLS = "a[href], button:not([role]), input, select, textarea, summary";

const controls = (within) => /** @type {HTMLElement[]} */ ([...within.querySelectorAll(CONTROLS)]);

/** The ways back from modal dialogs that are open. @type {WeakMap<Element, () => void>} */
const ways = new WeakMap();

/**
 * The way back to an element: to itself while it is there, else from a row to the same in the next one or the one before, from
 * anything else to what stands before it, and to the heading where there is nothing. Ask while it is there: later nobody can tell
 * where it was.
 *
 * @param {Element | null} element
 */
export function wayBack(element) {
  if (!element || element === document.body) {
    return () => {};
  }
  const part = element.closest("section, dialog, main");
  const row = element.closest("tr, li");
  const nth = row ? controls(row).indexOf(/** @type {HTMLElement} */ (element)) : -1;
  const rows = row ? [row.nextElementSibling, row.previousElementSibling] : [];
  const before = part && !row ? controls(part).filter((it) => isBefore(it, element)).reverse() : [];
  const outer = ways.get(/** @type {Element} */ (element.closest("dialog")));
  return () => {
    const next = rows.find((it) => it?.isConnected);
    const inRow = next ? controls(next) : [];
    const near = [element, inRow[nth] ?? inRow.at(-1), ...before, part?.querySelector("h2, h1")].find(mayHaveFocus);
    if (near) {
      focus(near);
    } else if (outer) {
      outer();
    } else {
      focus(document.querySelector("main h1"));
    }
  };
}

const isBefore = (one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

const mayHaveFocus = (it) => it?.isConnected && !it.matches(":disabled") && it.getClientRects().length > 0;

function focus(element) {
  if (element?.tabIndex < 0) {
    element.tabIndex = -1;
  }
  element?.focus({ preventScroll: true });
}

const isNowhere = () => !document.activeElement || document.activeElement === document.body;

/** From now on, whoever had the focus on something that goes away goes on beside it. */
export function keepFocus() {
  /** @type {Element | null} */
  let last = null;
  let back = () => {};
  document.addEventListener("focusin", ({ target }) => {
    last = /** @type {Element} */ (target);
    back = wayBack(last);
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    // An element that goes away says the same as one that somebody has left for nothing: the latter is still there afterwards.
    queueMicrotask(() => {
      if (!relatedTarget && last === target && last?.isConnected && isNowhere()) {
        last = null;
      }
    });
  });
  new MutationObserver(() => {
    if (last && !last.isConnected && isNowhere()) {
      last = null;
      back();
    }
  }).observe(document.body, { childList: true, subtree: true });
}

/**
 * Opens a modal dialog for as long as it is drawn, and then gives the focus back to where it came from: at once, since later
 * somebody may be typing elsewhere.
 *
 * @param {{ current: HTMLDialogElement | null }} element
 * @param {string} first what gets the focus, if it is there
 */
export function useModal(element, first) {
  useLayoutEffect(() => {
    const back = wayBack(document.activeElement);
    const dialog = /** @type {HTMLDialogElement} */ (element.current);
    ways.set(dialog, back);
    dialog.showModal();
    /** @type {HTMLElement | null} */ (dialog.querySelector(first))?.focus();
    return () => {
      // While it is open, nothing outside of it takes the focus.
      dialog.close();
      back();
    };
  }, []);
}
