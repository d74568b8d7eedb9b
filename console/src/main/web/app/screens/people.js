// The people of a tenant: who is in, and who is invited.

import { html, useState } from "../html.js";
import { usePages } from "../resource.js";
import { path } from "../api.js";
import { useTenant } from "../tenant.js";
import { roleIn } from "../tenants.js";
import { t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Page } from "../ui/page.js";
import { InviteDialog } from "./people/invite-dialog.js";
import { Invites } from "./people/invites.js";
import { Members } from "./people/members.js";

export default function People() {
  const { prefix, role, may } = useTenant();
  const [inviting, setInviting] = useState(false);
  // Only admins may read the invites.
  const isAdmin = role === "admin";
  const invites = usePages(isAdmin ? path`/tenant/${prefix}/invite?limit=100` : undefined);
  // Invites of somebody who is no admin any more do not count; and it may be oneself.
  const changed = () => roleIn(prefix) === "admin" && void invites.reload();
  return html`
    <${Page}
      title=${t("people.title")}
      lead=${t("people.lead")}
      actions=${may("admin") && html`<${Button} kind="primary" icon="plus" onClick=${() => setInviting(true)}>${t("people.invite")}</${Button}>`}
    >
      <${Members} onChanged=${changed} />
      ${isAdmin && html`<${Invites} invites=${invites} onInvite=${() => setInviting(true)} />`}
      ${isAdmin && inviting && html`<${InviteDialog} onClose=${() => setInviting(false)} onSent=${invites.reload} />`}
    </${Page}>
  `;
}
