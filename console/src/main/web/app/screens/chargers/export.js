// The list as a file: the API's own CSV, page after page.

import { api } from "../../api.js";
import { keepCsv } from "../../files.js";
import { html, useEffect, useRef, useState } from "../../html.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { number, t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Problem } from "../../ui/problem.js";
import { Progress } from "../../ui/progress.js";
import { apiPath, cursorIn } from "./query.js";

const PAGE = 1000;

/** @param {{ filters: Record<string, string>, total?: number, onClose: () => void }} properties `total`: where it is known */
export function ExportDialog({ filters, total, onClose }) {
  const { prefix } = useTenant();
  const [read, setRead] = useState(0);
  const pages = useRef(/** @type {string[]} */ ([]));
  const cursor = useRef("");
  const control = useRef(new AbortController());
  const run = useAction(async () => {
    do {
      const answer = await api.get(apiPath(prefix, filters, cursor.current, PAGE), { accept: "text/csv", signal: control.current.signal });
      const lines = answer.data;
      // Each page has the header.
      pages.current.push(pages.current.length === 0 ? lines : lines.slice(lines.indexOf("\n") + 1));
      setRead((before) => before + Math.max(0, lines.split("\n").length - 2));
      cursor.current = cursorIn(answer.next);
    } while (cursor.current);
    keepCsv(pages.current.join(""), `${prefix}-chargers.csv`);
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
