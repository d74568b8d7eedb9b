// What somebody should look at, the worst first.

import { api, path } from "../../api.js";
import { html, useEffect, useRef, useState } from "../../html.js";
import { readAll } from "../../lists.js";
import { toBeTold, useResource } from "../../resource.js";
import { href } from "../../router.js";
import { useTenant } from "../../tenant.js";
import { date, hasText, list, relative, t } from "../../texts.js";
import { Icon } from "../../ui/icon.js";
import { Panel } from "../../ui/page.js";
import { Problem } from "../../ui/problem.js";
import { Skeleton } from "../../ui/skeleton.js";
import { stateOf } from "../billing/state.js";

const SOON_MILLIS = 15 * 60_000;
const NAMED = 3;
const TICK_MILLIS = 20_000;

/** @typedef {{ key: string, kind: "bad" | "warn" | "info", icon: string, title: string, text?: string, to: string, action: string }} Item */

/** @param {{ stats: any, provision: { data?: any, error?: Error, reload: () => Promise<void> } }} properties */
export function Attention({ stats, provision }) {
  const { prefix, tenant, role, suspended } = useTenant();
  const now = useNow();
  const isAdmin = role === "admin";
  const latest = useRef(stats);
  latest.current = stats;
  const found = useResource(
    async (signal) => {
      const { chargers, pendingInvites, subscription: subscribed } = latest.current;
      const [refusals, invites, subscription] = await Promise.all([
        chargers.recentRefusals > 0 ? api.get(path`/tenant/${prefix}/refusal?limit=${NAMED}`, { signal }).then((it) => it.data) : [],
        isAdmin && pendingInvites > 0 ? readAll(path`/tenant/${prefix}/invite`, signal) : [],
        // Asked for only where there is one: to have none is nothing that went wrong.
        subscribed ? api.get(path`/tenant/${prefix}/subscription`, { signal }).then((it) => it.data) : null,
      ]);
      return { refusals, invites, subscription };
    },
    [prefix, isAdmin],
  );
  const seen = useRef(stats);
  useEffect(() => {
    if (seen.current !== stats) {
      seen.current = stats;
      void found.reload();
    }
  }, [stats]);
  const { data } = found;
  const items = data && [
    ...ofMail(data.invites, prefix),
    ...ofBilling(data.subscription, prefix),
    ...ofQuantity(stats.chargers, prefix),
    ...ofProvisioning(provision.data, prefix, now),
    ...ofDomain(tenant, prefix),
    ...ofRefusals(data.refusals, stats.chargers.recentRefusals, prefix),
  ];
  items?.sort((a, b) => ["bad", "warn", "info"].indexOf(a.kind) - ["bad", "warn", "info"].indexOf(b.kind));
  // Why it is suspended stands above all else; then not everything is fine.
  if (suspended && items?.length === 0) {
    return null;
  }
  return html`
    <${Panel} id="attention" title=${t("overview.attention")} count=${items?.length ? String(items.length) : undefined}>
      ${/** @type {[any, string][]} */ ([
        [found, t("overview.unread.attention")],
        [provision, t("overview.unread.provisioning")],
      ]).map(
        ([{ error, reload }, title]) =>
          toBeTold(error) && html`<div class="panel-body" key=${title}><${Problem} title=${title} error=${error} retry=${reload} /></div>`,
      )}
      ${!items && !toBeTold(found.error) && html`<${Skeleton} lines=${3} />`}
      ${items?.length === 0 &&
      // Of what could not be read, nobody knows.
      !found.error &&
      provision.data &&
      !provision.error &&
      html`<p class="attention-none"><${Icon} name="done" />${t("overview.attention.none")}</p>`}
      ${items &&
      items.length > 0 &&
      html`
        <ul class="attention">
          ${items.map(
            (it) => html`
              <li key=${it.key} class=${`attention-${it.kind}`}>
                <${Icon} name=${it.icon} />
                <div><strong>${it.title}</strong>${it.text && html`<p class="muted small">${it.text}</p>`}</div>
                <a class="button" href=${href(it.to)}>${it.action}</a>
              </li>
            `,
          )}
        </ul>
      `}
    </${Panel}>
  `;
}

