// Members with their roles. Several changes are saved at once, all or none; of more than one call takes, call by call.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { useAction, usePages } from "../../resource.js";
import { navigate } from "../../router.js";
import { person } from "../../session.js";
import { useStore } from "../../store.js";
import { useTenant } from "../../tenant.js";
import { forgetTenant, loadTenants } from "../../tenants.js";
import { number, t } from "../../texts.js";
import { useUnsaved } from "../../unsaved.js";
import { Badge, RoleBadge } from "../../ui/badge.js";
import { Button } from "../../ui/button.js";
import { confirm } from "../../ui/dialog.js";
import { Select } from "../../ui/fields.js";
import { Panel } from "../../ui/page.js";
import { Pager } from "../../ui/pager.js";
import { Person } from "../../ui/person.js";
import { Problem } from "../../ui/problem.js";
import { RowMenu } from "../../ui/row-menu.js";
import { Table } from "../../ui/table.js";
import { Time } from "../../ui/time.js";
import { toast } from "../../ui/toast.js";
import { roles } from "./roles.js";

/** As many as one call takes. */
const MOST_PER_CALL = 90;

/** @param {{ onChanged: () => void }} properties is told that roles changed, or somebody left */
export function Members({ onChanged }) {
  const { prefix, may, suspended } = useTenant();
  const who = useStore(person);
  const pages = usePages(path`/tenant/${prefix}/user?limit=100`);
  const [changes, setChanges] = useState(/** @type {Record<string, string>} */ ({}));
  const { rows } = pages;
  const changed = Object.keys(changes);
  const roleOf = (member) => changes[member.userId] ?? member.role;
  const isMe = (member) => member.userId === who?.sub || member.username.toLowerCase() === who?.email.toLowerCase();
  const nameOf = (member) => `${member.givenName} ${member.familyName}`.trim() || member.username;
  // Known only where everybody is here.
  const admins = rows?.filter((it) => roleOf(it) === "admin") ?? [];
  const everybody = rows && !pages.more;
  const leaderless = everybody && admins.length === 0;

  const choose = (member, role) => {
    setChanges(({ [member.userId]: _, ...others }) => (role === member.role ? others : { ...others, [member.userId]: role }));
    save.clear();
  };
  const save = useAction(async () => {
    // Each call is judged by itself: new administrators come before those that were, and whoever does it is the last.
    const me = rows?.find(isMe)?.userId;
    const turn = ({ userId, role: to }) => (userId === me ? 2 : to === "admin" ? 0 : 1);
    const all = changed.map((userId) => ({ userId, role: changes[userId] })).sort((a, b) => turn(a) - turn(b));
    let saved = 0;
    try {
      for (; saved < all.length; saved += MOST_PER_CALL) {
        await api.put(path`/tenant/${prefix}/user`, all.slice(saved, saved + MOST_PER_CALL));
      }
    } finally {
      // What was not saved stays to be saved.
      const left = all.slice(saved).map(({ userId, role }) => [userId, role]);
      setChanges(Object.fromEntries(left));
      if (saved > 0) {
        await Promise.all([pages.reload(), loadTenants()]);
        onChanged();
      }
    }
    toast(t("people.saved", { count: all.length }));
  });
  useUnsaved(changed.length > 0);

  const remove = (member) =>
    confirm({
      title: t("people.remove.title", { name: nameOf(member) }),
      text: t("people.remove.text"),
      action: t("people.remove"),
      danger: true,
      area: "people",
      act: () => api.delete(path`/tenant/${prefix}/user/${member.userId}`),
    }).then((done) => {
      if (done) {
        toast(t("people.removed", { name: nameOf(member) }));
        choose(member, member.role);
        void pages.reload();
        onChanged();
      }
    });
  const leave = (member) =>
    confirm({
      title: t("people.leave.title"),
      text: t("people.leave.text"),
      action: t("people.leave"),
      danger: true,
      area: "people",
      act: () => api.delete(path`/tenant/${prefix}/user/${member.userId}`),
    }).then(async (done) => {
      if (done) {
        await navigate("/", { replace: true, unasked: true });
        toast(t("people.left"));
        await forgetTenant(prefix);
      }
    });

  const role = (member) => {
    const only = everybody && admins.length === 1 && admins[0] === member;
    return may("admin")
      ? html`
          <div>
            <${Select}
              small
              hideLabel
              name=${`role-${member.userId}`}
              label=${t("people.roleOf", { name: nameOf(member) })}
              value=${roleOf(member)}
              options=${roles()}
              onInput=${(to) => choose(member, to)}
              error=${leaderless && member.role === "admin" ? t("people.needsAdmin") : undefined}
            />
            ${only && html`<p class="field-hint only-admin">${t("people.onlyAdmin")}</p>`}
          </div>
        `
      : html`<${RoleBadge} role=${member.role} />`;
  };
  const actions = (member) => {
    const items = isMe(member)
      ? [{ text: t("people.leave"), icon: "leave", danger: true, onSelect: () => leave(member) }]
      : may("admin")
        ? [{ text: t("people.remove"), icon: "trash", danger: true, onSelect: () => remove(member) }]
        : [];
    return html`<${RowMenu} name=${nameOf(member)} items=${suspended ? [] : items} />`;
  };

  return html`
    <${Panel} id="members" title=${t("people.members")} count=${rows ? number(rows.length) + (pages.more ? "+" : "") : undefined}>
      ${pages.error && html`<div class="panel-body"><${Problem} error=${pages.error} retry=${pages.reload} /></div>`}
      ${(rows || !pages.error) &&
      html`
        <${Table}
          label=${t("people.members")}
          rows=${rows}
          rowKey=${(it) => it.userId}
          changed=${(it) => it.userId in changes}
          columns=${[
            {
              key: "person",
              title: t("people.person"),
              cell: (it) =>
                html`<${Person} name=${nameOf(it)} mail=${it.username} mark=${isMe(it) && html`<${Badge} kind="good">${t("people.you")}</${Badge}>`} />`,
            },
            { key: "role", title: t("people.role"), cell: role },
            { key: "joined", title: t("people.joined"), cell: (it) => html`<${Time} at=${it.joinedAt} as="date" />` },
            { key: "actions", title: t("common.actions"), actions: true, cell: actions },
          ]}
        />
      `}
      <${Pager} pages=${pages} />
      ${changed.length > 0 &&
      html`
        <div class="savebar" role="region" aria-label=${t("common.unsaved")}>
          <p role="status">${t("people.unsaved", { count: changed.length })}</p>
          <${Button} onClick=${() => (setChanges({}), save.clear())}>${t("common.discard")}</${Button}>
          <${Button} kind="primary" busy=${save.busy} disabled=${leaderless} onClick=${save.run}>${t("common.save")}</${Button}>
          ${save.error && html`<${Problem} error=${save.error} area="people" />`}
        </div>
      `}
    </${Panel}>
  `;
}
