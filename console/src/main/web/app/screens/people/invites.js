// Invites that nobody has accepted yet: what became of each, to be sent again or taken back.

import { api, newIntent, path } from "../../api.js";
import { html } from "../../html.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { LANGUAGES, dateTime, number, relative, t } from "../../texts.js";
import { Badge } from "../../ui/badge.js";
import { confirm } from "../../ui/dialog.js";
import { EmptyState } from "../../ui/empty.js";
import { Panel } from "../../ui/page.js";
import { Pager } from "../../ui/pager.js";
import { Problem } from "../../ui/problem.js";
import { RowMenu } from "../../ui/row-menu.js";
import { Table } from "../../ui/table.js";
import { Time } from "../../ui/time.js";
import { toast } from "../../ui/toast.js";

/** @param {{ invites: ReturnType<typeof import("../../resource.js").usePages>, onInvite: () => void }} properties */
export function Invites({ invites, onInvite }) {
  const { prefix, may } = useTenant();
  const resend = useAction(async ({ receiver, role, language }) => {
    try {
      await api.post(path`/tenant/${prefix}/invite`, { receiver, role, language }, { intent: newIntent() });
      toast(t("people.sent", { receiver }));
    } finally {
      // It is stored even if its mail was not sent.
      await invites.reload();
    }
  });
  const revoke = (invite) =>
    confirm({
      title: t("people.revoke.title", { receiver: invite.receiver }),
      text: t("people.revoke.text"),
      action: t("people.revoke"),
      danger: true,
      area: "people",
      act: () => api.delete(path`/tenant/${prefix}/invite/${invite.id}`),
    }).then((done) => {
      if (done) {
        toast(t("people.revoked", { receiver: invite.receiver }));
        void invites.reload();
      }
    });
  const { rows } = invites;
  return html`
    <${Panel} id="invites" title=${t("people.invites")} count=${rows?.length ? number(rows.length) + (invites.more ? "+" : "") : undefined} lead=${t("people.invites.lead")}>
      ${(invites.error || resend.error) &&
      html`<div class="panel-body">
        <${Problem} error=${invites.error} retry=${invites.reload} />
        <${Problem} error=${resend.error} area="people" />
      </div>`}
      ${(rows || !invites.error) &&
      html`
        <${Table}
          label=${t("people.invites")}
          rows=${rows}
          rowKey=${(it) => it.id}
          empty=${html`<${EmptyState}
            icon="mail"
            title=${t("people.invites.none")}
            text=${t("people.invites.none.text")}
            action=${may("admin") ? { text: t("people.invite"), onClick: onInvite } : undefined}
          />`}
          columns=${[
            { key: "receiver", title: t("people.receiver"), cell: (it) => it.receiver },
            { key: "status", title: t("people.status"), cell: (it) => html`<${Status} invite=${it} />` },
            { key: "role", title: t("people.role"), cell: (it) => t(`common.role.${it.role}`) },
            { key: "language", title: t("common.language"), cell: (it) => LANGUAGES[it.language.slice(0, 2)] ?? it.language },
            { key: "sent", title: t("people.sentAt"), cell: (it) => html`<${Time} at=${it.sentAt} />` },
            {
              key: "actions",
              title: t("common.actions"),
              actions: true,
              cell: (it) =>
                may("admin") &&
                html`<${RowMenu}
                  name=${it.receiver}
                  items=${[
                    { text: t("people.resend"), icon: "mail", onSelect: () => void resend.run(it) },
                    { text: t("people.revoke"), icon: "trash", danger: true, onSelect: () => void revoke(it) },
                  ]}
                />`,
            },
          ]}
        />
      `}
      <${Pager} pages=${invites} />
    </${Panel}>
  `;
}

/** The worst that is known of it, and below it why it does not count: a `title` is not shown to fingers, nor to keys. */
function Status({ invite }) {
  if (invite.bounced) {
    return html`<div><${Badge} kind="bad">${t("people.bounced")}</${Badge}><p class="small muted">${t("people.bounced.hint")}</p></div>`;
  }
  if (invite.status === "revoked") {
    return html`<div><${Badge} kind="warn">${t("people.revokedInvite")}</${Badge}><p class="small muted">${t("people.revokedInvite.hint")}</p></div>`;
  }
  if (invite.status === "expired") {
    return html`<div><${Badge}>${t("people.expired")}</${Badge}><p class="small muted">${dateTime(invite.expiresAt)}</p></div>`;
  }
  if (!invite.sentAt) {
    return html`<div><${Badge} kind="bad">${t("people.notSent")}</${Badge}><p class="small muted">${t("people.notSent.hint")}</p></div>`;
  }
  return html`<${Badge} kind="good" title=${dateTime(invite.expiresAt)}>${t("people.pending", { when: relative(invite.expiresAt) })}</${Badge}>`;
}
