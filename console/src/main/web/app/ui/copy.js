// Something to take along.

import { html, useState } from "../html.js";
import { t } from "../texts.js";
import { Button } from "./button.js";
import { toast } from "./toast.js";

/**
 * @param {{ text: string, label?: string, shown?: boolean, onCopied?: () => void }} properties `shown`: the text stands beside
 *     the button
 */
export function CopyButton({ text, label, shown, onCopied }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Not allowed, or no such thing: it can be selected and copied by hand.
      toast(t("common.copyFailed"));
      return;
    }
    setDone(true);
    onCopied?.();
    setTimeout(() => setDone(false), 2000);
  };
  const button = html`
    <${Button} kind="quiet" icon=${done ? "check" : "copy"} label=${label ?? t("common.copy")} onClick=${copy} />
    <span class="only-read" role="status">${done ? t("common.copied") : ""}</span>
  `;
  return shown ? html`<span class="copy"><code>${text}</code>${button}</span>` : button;
}
