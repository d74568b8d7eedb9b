// The tenants of whoever is signed in, as cards.

import { html } from "../html.js";
import { href } from "../router.js";
import { home } from "../screens.js";
import { useStore } from "../store.js";
import { loadTenants, tenants } from "../tenants.js";
import { t } from "../texts.js";
import { RoleBadge } from "../ui/badge.js";
import { Button } from "../ui/button.js";
import { EmptyState } from "../ui/empty.js";
import { Page } from "../ui/page.js";
import { Avatar } from "../ui/person.js";
import { Problem } from "../ui/problem.js";
import { Skeleton } from "../ui/skeleton.js";

export default function Tenants() {
  const { list, error } = useStore(tenants);
  const actions = (list?.length ?? 0) > 0 && html`<${Button} kind="primary" icon="plus" href="/new">${t("tenants.create")}</${Button}>`;
  return html`
    <${Page} title=${t("tenants.title")} lead=${t("tenants.lead")} actions=${actions}>
      <${Problem} error=${error} retry=${loadTenants} />
      ${!list && !error && html`<div class="panel"><${Skeleton} /></div>`}
      ${list?.length === 0 &&
      html`
        <div class="panel">
          <${EmptyState}
            icon="tenant"
            title=${t("tenants.none.title")}
            text=${t("tenants.none.text")}
            action=${{ text: t("tenants.create"), href: "/new" }}
          />
        </div>
      `}
      ${list &&
      list.length > 0 &&
      html`
        <ul class="cards">
          ${list.map(
            (it) => html`
              <li class="card" key=${it.domainPrefix}>
                <${Avatar} name=${it.name} square />
                <div>
                  <a href=${href(home(it.domainPrefix))}>${it.name}</a>
                  <p class="muted small mono">${it.domainPrefix}</p>
                </div>
                <${RoleBadge} role=${it.role} />
              </li>
            `,
          )}
        </ul>
      `}
    </${Page}>
  `;
}
