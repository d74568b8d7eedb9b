// Starts the console: settings and texts, then who is here, then the screen.

import { App } from "./app.js";
import { base, loadConfig } from "./config.js";
import { html, render } from "./html.js";
import { followLinks, giveUpChanges, navigate } from "./router.js";
import { startSession } from "./session.js";
import { startTexts, t } from "./texts.js";
import { keepFocus } from "./ui/focus.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));

async function start() {
  try {
    await Promise.all([loadConfig(), startTexts()]);
    const { path, failure, leaving, beside } = await startSession();
    if (leaving) {
      return;
    }
    if (beside) {
      root.replaceChildren();
      render(html`<main class="welcome"><h1>${t("common.ended.beside.title")}</h1><p>${t("common.ended.beside")}</p></main>`, root);
      return;
    }
    if (path) {
      await navigate(path, { replace: true });
    }
    followLinks();
    keepFocus();
    root.replaceChildren();
    render(html`<${App} failure=${failure} />`, root);
  } catch (problem) {
    console.error(problem);
    root.replaceChildren();
    render(
      html`<main class="welcome">
        <img src=${new URL("icon.svg", base).href} alt="" />
        <h1>${words("start.failed", "The console does not start")}</h1>
        <p>${words("start.retry", "Load the page again in a moment.")}</p>
        <button type="button" class="button button-primary" onClick=${() => location.reload()}>
          ${words("retry", "Try again")}
        </button>
      </main>`,
      root,
    );
  }
}

/** The texts may be what is missing. */
function words(key, english) {
  const text = t(`common.${key}`);
  return text === `common.${key}` ? english : text;
}

// A page that a browser puts by to go back to is as old as that: it may be another person's by then, or wait for what was given up.
addEventListener("pagehide", ({ persisted }) => {
  root.hidden = persisted;
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) {
    giveUpChanges();
    location.reload();
  }
});

void start();
