// What is around every screen: the top bar, the navigation of a tenant, and what the whole console has to say.

import { base, title } from "../config.js";
import { html, useEffect, useRef, useState } from "../html.js";
import { look, online } from "../online.js";
import { current, href, match, place } from "../router.js";
import { SCREENS, home } from "../screens.js";
import { ended, person, signIn, signOut } from "../session.js";
import { useStore } from "../store.js";
import { mayAs, roleIn, tenants } from "../tenants.js";
import { LANGUAGES, chooseLanguage, language, t } from "../texts.js";
import { Banner } from "./banner.js";
import { Button } from "./button.js";
import { SessionEnded } from "./ended.js";
import { useModal } from "./focus.js";
import { Icon } from "./icon.js";
import { Menu } from "./menu.js";
import { Avatar } from "./person.js";
import { toast } from "./toast.js";

/** @param {{ prefix?: string, bare?: boolean, children?: any }} properties `bare`: nobody is signed in */
export function Shell({ prefix, bare, children }) {
  const isOnline = useStore(online);
  const isEnded = useStore(ended);
  const [drawer, setDrawer] = useState(false);
  const { path } = useStore(place);
  useEffect(() => setDrawer(false), [path]);
  return html`
    <a class="skip" href="#main" onClick=${skip}>${t("common.skip")}</a>
    <header class=${prefix ? "top with-tenant" : "top"}>
      ${prefix && html`<${Button} kind="quiet" icon="menu" class="only-narrow" label=${t("common.openNav")} onClick=${() => setDrawer(true)} />`}
      <a class="brand" href=${href("/")} aria-label=${title()}>
        <img src=${new URL("icon.svg", base).href} alt="" width="26" height="26" /><span class="brand-name">${title()}</span>
      </a>
      ${!bare && prefix && html`<span class="top-divider" aria-hidden="true">/</span><${Switcher} prefix=${prefix} />`}
      <span class="top-gap"></span>
      <${Languages} />
      ${!bare && html`<${PersonMenu} />`}
    </header>
    <div class=${prefix ? "frame frame-with-nav" : "frame"}>
      ${prefix && html`<nav class="side" aria-label=${t("common.nav")}><${Nav} prefix=${prefix} /></nav>`}
      <div>
        <div class="banners" role="status">
          ${!isOnline &&
          html`<${Banner} kind="warn" icon="offline" title=${t("common.offline.title")} actions=${html`<${Button} onClick=${look}>${t("common.retry")}</${Button}>`}>${t("common.offline.text")}</${Banner}>`}
        </div>
        ${isEnded && html`<div class="banners"><${SessionEnded} /></div>`}
        <main id="main" tabindex="-1">${children}</main>
      </div>
    </div>
    ${drawer && html`<${Drawer} prefix=${prefix} onClose=${() => setDrawer(false)} />`}
  `;
}

/** A fragment would be resolved against the base, not against this page. */
function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Nav({ prefix }) {
  const { path } = useStore(place);
  useStore(tenants);
  const role = roleIn(prefix);
  const shown = SCREENS.filter((it) => it.nav && (!it.nav.least || mayAs(role, it.nav.least)));
  const group = (of) => shown.filter((it) => it.nav?.group === of);
  return [1, 2].map(group).map(
    (screens, i) =>
      screens.length > 0 &&
      html`
        <ul class="nav" key=${i}>
          ${screens.map((it) => {
            const to = it.path.replace(":tenant", prefix);
            const isHere = match(it.path, path) || (!it.nav?.above && path.startsWith(`${to}/`));
            return html`
              <li key=${it.path}>
                <a href=${href(to)} aria-current=${isHere ? "page" : undefined}><${Icon} name=${it.nav?.icon} />${t(`common.${it.nav?.text}`)}</a>
              </li>
            `;
          })}
        </ul>
      `,
  );
}

function Drawer({ prefix, onClose }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useModal(element, "a[aria-current=page]");
  return html`
    <dialog class="drawer" ref=${element} aria-label=${t("common.nav")} onClose=${onClose} onClick=${(event) => event.target === element.current && onClose()}>
      <div class="drawer-head">
        <span class="brand"><img src=${new URL("icon.svg", base).href} alt="" width="26" height="26" />${title()}</span>
        <${Button} kind="quiet" icon="close" label=${t("common.close")} onClick=${onClose} />
      </div>
      <nav aria-label=${t("common.nav")} onClick=${(event) => event.target.closest("a") && onClose()}><${Nav} prefix=${prefix} /></nav>
    </dialog>
  `;
}

/** From tenant to tenant. */
function Switcher({ prefix }) {
  const { list = [] } = useStore(tenants);
  const name = list.find((it) => it.domainPrefix === prefix)?.name ?? prefix;
  return html`
    <div class="switcher">
      <${Menu}
        start
        label=${t("common.switchTenant", { name })}
        button=${html`<${Avatar} name=${name} small square /><span class="switcher-name">${name}</span><${Icon} name="chevron" />`}
        items=${[
          ...list.map((it) => ({ text: it.name, href: home(it.domainPrefix), checked: it.domainPrefix === prefix })),
          ...(list.length > 0 ? [{ kind: "line" }] : []),
          { text: t("common.allTenants"), icon: "tenant", href: "/" },
          { text: t("common.newTenant"), icon: "plus", href: "/new" },
        ]}
      />
    </div>
  `;
}

function Languages() {
  const lang = useStore(language);
  return html`
    <${Menu}
      label=${t("common.languageIs", { name: LANGUAGES[lang] })}
      button=${html`<${Icon} name="language" /><span class="only-wide">${LANGUAGES[lang]}</span>`}
      items=${Object.entries(LANGUAGES).map(([of, name]) => ({
        text: name,
        lang: of,
        checked: of === lang,
        onSelect: () => void chooseLanguage(of).catch(() => toast(t("common.error.unexpected"))),
      }))}
    />
  `;
}

function PersonMenu() {
  const who = useStore(person);
  return (
    who &&
    html`
      <${Menu}
        label=${t("common.account", { name: who.name })}
        button=${html`<${Avatar} name=${who.name} small />`}
        note=${html`<strong>${who.name}</strong>${who.email}`}
        items=${[
          { text: t("common.signInAsOther"), icon: "person", onSelect: () => void signIn({ prompt: "login", path: current() }) },
          { text: t("common.signOut"), icon: "leave", onSelect: () => void signOut() },
        ]}
      />
    `
  );
}
