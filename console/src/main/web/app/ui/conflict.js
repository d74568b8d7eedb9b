// Two people changed the same thing (412): both versions, and whose is to stay.

import { html } from "../html.js";
import { t } from "../texts.js";
import { Button } from "./button.js";
import { Dialog } from "./dialog.js";
import { Problem } from "./problem.js";

/**
 * @param {{ fields: { name: string, mine: any, theirs: any }[], note?: any, error?: any, area?: string, busy?: boolean, onMine: () => void, onTheirs: () => void,
 *     onClose: () => void }} properties `fields` are those that differ; `onMine` writes over the other version, `onTheirs`
 *     gives up one's own; `note` says what else is to know, `error` why it did not work, in words
 *     of `area`
 */
export function ConflictDialog({ fields, note, error, area, busy, onMine, onTheirs, onClose }) {
  return html`
    <${Dialog}
      wide
      busy=${busy}
      title=${t("common.conflict.title")}
      onClose=${onClose}
      foot=${html`
        <${Button} disabled=${busy} onClick=${onTheirs}>${t("common.conflict.theirs")}</${Button}>
        <${Button} kind="primary" busy=${busy} onClick=${onMine}>${t("common.conflict.mine")}</${Button}>
      `}
    >
      <p>${t("common.conflict.text")}</p>
      <dl class="conflict">
        ${fields.map(
          (field) => html`
            <div key=${field.name}>
              <dt>${field.name}</dt>
              <dd class="conflict-pair">
                <div><span class="small muted">${t("common.conflict.yours")}</span><br />${field.mine}</div>
                <div><span class="small muted">${t("common.conflict.saved")}</span><br />${field.theirs}</div>
              </dd>
            </div>
          `,
        )}
      </dl>
      ${note && html`<p class="muted">${note}</p>`}
      <${Problem} error=${error} area=${area} />
    </${Dialog}>
  `;
}
