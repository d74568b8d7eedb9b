// An error in words: by its code, with what it takes to ask about it.

import { inEnglish, sayFault } from "../faults.js";
import { html } from "../html.js";
import { ended, endedAside, signInBeside } from "../session.js";
import { useStore } from "../store.js";
import { hasText, relative, t } from "../texts.js";
import { Banner } from "./banner.js";
import { Button } from "./button.js";

/**
 * What an error says to whoever met it. An area may have words of its own, `<area>.error.<code>`.
 *
 * @param {any} error an ApiError, or whatever else was thrown
 * @param {string} [area]
 * @returns {any} to be shown
 */
export function words(error, area) {
  // Who has only looked is not to wonder what was changed.
  const code = error.isRead && hasText(`common.error.${error.code}.read`) ? `${error.code}.read` : error.code;
  const key = [`${area}.error.${code}`, `common.error.${code}`].find(hasText);
  if (!key) {
    return error.detail ? inEnglish(error.detail) : t("common.error.unexpected");
  }
  const when = error.retryAfter ? relative(Date.now() + error.retryAfter * 1000) : "";
  // Under a minute is no time to say.
  return t(key, { most: /\d+/.exec(error.detail)?.[0] ?? "", when: error.retryAfter < 60 ? t("common.inSeconds", { count: error.retryAfter }) : when });
}

/** What an operator finds the request by, below what is said of an error. @param {{ error?: any }} properties */
export const RequestId = ({ error }) =>
  error?.requestId ? html`<span class="request-id">${t("common.requestId")} <code>${error.requestId}</code></span>` : null;

/**
 * @param {{ error?: any, area?: string, retry?: () => void, title?: string }} properties nothing is drawn without an error
 */
export function Problem({ error, area, retry, title }) {
  const isEnded = useStore(ended);
  if (!error) {
    return null;
  }
  const actions =
    isEnded && error.code === "session_ended"
      ? // An open dialog covers every other way to sign in. Without a window to do so, the question is asked anew.
        html`<${Button} onClick=${() => void signInBeside().catch(() => endedAside.set(false))}>${t("common.ended.again")}</${Button}>`
      : retry && html`<${Button} onClick=${retry}>${t("common.retry")}</${Button}>`;
  return html`
    <${Banner} kind=${error.code === "offline" ? "warn" : "bad"} alert title=${title} actions=${actions}>
      ${words(error, area)}
      ${error.errors?.length > 0 && html`<ul class="small">${error.errors.map((it) => html`<li key=${it.pointer}><code>${it.pointer}</code> ${sayFault(it)}</li>`)}</ul>`}
      ${error.code === "unknown" && error.detail && html`<p class="small">${inEnglish(error.detail)}</p>`}
      <${RequestId} error=${error} />
    </${Banner}>
  `;
}
