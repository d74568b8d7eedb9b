// Changes the tenant as it was read, and asks where somebody else has changed it meanwhile.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { loadTenants } from "../../tenants.js";
import { ConflictDialog } from "../../ui/conflict.js";

/**
 * @param {{ body: Record<string, any>, shown: (tenant: any) => { name: string, value: any }[], onSaved: () => void,
 *     onTheirs: () => void }} properties `shown` is what both versions say of it
 */
export function useTenantChange({ body, shown, onSaved, onTheirs }) {
  const { prefix, tenant, etag, reload } = useTenant();
  const [conflict, setConflict] = useState(/** @type {{ data: any, etag?: string, sent: any } | null} */ (null));
  const at = path`/tenant/${prefix}`;
  const put = useAction(async (version, sent) => {
    try {
      await api.put(at, sent, { ifMatch: version });
    } catch (problem) {
      if (/** @type {any} */ (problem).code !== "precondition_failed") {
        setConflict(null);
        throw problem;
      }
      const now = await api.get(at);
      const differs = Object.keys(sent).some((it) => now.data[it] !== sent[it] && now.data[it] !== tenant[it]);
      if (!differs) {
        // Something else about the tenant has changed: nobody has to choose.
        await api.put(at, sent, { ifMatch: now.etag });
      } else {
        setConflict({ ...now, sent });
        return;
      }
    }
    setConflict(null);
    await Promise.all([reload(), loadTenants()]);
    onSaved();
  });
  const mine = conflict && shown({ ...conflict.data, ...conflict.sent });
  const dialog =
    conflict &&
    html`
      <${ConflictDialog}
        fields=${shown(conflict.data).map((it, i) => ({ name: it.name, mine: mine?.[i].value, theirs: it.value }))}
        busy=${put.busy}
        onMine=${() => void put.run(conflict.etag, conflict.sent)}
        onTheirs=${async () => {
          await reload();
          onTheirs();
          setConflict(null);
        }}
        onClose=${() => setConflict(null)}
      />
    `;
  return { save: (sent = body) => put.run(etag, sent), busy: put.busy, error: put.error, clear: put.clear, dialog };
}
