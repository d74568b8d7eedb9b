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

/**
 * Where Stripe leads back to.
 *
 * @param {string} prefix
 * @param {"checkout" | "portal"} from
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
 * @returns {"checkout" | "portal" | "late" | null} what is waited for; `late`: it has not come
 */
export function useReturn(query, subscription, reload) {
  const [from, setFrom] = useState(() => /** @type {"checkout" | "portal" | "late" | null} */ (query.get("back")));
  const first = useRef(/** @type {string | undefined} */ (undefined));
  const version = subscription === undefined ? undefined : JSON.stringify(subscription);
  first.current ??= version;
  useEffect(() => {
    if (from !== "checkout" && from !== "portal") {
      return undefined;
    }
    void navigate(current().replace(/\?.*/, ""), { replace: true });
    const timer = setInterval(() => void reload(), LOOK_MILLIS);
    const end = setTimeout(() => setFrom(from === "checkout" ? "late" : null), LONGEST_MILLIS[from]);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [from, reload]);
  useEffect(() => {
    if (!from || version === undefined) {
      return;
    }
    // What was bought may be here before the browser is.
    const isBought = from !== "portal" && subscription?.status === "active";
    if (isBought || version !== first.current) {
      setFrom(null);
      toast(t(isBought ? "billing.back.active" : "billing.back.changed"));
    }
  }, [version, from]);
  return from;
}
