// To Stripe's pages and back. Stripe tells the service what happened there by an event of its own, some moments after it sent
// the browser back; until that has come the screen looks again.

import { base } from "../../config.js";
import { useEffect, useRef, useState } from "../../html.js";
import { current, navigate } from "../../router.js";
import { t } from "../../texts.js";
import { toast } from "../../ui/toast.js";

const LOOK_MILLIS = 2000;
/** In the portal there may have been nothing to change. */
const LONGEST_MILLIS = { checkout: 40_000, portal: 15_000 };
/** Besides, however quickly answers come. */
const MOST_LOOKS = 20;

/** @typedef {"checkout" | "portal"} From */
/** @typedef {From | "late" | "unchanged"} Waiting `late`: what was bought has not come; `unchanged`: nothing came of the portal */

const isFrom = (/** @type {string | null} */ text) => text === "checkout" || text === "portal";

/**
 * Where Stripe leads back to.
 *
 * @param {string} prefix
 * @param {From} from
 */
export const returnUrl = (prefix, from) => new URL(`t/${encodeURIComponent(prefix)}/billing?back=${from}`, base).href;

/** Goes to one of Stripe's pages. Comes to nothing: the button stays busy until the browser has left. */
export function leaveFor(url) {
  location.assign(url);
  return new Promise(() => {});
}

/**
 * Looks for what came of it, and takes the mark out of the address, so that a reload does not wait again.
 *
 * @param {URLSearchParams} query
 * @param {any} subscription as it is known; undefined until it is
 * @param {() => Promise<void>} reload
 * @returns {Waiting | null} what is waited for, or that it is not any more
 */
export function useReturn(query, subscription, reload) {
  // Anybody can write an address.
  const [from, setFrom] = useState(() => /** @type {Waiting | null} */ (isFrom(query.get("back")) ? query.get("back") : null));
  const first = useRef(/** @type {string | undefined} */ (undefined));
  const version = subscription === undefined ? undefined : JSON.stringify(subscription);
  first.current ??= version;
  useEffect(() => {
    if (query.has("back")) {
      void navigate(current().replace(/\?.*/, ""), { replace: true });
    }
  }, []);
  const isKnown = version !== undefined;
  useEffect(() => {
    if (!isKnown || (from !== "checkout" && from !== "portal")) {
      return undefined;
    }
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    let over = false;
    const end = Date.now() + LONGEST_MILLIS[from];
    let looks = 0;
    // Only after an answer: where answers take longer than the pause, the next question would cut off each of them.
    const later = () => {
      timer = setTimeout(async () => {
        await reload();
        looks++;
        if (!over) {
          if (Date.now() < end && looks < MOST_LOOKS) {
            later();
          } else {
            setFrom(from === "checkout" ? "late" : "unchanged");
          }
        }
      }, LOOK_MILLIS);
    };
    later();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [from, isKnown, reload]);
  useEffect(() => {
    if (!from || version === undefined) {
      return;
    }
    // What was bought may be here before the browser is.
    const isBought = (from === "checkout" || from === "late") && subscription?.status === "active";
    if (isBought || version !== first.current) {
      setFrom(null);
      toast(t(isBought ? "billing.back.active" : "billing.back.changed"));
    }
  }, [version, from]);
  return from;
}
