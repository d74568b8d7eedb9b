// The subscription in words: what it is, how it stands, and until when.

import { html } from "../../html.js";
import { useTenant } from "../../tenant.js";
import { date, t } from "../../texts.js";
import { Badge } from "../../ui/badge.js";
import { Banner } from "../../ui/banner.js";
import { CopyButton } from "../../ui/copy.js";
import { Facts } from "../../ui/facts.js";
import { Panel } from "../../ui/page.js";
import { Time } from "../../ui/time.js";
import { PortalButton } from "./portal.js";
import { isOver, stateOf } from "./state.js";

const KINDS = {
  active: "good",
  trialing: "good",
  ending: "warn",
  trialEnding: "warn",
  collectionPaused: "warn",
  pastDue: "bad",
  unpaid: "bad",
  paused: "bad",
};

/** Where something has to be done in Stripe's portal. */
const ACTIONS = { pastDue: "billing.pay", unpaid: "billing.pay", paused: "billing.addPayment", ending: "billing.keep", trialEnding: "billing.keep" };

export function Subscription({ subscription, chargers }) {
  const isAdmin = useTenant().role === "admin";
  const state = stateOf(subscription);
  const { productName, quantity, stripeStatus, currentPeriodEnd, cancelAt, trialEnd, collectionPaused, createdAt, stripeSubscriptionId } = subscription;
  const kind = KINDS[state];
  const values = {
    stripeStatus,
    end: currentPeriodEnd ? date(currentPeriodEnd) : "–",
    cancelAt: cancelAt ? date(cancelAt) : "–",
    trialEnd: trialEnd ? date(trialEnd) : "–",
  };
  const key = state === "active" && !currentPeriodEnd ? "activeNoEnd" : state;
  const action = ACTIONS[state];
  return html`
    <${Panel} id="subscription" title=${t("billing.subscription")}>
      <div class="panel-body subscription">
        <div class="subscription-head">
          <div>
            <p class="subscription-name">${productName}</p>
            <p class="muted">${t("billing.quantity", { count: quantity })}</p>
          </div>
          <${Badge} kind=${kind}>${t(`billing.state.${state}`, values)}</${Badge}>
        </div>
        <${Banner} kind=${kind === "bad" ? "bad" : kind === "warn" ? "warn" : kind === "good" ? "good" : "info"} actions=${action && isAdmin && html`<${PortalButton} kind=${kind === "bad" ? "primary" : undefined} text=${t(action)} />`}>
          ${t(`billing.words.${key}`, values)}
          ${collectionPaused && state !== "collectionPaused" && !isOver(subscription) ? ` ${t("billing.words.alsoPaused")}` : ""}
          ${action && !isAdmin ? ` ${t("billing.askAdmin")}` : ""}
        </${Banner}>
        <${Facts}
          beside
          of=${[
            [t("billing.used"), html`${t("billing.usedOf", { count: chargers.total, max: quantity })} <${Uses} total=${chargers.total} max=${quantity} />`],
            [t("billing.since"), html`<${Time} at=${createdAt} as="date" />`],
            [t("billing.paidUntil"), currentPeriodEnd && !isOver(subscription) && html`<${Time} at=${currentPeriodEnd} as="date" />`],
            [t("billing.trialEnd"), trialEnd && html`<${Time} at=${trialEnd} as="date" />`],
            [t("billing.stripeId"), html`<code>${stripeSubscriptionId}</code> <${CopyButton} text=${stripeSubscriptionId} label=${t("billing.copyId")} />`],
          ]}
        />
      </div>
    </${Panel}>
  `;
}

const Uses = ({ total, max }) => total > max && html`<${Badge} kind="warn">${t("billing.over", { count: total - max })}</${Badge}>`;
