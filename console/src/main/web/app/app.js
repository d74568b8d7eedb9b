// Which screen is shown, and what is around it.

import { base, title } from "./config.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "./html.js";
import { useOnceBack } from "./resource.js";
import { match, place } from "./router.js";
import { SCREENS } from "./screens.js";
import { ended, person } from "./session.js";
import { SignedOut } from "./screens/signed-out.js";
import { useStore } from "./store.js";
import { loadStyles } from "./styles.js";
import { InTenant } from "./in-tenant.js";
import { forgetTenants, loadTenants } from "./tenants.js";
import { language, loadTexts, t } from "./texts.js";
import { Boundary, ToLoadAgain } from "./ui/boundary.js";
import { Dialogs } from "./ui/dialog.js";
import { EmptyState } from "./ui/empty.js";
import { Page } from "./ui/page.js";
import { Problem } from "./ui/problem.js";
import { Shell } from "./ui/shell.js";
import { SkeletonPage } from "./ui/skeleton.js";
import { Toasts } from "./ui/toast.js";

function find(path) {
  for (const screen of SCREENS) {
    const parameters = match(screen.path, path);
    if (parameters) {
      return { screen, parameters };
    }
  }
  return null;
}

/**
 * Why a file of the console is not there, nor what goes with it. Where the console can be reached, it is another one by now: files
 * of two versions don't fit together, and only to load the page again helps.
 */
const whyNotThere = () =>
  fetch(new URL("config.json", base), { cache: "no-store" }).then(
    () => ({ code: "outdated" }),
    () => ({ code: "offline", isRead: true }),
  );

/** A screen's module and texts, once they are there. */
function useScreen(screen) {
  const [loaded, setLoaded] = useState(/** @type {any} */ ({}));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    if (screen) {
      Promise.all([screen.load(), loadTexts(...(screen.texts ?? [])), loadStyles(...(screen.styles ?? []))]).then(
        ([module]) => wanted && setLoaded({ screen, View: module.default }),
        async (failure) => {
          console.error(failure);
          const error = await whyNotThere();
          if (wanted) {
            setLoaded({ screen, error });
          }
        },
      );
    }
    return () => {
      wanted = false;
    };
  }, [screen, tries]);
  const retry = () => setTries(tries + 1);
  useOnceBack(() => loaded.error && retry());
  return loaded.screen === screen ? { ...loaded, retry } : {};
}

export function App({ failure }) {
  const { path, query } = useStore(place);
  const who = useStore(person);
  const over = useStore(ended);
  // Everything is drawn anew in another language, and keeps what was typed.
  useStore(language);
  const found = find(path);
  const { View, error, retry } = useScreen(found?.screen);
  useEffect(() => {
    if (who) {
      if (!over) {
        void loadTenants();
      }
    } else {
      forgetTenants();
    }
  }, [who?.sub, over]);
  useFocusOnNavigation(path);

  let content;
  if (!found) {
    content = html`<${NotFound} />`;
  } else if (!who && !found.screen.open) {
    return html`<${Shell} bare><${SignedOut} failure=${failure} /></${Shell}><${Toasts} />`;
  } else if (error?.code === "outdated") {
    content = html`<${ToLoadAgain} title=${t("common.outdated.title")} text=${t("common.outdated.text")} />`;
  } else if (error) {
    content = html`<${Page} title=${title()}><${Problem} error=${error} retry=${retry} /></${Page}>`;
  } else if (!View) {
    content = html`<${SkeletonPage} />`;
  } else {
    // One place, one screen: another charger is drawn anew.
    content = html`<${Boundary} key=${path}><${View} ...${found.parameters} query=${query} /></${Boundary}>`;
  }
  const prefix = found?.parameters.tenant;
  return html`
    <${Shell} prefix=${prefix} bare=${found?.screen.open && !who}>
      ${prefix ? html`<${InTenant} key=${prefix} prefix=${prefix}>${content}</${InTenant}>` : content}
    </${Shell}>
    <${Dialogs} />
    <${Toasts} />
  `;
}

/** Whoever can't see the page learns from its heading that there is another one. */
function useFocusOnNavigation(path) {
  const before = useRef(path);
  useLayoutEffect(() => {
    if (before.current === path) {
      return undefined;
    }
    before.current = path;
    // The heading comes with the screen, which may have to be read first.
    let frames = 0;
    let frame = requestAnimationFrame(function look() {
      const heading = document.querySelector("main h1");
      if (heading instanceof HTMLElement) {
        heading.focus({ preventScroll: true });
      } else if (frames++ < 600) {
        frame = requestAnimationFrame(look);
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [path]);
}

function NotFound() {
  return html`
    <${Page} title=${t("common.notFound.title")}>
      <div class="panel">
        <${EmptyState} icon="search" text=${t("common.notFound.text")} action=${{ text: t("common.toTenants"), href: "/" }} />
      </div>
    </${Page}>
  `;
}
