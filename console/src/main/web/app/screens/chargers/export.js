// The list as a file: the API's own CSV, page after page.

import { html, useEffect, useMemo, useRef, useState } from "../../html.js";
import { CsvFile } from "../../files.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { number, t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Problem } from "../../ui/problem.js";
import { Progress } from "../../ui/progress.js";
import { MOST_ROWS, apiPath } from "./query.js";

/** @param {{ filters: Record<string, string>, total?: number, onClose: () => void }} properties `total`: where it is known */
export function ExportDialog({ filters, total, onClose }) {
  const { prefix } = useTenant();
  const [read, setRead] = useState(0);
  const file = useMemo(() => new CsvFile(apiPath(prefix, filters, "", MOST_ROWS)), []);
  const control = useRef(new AbortController());
  const run = useAction(async () => {
    await file.read({ signal: control.current.signal, onPage: () => setRead(file.rows) });
    file.save(`${prefix}-chargers.csv`);
    onClose();
  });
  useEffect(() => {
    void run.run();
    return () => control.current.abort();
  }, []);
  return html`
    <${Dialog}
      title=${t("chargers.export.title")}
      onClose=${onClose}
      foot=${html`
        <${Button} onClick=${onClose}>${t("common.cancel")}</${Button}>
        ${run.error && html`<${Button} kind="primary" onClick=${run.run}>${t("chargers.many.goOn")}</${Button}>`}
      `}
    >
      ${total
        ? html`<${Progress}
            label=${t("chargers.export.title")}
            value=${Math.min(read, total)}
            max=${total}
            text=${t("chargers.many.progress", { done: number(read), all: number(total) })}
          />`
        : html`<p role="status">${t("chargers.export.read", { count: read })}</p>`}
      <${Problem} error=${run.error} />
    </${Dialog}>
  `;
}