/** @returns {Item[]} */
function ofMail(invites, prefix) {
  const to = `/t/${prefix}/people`;
  const lost = invites.filter((it) => it.bounced);
  const unsent = invites.filter((it) => !it.bounced && it.status === "pending" && !it.sentAt);
  const item = (key, all) => ({
    key,
    kind: /** @type {const} */ ("bad"),
    icon: "mail",
    title: t(`overview.mail.${key}`, { count: all.length }),
    text: named(all.map((it) => it.receiver)),
    to,
    action: t("overview.mail.action"),
  });
  return [...(lost.length > 0 ? [item("bounced", lost)] : []), ...(unsent.length > 0 ? [item("failed", unsent)] : [])];
}

/** @returns {Item[]} */
function ofBilling(subscription, prefix) {
  const state = subscription && stateOf(subscription);
  const key = `overview.billing.${state}`;
  if (!state || !hasText(`${key}.title`)) {
    return [];
  }
  return [
    {
      key: "billing",
      kind: state === "ending" || state === "collectionPaused" ? "warn" : "bad",
      icon: "billing",
      title: t(`${key}.title`, { date: subscription.cancelAt ? date(subscription.cancelAt) : "" }),
      text: t(`${key}.text`),
      to: `/t/${prefix}/billing`,
      action: t("overview.billing.action"),
    },
  ];
}

/** @returns {Item[]} */
function ofQuantity({ total, max }, prefix) {
  return max === null || total <= max
    ? []
    : [
        {
          key: "quantity",
          kind: "warn",
          icon: "charger",
          title: t("overview.quantity.title", { count: total - max }),
          text: t("overview.quantity.text"),
          to: `/t/${prefix}/billing`,
          action: t("overview.billing.action"),
        },
      ];
}

/** @returns {Item[]} */
function ofProvisioning(provision, prefix, now) {
  if (!provision?.active || Date.parse(provision.expiresAt) <= now) {
    return [];
  }
  const isSoon = Date.parse(provision.expiresAt) - now < SOON_MILLIS;
  const { registeredCount: count, maxChargers: max } = provision;
  const isFull = max !== null && count >= max;
  return [
    {
      key: "provisioning",
      kind: isSoon || isFull ? "warn" : "info",
      icon: "charger",
      title: isFull
        ? t("overview.provisioning.full")
        : t(isSoon ? "overview.provisioning.soon" : "overview.provisioning.open", { when: relative(provision.expiresAt, now) }),
      text: max === null ? t("overview.provisioning.count", { count }) : t("overview.provisioning.countOf", { count, max }),
      to: `/t/${prefix}/chargers`,
      action: t("overview.provisioning.action"),
    },
  ];
}

/** @returns {Item[]} */
function ofDomain({ customDomain, customDomainStatus }, prefix) {
  return customDomain && customDomainStatus !== "verified"
    ? [
        {
          key: "domain",
          kind: "warn",
          icon: "settings",
          title: t("overview.domain.pending"),
          text: t("overview.domain.pending.text"),
          to: `/t/${prefix}/settings`,
          action: t("overview.domain.action"),
        },
      ]
    : [];
}

/** @returns {Item[]} */
function ofRefusals(refusals, count, prefix) {
  const why = (reason) => (hasText(`refusals.reason.${reason}`) ? t(`refusals.reason.${reason}`) : reason);
  return count === 0
    ? []
    : [
        {
          key: "refusals",
          kind: "warn",
          icon: "warning",
          title: t("overview.refusals", { count }),
          text: refusals.map((it) => `${it.identity}: ${why(it.reason)}`).join(" · "),
          to: `/t/${prefix}/chargers/refusals`,
          action: t("overview.refusals.action"),
        },
      ];
}

/** The first of them, and how many more. */
const named = (names) =>
  list(names.length > NAMED ? [...names.slice(0, NAMED), t("overview.more", { count: names.length - NAMED })] : names);

/** Countdowns go on by themselves. */
function useNow() {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MILLIS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
