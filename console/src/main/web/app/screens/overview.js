// A tenant at a glance: where its chargers connect, how many are online, what was sent this month, and what needs somebody.

import { api, path } from "../api.js";
import { html } from "../html.js";
import { usePolling } from "../poll.js";
import { toBeTold, useResource } from "../resource.js";
import { useTenant } from "../tenant.js";
import { t } from "../texts.js";
import { RoleBadge } from "../ui/badge.js";
import { Page } from "../ui/page.js";
import { Problem } from "../ui/problem.js";
import { Attention } from "./overview/attention.js";
import { Connect } from "./overview/connect.js";
import { FirstSteps } from "./overview/first-steps.js";
import { ChargersTile, CountTile } from "./overview/tiles.js";
import { MessagesTile } from "./overview/messages.js";

const AGAIN_MILLIS = 30_000;

export default function Overview() {
  const { prefix, tenant, role } = useTenant();
  const stats = useResource(async (signal) => (await api.get(path`/tenant/${prefix}/stats`, { signal })).data, [prefix]);
  const provision = useResource(async (signal) => (await api.get(path`/tenant/${prefix}/provision`, { signal })).data, [prefix]);
  // Chargers come and go while somebody watches.
  usePolling(() => Promise.all([stats.reload(), provision.reload()]), AGAIN_MILLIS);
  const { data } = stats;
  return html`
    <${Page} title=${tenant.name} lead=${html`<span class="mono">${tenant.domainPrefix}</span> <${RoleBadge} role=${role} />`}>
      <${Connect} tenant=${tenant} />
      <${Problem} title=${t("overview.unread.stats")} error=${toBeTold(stats.error)} retry=${stats.reload} />
      ${(data || !toBeTold(stats.error)) &&
      html`
        <div class="tiles">
          <${ChargersTile} chargers=${data?.chargers} />
          <${MessagesTile} prefix=${prefix} period=${data?.period} updatedAt=${data?.updatedAt} />
          <${CountTile} to=${`/t/${prefix}/people`} icon="people" title=${t("overview.people")} count=${data?.users.total} note=${data?.pendingInvites > 0 && t("overview.invited", { count: data.pendingInvites })} />
          <${CountTile} to=${`/t/${prefix}/profiles`} icon="profile" title=${t("overview.profiles")} count=${data?.profiles} />
        </div>
      `}
      ${data && provision.data && html`<${FirstSteps} stats=${data} provision=${provision.data} />`}
      ${data && html`<${Attention} stats=${data} provision=${provision} />`}
    </${Page}>
  `;
}
