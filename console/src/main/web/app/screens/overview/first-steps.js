// What a new tenant has to do until its first charger is connected. Nothing is ticked by hand: the list follows what is there.

import { api } from "../../api.js";
import { html } from "../../html.js";
import { useResource } from "../../resource.js";
import { href } from "../../router.js";
import { useTenant } from "../../tenant.js";
import { number, t } from "../../texts.js";
import { Icon } from "../../ui/icon.js";
import { Panel } from "../../ui/page.js";

export function FirstSteps({ stats, provision }) {
  const { prefix, may } = useTenant();
  const { chargers, users, pendingInvites, profiles, subscription } = stats;
  const isNew = chargers.provisioned === 0;
  const maySubscribe = isNew && may("admin");
  const sells = useSells(maySubscribe && subscription === null);
  if (!isNew || !may("user")) {
    return null;
  }
  const steps = [
    { key: "tenant", done: true, to: `/t/${prefix}` },
    { key: "profile", done: profiles > 0, to: `/t/${prefix}/profiles` },
    { key: "charger", done: chargers.total > 0 || provision.active, to: `/t/${prefix}/chargers` },
    { key: "connect", done: false, to: `/t/${prefix}/chargers` },
    ...(may("admin") ? [{ key: "invite", done: users.total > 1 || pendingInvites > 0, to: `/t/${prefix}/people` }] : []),
    ...(subscription !== null || sells ? [{ key: "subscribe", done: subscription?.status === "active", to: `/t/${prefix}/billing` }] : []),
  ];
  const done = steps.filter((it) => it.done).length;
  const next = steps.find((it) => !it.done);
  return html`
    <${Panel} id="first-steps" title=${t("overview.steps")} count=${t("overview.steps.done", { done, all: steps.length })} lead=${t("overview.steps.lead")}>
      <progress class="only-read" value=${done} max=${steps.length} aria-labelledby="first-steps">${number(done)}</progress>
      <ol class="steps">
        ${steps.map(
          (it) => html`
            <li key=${it.key} class=${it.done ? "step step-done" : "step"}>
              <${Icon} name=${it.done ? "done" : "todo"} />
              <div>
                <span>${t(`overview.step.${it.key}`)}</span>
                <span class="only-read">${it.done ? t("overview.steps.isDone") : t("overview.steps.isOpen")}</span>
                ${!it.done && html`<p class="muted small">${t(`overview.step.${it.key}.text`)}</p>`}
              </div>
              ${!it.done && html`<a class=${it === next ? "button button-primary" : "button"} href=${href(it.to)}>${t(`overview.step.${it.key}.action`)}</a>`}
            </li>
          `,
        )}
      </ol>
    </${Panel}>
  `;
}

/** Whether there is anything to subscribe to. Where the service sells nothing, nobody is asked to. */
function useSells(asked) {
  const { data } = useResource(
    async (signal) => asked && (await api.get("/product?limit=1", { signal }).then(({ data: some }) => some.length > 0, () => false)),
    [asked],
  );
  return data === true;
}
