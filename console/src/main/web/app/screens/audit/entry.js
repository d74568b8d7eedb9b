// One change: what was done, to what, by whom, when, and the difference that it made.

import { html } from "../../html.js";
import { href } from "../../router.js";
import { useTenant } from "../../tenant.js";
import { hasText, t } from "../../texts.js";
import { CopyButton } from "../../ui/copy.js";
import { Facts } from "../../ui/facts.js";
import { Icon } from "../../ui/icon.js";
import { Time } from "../../ui/time.js";
import { SYSTEMS } from "./actions.js";
import { Difference } from "./difference.js";

const ICONS = {
  tenant: "tenant",
  user: "person",
  invite: "mail",
  ip: "access",
  profile: "profile",
  provisioning: "charger",
  charger: "charger",
  domain: "settings",
  subscription: "billing",
};

export function Entry({ entry, names, onFilter }) {
  const { action, actorId, actorName, actorIp, targetType, requestId, createdAt } = entry;
  const isPerson = !SYSTEMS.includes(actorId);
  return html`
    <li class="entry">
      <span class="entry-icon"><${Icon} name=${ICONS[targetType] ?? "audit"} /></span>
      <div class="entry-body">
        <p class="entry-head">
          <strong>${done(action)}</strong> <${Target} entry=${entry} names=${names} />
          <span class="entry-when muted small"><${Time} at=${createdAt} /></span>
        </p>
        <p class="muted small">${t("audit.by", { name: names.person(actorId, actorName) })}</p>
        <${Difference} before=${entry.before} after=${entry.after} names=${names} named=${nameIn(entry)} />
        <details class="entry-more">
          <summary class="small">${t("audit.details")}<span class="only-read"> ${done(action)}</span></summary>
          <div class="small">
            <${Facts}
              beside
              of=${[
                [t("audit.when"), html`<${Time} at=${createdAt} as="dateTime" />`],
                [t("audit.actor"), html`${names.person(actorId, actorName)} ${isPerson && html`<${CopyButton} text=${actorId} label=${t("audit.copyActor")} />`}`],
                [t("audit.ip"), actorIp && html`<code>${actorIp}</code>`],
                [t("audit.targetId"), html`<code>${entry.targetId}</code>`],
                [t("audit.requestId"), html`<code>${requestId}</code> <${CopyButton} text=${requestId} label=${t("audit.copyRequest")} />`],
              ]}
            />
          </div>
          <p class="entry-filters">
            <button type="button" class="link small" onClick=${() => onFilter({ actor: actorId })}>${t("audit.onlyActor", { name: names.person(actorId, actorName) })}</button>
            <button type="button" class="link small" onClick=${() => onFilter({ action })}>${t("audit.onlyAction", { action: done(action) })}</button>
          </p>
        </details>
      </div>
    </li>
  `;
}

/** What an entry itself calls what was changed. */
function nameIn({ targetType, before, after }) {
  const field = { charger: "identity", profile: "displayName", ip: "ip" }[targetType];
  return field && { ...before, ...after }[field];
}

/** Actions can become more before this console knows their names. */
const done = (action) => (hasText(`audit.done.${action}`) ? t(`audit.done.${action}`) : action);

/** What it was done to, by name, with the way there. */
function Target({ entry, names }) {
  const { prefix } = useTenant();
  const { targetType, targetId } = entry;
  const isGone = entry.after === null;
  const link = (to, text) => (isGone ? html`<span>${text}</span>` : html`<a href=${href(to)}>${text}</a>`);
  switch (targetType) {
    case "user":
      return html`<span>${names.person(targetId)}</span>`;
    case "charger":
      return link(`/t/${prefix}/chargers/${targetId}`, nameIn(entry) ?? t("audit.number", { id: targetId }));
    case "profile":
      return link(`/t/${prefix}/profiles/${targetId}`, names.profile(targetId) ?? nameIn(entry) ?? t("audit.number", { id: targetId }));
    case "invite":
      return html`<span>${names.invite(targetId) ?? t("audit.number", { id: targetId })}</span>`;
    case "ip":
      return html`<code>${nameIn(entry) ?? t("audit.number", { id: targetId })}</code>`;
    case "domain":
      return html`<code>${targetId}</code>`;
    default:
      return null;
  }
}
