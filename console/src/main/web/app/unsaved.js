// Asks before a form with changes is left.

import { useLayoutEffect, useRef } from "./html.js";
import { guardLeaving } from "./router.js";
import { t } from "./texts.js";
import { confirm } from "./ui/ask.js";

/**
 * @param {boolean} dirty whether there is something to lose
 * @param {() => Promise<boolean>} [ask] whether that may be lost
 * @returns {() => void} call it once that is saved or given up, before going elsewhere
 */
export function useUnsaved(dirty, ask = askToDiscard) {
  const asks = useRef(dirty);
  asks.current = dirty;
  const release = useRef(() => {});
  // At once: whoever types and presses a link has left before an effect that waits for the next picture.
  useLayoutEffect(() => {
    if (!dirty) {
      return undefined;
    }
    const off = guardLeaving({ stands: () => asks.current, ask });
    release.current = () => {
      off();
    };
    return () => {
      off();
    };
  }, [dirty]);
  return () => {
    asks.current = false;
    release.current();
  };
}

/** Whether changes may be given up. */
export const askToDiscard = () =>
  confirm({ title: t("common.discard.title"), text: t("common.discard.text"), action: t("common.discard"), danger: true });
