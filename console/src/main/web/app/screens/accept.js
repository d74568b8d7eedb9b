// Where the link of an invite leads. Whoever it was sent to may be signed in as somebody else, or not at all.

import { api } from "../api.js";
import { html, useState } from "../html.js";
import { useAction, useIntent } from "../resource.js";
import { current, navigate } from "../router.js";
import { home } from "../screens.js";
import { person, signIn } from "../session.js";
import { useStore } from "../store.js";
import { loadTenants, tenants } from "../tenants.js";
import { t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Icon } from "../ui/icon.js";
import { useTitle } from "../ui/page.js";
import { Problem, RequestId, words } from "../ui/problem.js";

/** Refusals that another attempt does not change. */
const OVER = ["invite_expired", "invite_revoked", "invite_not_found", "invite_already_used"];
/** Refusals of this person, not of the invite. */
const OTHER_PERSON = ["invite_email_mismatch", "email_not_verified"];

export default function Accept({ query }) {
  useTitle(t("accept.title"));
  const who = useStore(person);
  const token = query.get("token") ?? "";
  const [joined, setJoined] = useState(/** @type {any} */ (null));
  const intent = useIntent();
  const accept = useAction(async () => {
    const { data } = await api.post("/invite/accept", { token }, { intent });
    await loadTenants();
    setJoined(data);
    // Used up, it need not stay in the history.
    history.replaceState(null, "", location.pathname);
  });
  const sign = useAction((/** @type {string | undefined} */ prompt) => signIn({ prompt, path: current() }));

  if (joined) {
    const name = tenants.get().list?.find((it) => it.domainPrefix === joined.tenant)?.name ?? joined.tenant;
    return html`
      <${Card} icon="check" kind="good" title=${t("accept.joined.title", { tenant: name })}>
        <p>${t("accept.joined.text", { role: t(`common.role.${joined.role}`) })}</p>
        <${Button} kind="primary" onClick=${() => navigate(home(joined.tenant))}>${t("accept.open", { tenant: name })}</${Button}>
      </${Card}>
    `;
  }
  const code = accept.error?.code;
  // Its token fits nothing: the API says that it is malformed, which is no news to whoever followed a link.
  const malformed = code === "invalid_request";
  if (!token || malformed || OVER.includes(code)) {
    const text = !token || malformed ? t("accept.broken.text") : words(accept.error, "accept");
    return html`
      <${Card} icon="warning" kind="bad" title=${t("accept.over.title")}>
        <p role="alert">${text}<${RequestId} error=${accept.error} /></p>
        ${who && html`<${Button} href="/">${t("common.toTenants")}</${Button}>`}
      </${Card}>
    `;
  }
  if (!who) {
    return html`
      <${Card} icon="mail" title=${t("accept.title")}>
        <p>${t("accept.signIn.text")}</p>
        <${Problem} error=${sign.error} />
        <${Button} kind="primary" busy=${sign.busy} onClick=${() => sign.run(undefined)}>${t("accept.signIn")}</${Button}>
      </${Card}>
    `;
  }
  const other = OTHER_PERSON.includes(code);
  return html`
    <${Card} icon=${other ? "person" : "mail"} title=${other ? t("accept.other.title") : t("accept.title")}>
      <p>${t(other ? "accept.other.text" : "accept.text", { email: who.email })}</p>
      <${Problem} error=${accept.error} area="accept" />
      <div class="welcome-actions">
        ${!other && html`<${Button} kind="primary" busy=${accept.busy} onClick=${() => accept.run()}>${t("accept.accept")}</${Button}>`}
        <${Button} kind=${other ? "primary" : undefined} busy=${sign.busy} onClick=${() => sign.run("login")}>
          ${t("common.signInAsOther")}
        </${Button}>
      </div>
    </${Card}>
  `;
}

const Card = ({ icon, kind, title, children }) => html`
  <div class="welcome">
    <${Icon} name=${icon} class=${kind ? `icon-${kind}` : ""} />
    <h1 tabindex="-1">${title}</h1>
    ${children}
  </div>
`;
