// What can be subscribed to. Paying is on Stripe's own page.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { useAction, useIntent, useResource } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { readAll } from "../../lists.js";
import { Button } from "../../ui/button.js";
import { EmptyState } from "../../ui/empty.js";
import { Field, faultAt, otherThan } from "../../ui/fields.js";
import { Panel } from "../../ui/page.js";
import { Problem } from "../../ui/problem.js";
import { Skeleton } from "../../ui/skeleton.js";
import { every, money } from "./price.js";
import { leaveFor, returnUrl } from "./return.js";

/** @param {{ chargers: any, onStale: () => void }} properties `onStale`: there is a subscription by now */
export function Products({ chargers, onStale }) {
  const { data, error, reload } = useResource((signal) => readAll("/product", signal), []);
  const sellsNothing = /** @type {any} */ (error)?.code === "billing_not_configured" || data?.length === 0;
  return html`
    <${Panel} id="products" title=${t("billing.products")} lead=${!sellsNothing && t("billing.products.lead")}>
      ${sellsNothing && html`<${EmptyState} icon="billing" title=${t("billing.nothing.title")} text=${t("billing.nothing.text")} />`}
      ${error && !sellsNothing && html`<div class="panel-body"><${Problem} error=${error} area="billing" retry=${reload} /></div>`}
      ${!data && !error && html`<${Skeleton} lines=${4} />`}
      ${data && data.length > 0 && html`
        <ul class="products">
          ${data.map((it) => html`<${Product} key=${it.id} product=${it} wanted=${chargers.total} onStale=${onStale} />`)}
        </ul>
      `}
    </${Panel}>
  `;
}

/** As many as there are chargers, as far as that can be bought. */
function Product({ product, wanted, onStale }) {
  const { prefix, may } = useTenant();
  const { id, displayName, description, price, currency, minQuantity: least, maxQuantity: most } = product;
  const [typed, setTyped] = useState(String(Math.min(most, Math.max(least, wanted))));
  const quantity = /^\d{1,7}$/.test(typed.trim()) ? Number(typed) : NaN;
  const isSound = quantity >= least && quantity <= most;
  const intent = useIntent();
  const buy = useAction(async () => {
    try {
      const { data } = await api.post(
        path`/tenant/${prefix}/billing/checkout`,
        { productId: id, quantity, returnUrl: returnUrl(prefix, "checkout") },
        { intent },
      );
      await leaveFor(data.url);
    } catch (failure) {
      if (/** @type {any} */ (failure).code === "already_subscribed") {
        onStale();
      }
      throw failure;
    }
  });
  const fault = faultAt(buy.error, "/quantity") ?? (isSound ? undefined : t("billing.quantity.bounds", { least, most }));
  return html`
    <li class="product">
      <h3>${displayName}</h3>
      ${description && html`<p class="muted">${description}</p>`}
      <p><span class="product-price">${money(price, currency)}</span> <span class="muted">${t("billing.each", { every: every(product) })}</span></p>
      <form
        class="form"
        noValidate
        onSubmit=${(event) => {
          event.preventDefault();
          if (isSound && may("admin")) {
            void buy.run();
          }
        }}
      >
        ${least < most &&
        html`<${Field}
          name=${`quantity-${id}`}
          label=${t("billing.howMany")}
          type="number"
          inputmode="numeric"
          min=${least}
          max=${most}
          value=${typed}
          onInput=${(value) => {
            setTyped(value);
            buy.clear();
          }}
          error=${fault}
          hint=${wanted > 0 ? t("billing.youHave", { count: wanted }) : undefined}
        />`}
        <p class="product-total" aria-live="polite">
          ${isSound ? t("billing.total", { amount: money(price * quantity, currency), every: every(product) }) : "–"}
          <span class="muted small">${t("billing.plusTax")}</span>
        </p>
        <${Problem} error=${otherThan(buy.error, "/quantity")} area="billing" />
        <${Button} type="submit" kind="primary" busy=${buy.busy} disabled=${!isSound || !may("admin")}>${t("billing.subscribe")}</${Button}>
      </form>
    </li>
  `;
}
