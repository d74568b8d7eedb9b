// What people say of a charger. Somebody else's change in the meantime is shown instead of overwritten.

import { api, path } from "../../api.js";
import { html, useLayoutEffect, useState } from "../../html.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { useUnsaved } from "../../unsaved.js";
import { Button } from "../../ui/button.js";
import { ConflictDialog } from "../../ui/conflict.js";
import { Field, Select, faultAt, otherThan } from "../../ui/fields.js";
import { Panel } from "../../ui/page.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { nameFault, serialFault } from "./rules.js";

/** @typedef {{ displayName: string, profileId: string, chargePointSerialNumber: string }} Draft */

/** @param {import("./state.js").Charger} charger @returns {Draft} */
const draftOf = (charger) => ({
  displayName: charger.displayName ?? "",
  profileId: String(charger.profileId),
  chargePointSerialNumber: charger.chargePointSerialNumber ?? "",
});

/** What is different in a draft, as the API takes it. */
function changesIn(draft, than) {
  /** @type {Record<string, any>} */
  const changes = {};
  for (const [name, value] of Object.entries(draft)) {
    if (value.trim() !== than[name]) {
      changes[name] = name === "profileId" ? Number(value) : value.trim() || null;
    }
  }
  return changes;
}

/**
 * @param {{ charger: import("./state.js").Charger, etag?: string, profiles: ReturnType<typeof import("./profiles.js").useProfiles>,
 *     onSaved: () => Promise<void> }} properties
 */
export function ChargerForm({ charger, etag, profiles, onSaved }) {
  const { prefix, may } = useTenant();
  const at = path`/tenant/${prefix}/charger/${charger.id}`;
  /** What the draft began with. It stays while there are changes, so that its version is the one that they are of. */
  const [base, setBase] = useState({ charger, etag });
  const [draft, setDraft] = useState(draftOf(charger));
  const [theirs, setTheirs] = useState(/** @type {any} */ (null));
  const changes = changesIn(draft, draftOf(base.charger));
  const dirty = Object.keys(changes).length > 0;
  // Before anything else is typed, which would be gone.
  useLayoutEffect(() => {
    if (!dirty) {
      setBase({ charger, etag });
      setDraft(draftOf(charger));
    }
  }, [etag]);
  useUnsaved(dirty);

  const take = (saved, version) => {
    setBase({ charger: saved, etag: version });
    setDraft(draftOf(saved));
    setTheirs(null);
    overwrite.clear();
  };
  const write = async (body, version) => {
    try {
      const answer = await api.put(at, body, { ifMatch: version });
      take(answer.data, answer.etag);
      toast(t("charger.saved"));
      void onSaved();
    } catch (failure) {
      if (/** @type {any} */ (failure).code !== "precondition_failed") {
        throw failure;
      }
      const now = await api.get(at);
      const differ = Object.keys(body).filter((it) => draft[it].trim() !== draftOf(now.data)[it]);
      if (differ.length === 0) {
        // Both wrote the same.
        take(now.data, now.etag);
        void onSaved();
      } else {
        setTheirs({ ...now, differ });
      }
    }
  };
  const save = useAction(() => write(changes, base.etag));
  const overwrite = useAction(() => write(changes, theirs.etag));
  const set = (name) => (value) => setDraft({ ...draft, [name]: value });
  const faults = { displayName: nameFault(draft.displayName), chargePointSerialNumber: serialFault(draft.chargePointSerialNumber) };
  const names = {
    displayName: t("chargers.name"),
    profileId: t("chargers.profile"),
    chargePointSerialNumber: t("chargers.serial"),
  };
  const say = (name, value) => (name === "profileId" ? profiles.nameOf(Number(value)) : value) || "–";
  const readOnly = !may("user");
  return html`
    <${Panel} id="details" title=${t("charger.details")}>
      <form
        class="form panel-body"
        noValidate
        onSubmit=${(event) => {
          event.preventDefault();
          if (dirty && !faults.displayName && !faults.chargePointSerialNumber) {
            void save.run();
          }
        }}
      >
        <${Field}
          name="displayName"
          label=${names.displayName}
          value=${draft.displayName}
          onInput=${set("displayName")}
          hint=${t("chargers.name.hint")}
          error=${faultAt(save.error, "/displayName") ?? faults.displayName}
          readonly=${readOnly}
          autocomplete="off"
        />
        <${Select}
          name="profileId"
          label=${names.profileId}
          value=${draft.profileId}
          onInput=${set("profileId")}
          options=${profiles.options.length > 0 ? profiles.options : [[draft.profileId, "…"]]}
          hint=${t("charger.profile.hint")}
          error=${faultAt(save.error, "/profileId")}
          disabled=${readOnly}
        />
        <${Field}
          name="chargePointSerialNumber"
          label=${names.chargePointSerialNumber}
          value=${draft.chargePointSerialNumber}
          onInput=${set("chargePointSerialNumber")}
          hint=${t("chargers.serial.hint")}
          error=${faultAt(save.error, "/chargePointSerialNumber") ?? faults.chargePointSerialNumber}
          readonly=${readOnly}
          autocomplete="off"
        />
        <${Problem} error=${otherThan(save.error, "/displayName", "/profileId", "/chargePointSerialNumber")} area="chargers" />
        ${!readOnly &&
        html`
          <div class="form-actions">
            ${dirty && html`<${Button} onClick=${() => take(charger, etag)}>${t("common.discard")}</${Button}>`}
            <${Button} type="submit" kind="primary" busy=${save.busy} disabled=${!dirty}>${t("common.save")}</${Button}>
          </div>
        `}
      </form>
      ${theirs &&
      html`<${ConflictDialog}
        fields=${theirs.differ.map((it) => ({ name: names[it], mine: say(it, draft[it].trim()), theirs: say(it, draftOf(theirs.data)[it]) }))}
        error=${overwrite.error}
        area="chargers"
        busy=${overwrite.busy}
        onMine=${overwrite.run}
        onTheirs=${() => (take(theirs.data, theirs.etag), void onSaved())}
        onClose=${() => (setTheirs(null), overwrite.clear())}
      />`}
    </${Panel}>
  `;
}
