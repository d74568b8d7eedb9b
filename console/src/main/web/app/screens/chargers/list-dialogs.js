// What the list asks before it does something; one at a time.

import { html } from "../../html.js";
import { AddDialog } from "./add-dialog.js";
import { ChooseDialog } from "./choose-dialog.js";
import { ExportDialog } from "./export.js";
import { BlockDialog, MoveDialog, RemoveDialog } from "./many.js";
import { ProvisioningDialog } from "./provisioning-dialog.js";
import { isFiltered } from "./query.js";
import { RenameDialog } from "./rename-dialog.js";

/** @typedef {"add" | "provision" | "export" | "choose" | "rename" | "move" | "block" | "unblock" | "remove"} DialogName */

/**
 * @param {{ name?: DialogName, chargers: import("./state.js").Charger[],
 *     profiles: ReturnType<typeof import("./profiles.js").useProfiles>, filters: Record<string, string>, total?: number,
 *     onClose: () => void, onChosen: (chosen: Map<number, import("./state.js").Charger>) => void, onChanged: () => void, onRemoved: (ids: number[]) => void, onProvisioning: () => Promise<void> }} properties
 */
export function ListDialogs({ name, chargers, profiles, filters, total, onClose, onChosen, onChanged, onRemoved, onProvisioning }) {
  switch (name) {
    case "add":
      return html`<${AddDialog} profiles=${profiles} onClose=${onClose} onDone=${onChanged} />`;
    case "provision":
      return html`<${ProvisioningDialog} profiles=${profiles} onClose=${onClose} onDone=${onProvisioning} />`;
    case "export":
      return html`<${ExportDialog} filters=${filters} total=${isFiltered(filters) ? undefined : total} onClose=${onClose} />`;
    case "choose":
      return html`<${ChooseDialog} filters=${filters} total=${filters.identity ? undefined : total} onClose=${onClose} onChosen=${onChosen} />`;
    case "rename":
      return html`<${RenameDialog} charger=${chargers[0]} onClose=${onClose} onDone=${onChanged} />`;
    case "move":
      return html`<${MoveDialog} chargers=${chargers} profiles=${profiles} onClose=${onClose} onDone=${onChanged} />`;
    case "block":
    case "unblock":
      return html`<${BlockDialog} chargers=${chargers} blocked=${name === "block"} onClose=${onClose} onDone=${onChanged} />`;
    case "remove":
      return html`<${RemoveDialog} chargers=${chargers} onClose=${onClose} onDone=${onRemoved} />`;
    default:
      return null;
  }
}
