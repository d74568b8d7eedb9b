// What every screen of a tenant needs first: the tenant, and the role in it.

import { api, path } from "./api.js";
import { html, useEffect, useState } from "./html.js";
import { useOnceBack, useResource } from "./resource.js";
import { useStore } from "./store.js";
import { TenantContext } from "./tenant.js";
import { loadTenants, mayAs, tenants } from "./tenants.js";
import { t } from "./texts.js";
import { Banner } from "./ui/banner.js";
import { EmptyState } from "./ui/empty.js";
import { Page } from "./ui/page.js";
import { Problem } from "./ui/problem.js";
import { SkeletonPage } from "./ui/skeleton.js";

export function InTenant({ prefix, children }) {
  const { list, error: unlisted } = useStore(tenants);
  const { data, error, reload } = useResource((signal) => api.get(path`/tenant/${prefix}`, { signal }), [prefix]);
  useOnceBack(() => tenants.get().error && void loadTenants());
  const role = list?.find((it) => it.domainPrefix === prefix)?.role;
  // Whoever came to it elsewhere meanwhile, in another tab say, is not in a list from before.
  const lacks = data !== undefined && list !== undefined && role === undefined;
  const [looked, setLooked] = useState(false);
  useEffect(() => {
    if (lacks && !looked) {
      void loadTenants().then(() => setLooked(true));
    }
  }, [lacks]);
  // Nothing is drawn without both: a role that is only guessed would offer, or hide, the wrong things.
  if (!data || !role) {
    const fault = error ?? unlisted;
    if (/** @type {any} */ (error)?.code === "tenant_not_found" || (lacks && looked && !unlisted)) {
      return html`<${NoSuchTenant} prefix=${prefix} />`;
    }
    return fault
      ? html`<${Page} title=${prefix}><${Problem} error=${fault} retry=${() => Promise.all([reload(), loadTenants()])} /></${Page}>`
      : html`<${SkeletonPage} />`;
  }
  const suspended = data.data.suspendedAt !== null;
  const here = {
    prefix,
    tenant: data.data,
    etag: data.etag,
    role,
    suspended,
    may: (least) => !suspended && mayAs(role, least),
    reload,
  };
  return html`
    <${TenantContext.Provider} value=${here}>
      ${suspended && html`<div class="page suspended"><${Banner} kind="warn" title=${t("common.suspended.title")}>${t("common.suspended.text")}</${Banner}></div>`}
      ${children}
    </${TenantContext.Provider}>
  `;
}

function NoSuchTenant({ prefix }) {
  return html`
    <${Page} title=${t("common.noTenant.title")}>
      <div class="panel">
        <${EmptyState}
          icon="tenant"
          text=${t("common.noTenant.text", { prefix })}
          action=${{ text: t("common.toTenants"), href: "/" }}
        />
      </div>
    </${Page}>
  `;
}
