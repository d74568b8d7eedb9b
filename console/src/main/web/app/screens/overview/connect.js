// Where chargers connect: what has to be typed into each of them.

import { html } from "../../html.js";
import { t } from "../../texts.js";
import { Badge } from "../../ui/badge.js";
import { CopyButton } from "../../ui/copy.js";
import { Panel } from "../../ui/page.js";

export function Connect({ tenant }) {
  const { connectUrl, customDomain, customDomainStatus } = tenant;
  return html`
    <${Panel} id="connect" title=${t("overview.connect")} lead=${t("overview.connect.lead")}>
      <div class="panel-body connect">
        <${Address} url=${connectUrl} label=${t("overview.connect.copy")} />
        ${customDomain &&
        html`<${Address} url=${customDomain} label=${t("overview.connect.copyDomain")}>
          ${customDomainStatus === "verified"
            ? html`<${Badge} kind="good">${t("overview.domain.verified")}</${Badge}>`
            : html`<${Badge} kind="warn" title=${t("overview.domain.pending.text")}>${t("overview.domain.pending")}</${Badge}>`}
        </${Address}>`}
      </div>
    </${Panel}>
  `;
}

/** The charger appends its identity. */
function Address({ url, label, children }) {
  return html`
    <div>
      <div class="connect-address">
        <code>${url.replace(/\/?$/, "/")}<span class="muted">${`{${t("overview.identity")}}`}</span></code>
        <${CopyButton} text=${url} label=${label} />
      </div>
      ${children}
    </div>
  `;
}
