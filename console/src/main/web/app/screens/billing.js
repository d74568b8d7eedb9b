// What a tenant pays for: its subscription in words, what else there is to subscribe to, and the way to Stripe's own pages.

import { api, path } from "../api.js";
import { html } from "../html.js";
import { useResource } from "../resource.js";
import { useTenant } from "../tenant.js";
import { t } from "../texts.js";
import { Banner } from "../ui/banner.js";
import { EmptyState } from "../ui/empty.js";
import { Page, Panel } from "../ui/page.js";
import { Problem } from "../ui/problem.js";
import { Skeleton } from "../ui/skeleton.js";
import { PortalButton } from "./billing/portal.js";
import { Products } from "./billing/products.js";
import { useReturn } from "./billing/return.js";
import { isOver } from "./billing/state.js";
import { Subscription } from "./billing/subscription.js";

export default function Billing({ query }) {
  const { prefix, tenant, role } = useTenant();
  const billing = useResource(async (signal) => {
    const { data: stats } = await api.get(path`/tenant/${prefix}/stats`, { signal });
    // Asked for only where there is one: to have none is nothing that went wrong.
    const subscription = stats.subscription && (await api.get(path`/tenant/${prefix}/subscription`, { signal })).data;
    return { chargers: stats.chargers, subscription };
  }, [prefix]);
  const { data, error, reload } = billing;
  const waiting = useReturn(query, data?.subscription, reload);
  const maySubscribe = data && (!data.subscription || isOver(data.subscription));
  // A suspended tenant may still pay.
  const hasCustomer = data && (data.subscription || tenant.stripeCustomerId);
  return html`
    <${Page} title=${t("billing.title")} lead=${t("billing.lead")} actions=${hasCustomer && role === "admin" && html`<${PortalButton} />`}>
      <div role="status" class="billing-status">
        ${waiting && html`<${Banner} icon="billing" title=${t(`billing.back.${waiting}.title`)}>${t(`billing.back.${waiting}`)}</${Banner}>`}
      </div>
      <${Problem} error=${error} retry=${reload} />
      ${!data && !error && html`<div class="panel"><${Skeleton} lines=${5} /></div>`}
      ${data?.subscription && html`<${Subscription} subscription=${data.subscription} chargers=${data.chargers} />`}
      ${data &&
      !data.subscription &&
      html`
        <${Panel} id="none" title=${t("billing.subscription")}>
          <${EmptyState} icon="billing" title=${t("billing.none.title")} text=${role === "admin" ? undefined : t("billing.none.ask")} />
        </${Panel}>
      `}
      ${maySubscribe && role === "admin" && html`<${Products} chargers=${data.chargers} onStale=${reload} />`}
    </${Page}>
  `;
}
