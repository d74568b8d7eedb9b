// What people say of a charger. Somebody else's change in the meantime is shown instead of overwritten.

import { path } from "../../api.js";
import { html, useLayoutEffect, useState } from "../../html.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { useUnsaved } from "../../unsaved.js";
import { changedByBoth, useVersioned } from "../../versioned.js";
import { Button } from "../../ui/button.js";
import { Field, Select, faultAt, otherThan } from "../../ui/fields.js";
import { Panel } from "../../ui/page.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { ProfilesUnread } from "./profiles.js";
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
  const [base, setBase] = useState({ data: charger, etag });
  const [draft, setDraft] = useState(draftOf(charger));
  const changes = changesIn(draft, draftOf(base.data));
  const dirty = Object.keys(changes).length > 0;
  const take = (now) => {
    setBase(now);
    setDraft(draftOf(now.data));
  };
  // Before anything else is typed, which would be gone.
  useLayoutEffect(() => {
    if (!dirty) {
      take({ data: charger, etag });
    }
  }, [etag]);
  useUnsaved(dirty);
  const names = {
    displayName: t("chargers.name"),
    profileId: t("chargers.profile"),
    chargePointSerialNumber: t("chargers.serial"),
  };
  const say = (name, value) => (name === "profileId" ? profiles.nameOf(value) : value) ?? "–";
  const change = useVersioned({
    at,
    seen: base,
    area: "chargers",
    differing: (before, body, now) =>
      changedByBoth(before, body, now).map((it) => ({ name: names[it], mine: say(it, body[it]), theirs: say(it, now[it]) })),
    onSaved: (saved) => {
      take(saved);
      toast(t("charger.saved"));
      void onSaved();
    },
    onTheirs: (now) => {
      take(now);
      void onSaved();
    },
  });
  const set = (name) => (value) => setDraft({ ...draft, [name]: value });
  const faults = { displayName: nameFault(draft.displayName), chargePointSerialNumber: serialFault(draft.chargePointSerialNumber) };
  const readOnly = !may("user");
  return html`
    <${Panel} id="details" title=${t("charger.details")}>
      <form
        class="form panel-body"
        noValidate
        onSubmit=${(event) => {
          event.preventDefault();
          if (dirty && !faults.displayName && !faults.chargePointSerialNumber) {
            void change.save(changes);
          }
        }}
      >
        <${Field}
          name="displayName"
          label=${names.displayName}
          value=${draft.displayName}
          onInput=${set("displayName")}
          hint=${t("chargers.name.hint")}
          error=${faultAt(change.error, "/displayName") ?? faults.displayName}
          readonly=${readOnly}
          autocomplete="off"
        />
        <${Select}
          name="profileId"
          label=${names.profileId}
          value=${draft.profileId}
          onInput=${set("profileId")}
          options=${profiles.options.length > 0 ? profiles.options : [[draft.profileId, profiles.error ? profiles.nameOf(Number(draft.profileId)) : "…"]]}
          hint=${t("charger.profile.hint")}
          error=${faultAt(change.error, "/profileId")}
          disabled=${readOnly}
        />
        <${ProfilesUnread} profiles=${profiles} />
        <${Field}
          name="chargePointSerialNumber"
          label=${names.chargePointSerialNumber}
          value=${draft.chargePointSerialNumber}
          onInput=${set("chargePointSerialNumber")}
          hint=${t("chargers.serial.hint")}
          error=${faultAt(change.error, "/chargePointSerialNumber") ?? faults.chargePointSerialNumber}
          readonly=${readOnly}
          autocomplete="off"
        />
        <${Problem} error=${otherThan(change.error, "/displayName", "/profileId", "/chargePointSerialNumber")} area="chargers" />
        ${!readOnly &&
        html`
          <div class="form-actions">
            ${dirty && html`<${Button} onClick=${() => (take({ data: charger, etag }), change.clear())}>${t("common.discard")}</${Button}>`}
            <${Button} type="submit" kind="primary" busy=${change.busy} disabled=${!dirty}>${t("common.save")}</${Button}>
          </div>
        `}
      </form>
      ${change.dialog}
    </${Panel}>
  `;
}
