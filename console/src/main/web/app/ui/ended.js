// The session has ended while something was open. It stays open, with all that was typed, beside a window to sign in again.

import { html, useState } from "../html.js";
import { endedAside, signIn, signInBeside } from "../session.js";
import { useStore } from "../store.js";
import { t } from "../texts.js";
import { Banner } from "./banner.js";
import { Button } from "./button.js";
import { Dialog } from "./dialog.js";

export function SessionEnded() {
  const closed = useStore(endedAside);
  const [opened, setOpened] = useState(false);
  const [failure, setFailure] = useState(/** @type {any} */ (undefined));
  const begin = async () => {
    setOpened(true);
    setFailure(undefined);
    try {
      await signInBeside();
    } catch (problem) {
      // Whoever went back there has not failed.
      setFailure(/** @type {any} */ (problem).error === "access_denied" ? undefined : problem);
      setOpened(false);
    }
  };
  const blocked = failure?.code === "popup_blocked";
  const isIn = html`<${Button} kind="primary" onClick=${begin}>${t("common.ended.again")}</${Button}>`;
  if (closed) {
    return html`<${Banner} kind="warn" title=${t("common.ended.title")} actions=${isIn}>${t("common.ended.text")}</${Banner}>`;
  }
  return html`
    <${Dialog}
      steady
      title=${t("common.ended.title")}
      onClose=${() => endedAside.set(true)}
      foot=${html`
        ${blocked && html`<${Button} onClick=${() => void signIn()}>${t("common.ended.here")}</${Button}>`}
        ${isIn}
      `}
    >
      <p>${t("common.ended.text")}</p>
      <div role="status">${opened && html`<p class="muted">${t("common.ended.opened")}</p>`}</div>
      ${failure &&
      html`
        <${Banner} kind="bad" alert title=${t("common.welcome.failed")}>
          ${blocked ? t("common.ended.blocked") : html`<span lang="en">${failure.error_description || failure.message}</span>`}
        </${Banner}>
      `}
    </${Dialog}>
  `;
}
