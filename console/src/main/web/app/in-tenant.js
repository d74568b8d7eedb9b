// What every screen of a tenant needs first: the tenant, and the role in it.

import { api, path } from "./api.js";
import { html } from "./html.js";
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
  // Nothing is drawn without both, so whichever is missing is what has failed.
  const failed = error ?? (list ? undefined : unlisted);
  useOnceBack(() => tenants.get().error && void loadTenants());
  if (failed && (!data || !list)) {
    return /** @type {any} */ (failed).code === "tenant_not_found"
      ? html`<${NoSuchTenant} prefix=${prefix} />`
      : html`<${Page} title=${prefix}><${Problem} error=${failed} retry=${() => Promise.all([reload(), loadTenants()])} /></${Page}>`;
  }
  if (!data || !list) {
    return html`<${SkeletonPage} />`;
  }
  const role = list.find((it) => it.domainPrefix === prefix)?.role ?? "viewer";
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
