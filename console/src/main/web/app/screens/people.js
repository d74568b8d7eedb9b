// The people of a tenant: who is in, and who is invited.

import { html, useState } from "../html.js";
import { usePages } from "../resource.js";
import { path } from "../api.js";
import { useTenant } from "../tenant.js";
import { t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Page } from "../ui/page.js";
import { InviteDialog } from "./people/invite-dialog.js";
import { Invites } from "./people/invites.js";
import { Members } from "./people/members.js";

export default function People() {
  const { prefix, role, may } = useTenant();
  const [inviting, setInviting] = useState(false);
  const isAdmin = role === "admin";
  return html`
    <${Page}
      title=${t("people.title")}
      lead=${t("people.lead")}
      actions=${may("admin") && html`<${Button} kind="primary" icon="plus" onClick=${() => setInviting(true)}>${t("people.invite")}</${Button}>`}
    >
      <${Members} />
      ${isAdmin && html`<${AsAdmin} prefix=${prefix} inviting=${inviting} onInvite=${setInviting} />`}
    </${Page}>
  `;
}

/** Only admins may read the invites. */
function AsAdmin({ prefix, inviting, onInvite }) {
  const invites = usePages(path`/tenant/${prefix}/invite?limit=100`);
  return html`
    <${Invites} invites=${invites} onInvite=${() => onInvite(true)} />
    ${inviting && html`<${InviteDialog} onClose=${() => onInvite(false)} onSent=${invites.reload} />`}
  `;
}
