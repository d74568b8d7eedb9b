// The tenant's own address for its chargers, and the record in DNS that proves it.

import { api, path } from "../../api.js";
import { config } from "../../config.js";
import { html, useState } from "../../html.js";
import { useAction, useIntent } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { useUnsaved } from "../../unsaved.js";
import { Badge } from "../../ui/badge.js";
import { Banner } from "../../ui/banner.js";
import { Button } from "../../ui/button.js";
import { CopyButton } from "../../ui/copy.js";
import { confirm } from "../../ui/dialog.js";
import { Facts } from "../../ui/facts.js";
import { Field, faultAt, otherThan } from "../../ui/fields.js";
import { Panel } from "../../ui/page.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { useTenantChange } from "./change.js";

/** A host alone is enough to type. */
const addressOf = (typed) => {
  const text = typed.trim();
  return text === "" ? null : text.includes("://") ? text : `wss://${text}${text.includes("/") ? "" : "/"}`;
};

const hostOf = (address) => /^wss:\/\/([^:/?#]+)/.exec(address ?? "")?.[1].toLowerCase();

/** @returns {string | null} the end of a text's key */
function faultOf(address) {
  if (!/^wss:\/\/[!-~]+$/.test(address) || /[@?#]/.test(address)) {
    return "form";
  }
  const host = hostOf(address);
  if (!host?.includes(".")) {
    return "form";
  }
  const own = config.brokerDomain;
  return own && (host === own || host.endsWith(`.${own}`)) ? "own" : null;
}

export function Domain() {
  const { tenant, may } = useTenant();
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const [tried, setTried] = useState(false);
  const address = typed === null ? tenant.customDomain : addressOf(typed);
  const dirty = address !== tenant.customDomain;
  const fault = address === null ? null : faultOf(address);
  const change = useTenantChange({
    dirty,
    name: t("settings.domain.address"),
    shown: (it) => it.customDomain ?? t("settings.domain.none"),
    onSaved: () => {
      setTyped(null);
      setTried(false);
      toast(t("settings.saved"));
    },
    onTheirs: () => setTyped(null),
  });
  useUnsaved(dirty);
  const givesUp = tenant.customDomainStatus === "verified" && hostOf(address) !== hostOf(tenant.customDomain);
  const submit = async (event) => {
    event.preventDefault();
    setTried(true);
    if (fault) {
      document.getElementById("field-customDomain")?.focus();
    } else if (dirty && (!givesUp || (await sure(t("settings.domain.change.title"))))) {
      void change.save({ customDomain: address });
    }
  };
  const sure = (title) =>
    confirm({
      title,
      text: t(tenant.customDomainStatus === "verified" ? "settings.domain.givesUp" : "settings.domain.remove.text", {
        host: hostOf(tenant.customDomain) ?? "",
      }),
      action: t(address === null || !dirty ? "settings.domain.remove" : "settings.domain.change"),
      danger: true,
    });
  const remove = async () => {
    if (await sure(t("settings.domain.remove.title"))) {
      void change.save({ customDomain: null });
    }
  };
  const status = tenant.customDomainStatus;
  return html`
    <${Panel}
      id="domain"
      title=${html`${t("settings.domain")} ${status && html`<${Badge} kind=${status === "verified" ? "good" : "warn"}>${t(`settings.domain.${status}`)}</${Badge}>`}`}
      lead=${t("settings.domain.lead")}
    >
      <form noValidate onSubmit=${submit}>
        <div class="panel-body form">
          ${may("admin")
            ? html`
                <${Field}
                  name="customDomain"
                  label=${t("settings.domain.address")}
                  value=${typed ?? tenant.customDomain ?? ""}
                  onInput=${(value) => {
                    setTyped(value);
                    change.clear();
                  }}
                  hint=${t("settings.domain.hint")}
                  error=${faultAt(change.error, "/customDomain") ?? (tried && dirty && fault ? t(`settings.domain.fault.${fault}`, { domain: config.brokerDomain ?? "" }) : undefined)}
                  class="input mono"
                  placeholder="wss://ocpp.example.com/"
                  maxlength="255"
                  autocomplete="off"
                  autocapitalize="none"
                  spellcheck=${false}
                />
              `
            : html`<${Facts} of=${[[t("settings.domain.address"), tenant.customDomain ? html`<code>${tenant.customDomain}</code>` : t("settings.domain.none")]]} />`}
          <${Problem} error=${otherThan(change.error, "/customDomain")} area="settings" />
          ${tenant.customDomain && !dirty && html`<${Proof} key=${tenant.customDomain} />`}
        </div>
        ${may("admin") &&
        html`
          <div class="panel-foot">
            ${dirty
              ? html`<${Button} onClick=${() => setTyped(null)}>${t("common.discard")}</${Button}>`
              : tenant.customDomain && html`<${Button} busy=${change.busy} onClick=${remove}>${t("settings.domain.remove")}</${Button}>`}
            <${Button} type="submit" kind="primary" busy=${change.busy && dirty} disabled=${!dirty}>${t("common.save")}</${Button}>
          </div>
        `}
      </form>
      ${change.dialog}
    </${Panel}>
  `;
}

/** What to publish, and whether it is there. */
function Proof() {
  const { prefix, tenant, may, reload } = useTenant();
  const intent = useIntent();
  const check = useAction(async () => {
    await api.post(path`/tenant/${prefix}/domain`, undefined, { intent });
    toast(t("settings.domain.isVerified"));
    await reload();
  });
  const { customDomainRecord: record, customDomainStatus: status } = tenant;
  if (status === "verified") {
    return html`<${Banner} kind="good">${t("settings.domain.verified.text", { host: hostOf(tenant.customDomain) ?? "" })}</${Banner}>`;
  }
  const { code, detail = "" } = /** @type {any} */ (check.error) ?? {};
  if (!record) {
    return null;
  }
  const missing = code === "domain_not_verified";
  // Of what the API says in English alone, the part that the reader can do something about.
  const instead = missing ? /It has: (.+?)\. If/.exec(detail)?.[1] : undefined;
  const isBroken = missing && detail.includes("gave no valid answer");
  return html`
    <div class="proof">
      <p>${t("settings.domain.pending.text")}</p>
      <${Facts}
        of=${[
          [t("settings.dns.type"), html`<code>TXT</code>`],
          [t("settings.dns.name"), html`<${CopyButton} shown text=${record.name} label=${t("settings.dns.copyName")} />`],
          [t("settings.dns.value"), html`<${CopyButton} shown text=${record.value} label=${t("settings.dns.copyValue")} />`],
        ]}
      />
      ${may("admin") && html`<div><${Button} busy=${check.busy} onClick=${check.run}>${t("settings.domain.check")}</${Button}></div>`}
      <${Problem} error=${isBroken ? Object.assign(Object.create(/** @type {Error} */ (check.error)), { code: "domain_broken" }) : check.error} area="settings" />
      ${instead && html`<p>${t("settings.dns.found")} <code>${instead}</code></p>`}
    </div>
  `;
}
