// What people call a charger.

import { path } from "../../api.js";
import { html, useMemo, useState } from "../../html.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { changedByBoth, useVersioned } from "../../versioned.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Field, faultAt, otherThan } from "../../ui/fields.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { nameFault } from "./rules.js";

/** @param {{ charger: import("./state.js").Charger, onClose: () => void, onDone: () => void }} properties */
export function RenameDialog({ charger, onClose, onDone }) {
  const { prefix } = useTenant();
  const [name, setName] = useState(charger.displayName ?? "");
  const fault = nameFault(name);
  const save = useVersioned({
    at: path`/tenant/${prefix}/charger/${charger.id}`,
    // The list does not say which version its rows are.
    seen: useMemo(() => ({ data: charger }), []),
    area: "chargers",
    differing: (before, body, now) =>
      changedByBoth(before, body, now).map(() => ({ name: t("chargers.name"), mine: body.displayName ?? "–", theirs: now.displayName ?? "–" })),
    onSaved: () => {
      toast(t("chargers.renamed"));
      onDone();
      onClose();
    },
    onTheirs: () => {
      onDone();
      onClose();
    },
  });
  return html`
    <${Dialog}
      title=${t("chargers.one.rename", { name: charger.identity })}
      busy=${save.busy}
      onClose=${onClose}
      onSubmit=${() => !fault && void save.save({ displayName: name.trim() || null })}
      foot=${html`
        <${Button} disabled=${save.busy} onClick=${onClose}>${t("common.cancel")}</${Button}>
        <${Button} type="submit" kind="primary" busy=${save.busy}>${t("common.save")}</${Button}>
      `}
    >
      <${Field}
        name="displayName"
        label=${t("chargers.name")}
        value=${name}
        onInput=${setName}
        hint=${t("chargers.name.hint")}
        error=${faultAt(save.error, "/displayName") ?? fault}
        autocomplete="off"
      />
      <${Problem} error=${otherThan(save.error, "/displayName")} area="chargers" />
    </${Dialog}>
    ${save.dialog}
  `;
}
