// Whoever is not signed in: says what this is, and leads to the identity provider and back.

import { base, title } from "../config.js";
import { html } from "../html.js";
import { useAction } from "../resource.js";
import { signIn } from "../session.js";
import { t } from "../texts.js";
import { Banner } from "../ui/banner.js";
import { Button } from "../ui/button.js";
import { useTitle } from "../ui/page.js";
import { Problem } from "../ui/problem.js";

/** @param {{ failure?: string }} properties why a sign-in failed */
export function SignedOut({ failure }) {
  useTitle(t("common.signIn"));
  const action = useAction(() => signIn());
  return html`
    <div class="welcome">
      <img src=${new URL("icon.svg", base).href} alt="" />
      <h1 tabindex="-1">${t("common.welcome.title", { title: title() })}</h1>
      <p>${t("common.welcome.text")}</p>
      ${failure && !action.error && html`<${Banner} kind="bad" alert title=${t("common.welcome.failed")}>${failure}</${Banner}>`}
      <${Problem} error=${action.error} />
      <${Button} kind="primary" busy=${action.busy} onClick=${action.run}>${t("common.signIn")}</${Button}>
    </div>
  `;
}
