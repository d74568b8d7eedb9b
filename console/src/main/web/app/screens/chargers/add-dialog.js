// Enters a charger by hand, so that it may connect without an open window.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { noPassword, passwordFault, passwordInBody } from "../../password.js";
import { useAction, useIntent } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Check, Field, Select, faultAt, otherThan } from "../../ui/fields.js";
import { PasswordFields, ToldOnce } from "../../ui/password.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { ProfilesUnread } from "./profiles.js";
import { identityFault, nameFault, serialFault } from "./rules.js";

const POINTERS = ["/identity", "/displayName", "/profileId", "/chargePointSerialNumber", "/password", "/passwordHex"];

/**
 * @param {{ identity?: string, profiles: ReturnType<typeof import("./profiles.js").useProfiles>, onClose: () => void,
 *     onDone: () => void }} properties
 */
export function AddDialog({ identity: given = "", profiles, onClose, onDone }) {
  const { prefix } = useTenant();
  const standard = String(profiles.list?.find((it) => it.isDefault)?.id ?? "");
  const [identity, setIdentity] = useState(given);
  const [name, setName] = useState("");
  const [profile, setProfile] = useState("");
  const [serial, setSerial] = useState("");
  const [own, setOwn] = useState(false);
  const [password, setPassword] = useState(noPassword());
  const [tried, setTried] = useState(false);
  const [added, setAdded] = useState(false);
  const intent = useIntent();
  const faults = {
    identity: identityFault(identity.trim()),
    displayName: nameFault(name),
    chargePointSerialNumber: serialFault(serial),
    password: own ? passwordFault(password) : undefined,
  };
  const send = useAction(async (another) => {
    await api.post(
      path`/tenant/${prefix}/charger`,
      {
        identity: identity.trim(),
        displayName: name.trim() || null,
        profileId: profile ? Number(profile) : null,
        chargePointSerialNumber: serial.trim() || null,
        ...(own ? passwordInBody(password) : {}),
      },
      { intent },
    );
    toast(t("chargers.added", { name: identity.trim() }));
    onDone();
    if (own && password.made) {
      setAdded(true);
    } else if (another) {
      again();
    } else {
      onClose();
    }
  });
  const again = () => {
    setIdentity("");
    setName("");
    setSerial("");
    setPassword(noPassword());
    setTried(false);
    setAdded(false);
    // The field may have to be drawn again first.
    setTimeout(() => document.getElementById("field-identity")?.focus());
  };
  // What the API said is about what was there before.
  const edit = (set) => (value) => {
    set(value);
    if (send.error) {
      send.clear();
    }
  };
  const submit = (another) => {
    setTried(true);
    const wrong = Object.keys(faults).find((it) => faults[it]);
    if (wrong) {
      document.getElementById(`field-${wrong}`)?.focus();
    } else {
      void send.run(another);
    }
  };
  if (added) {
    return html`<${ToldOnce} password=${password.value} more=${{ text: t("chargers.add.next"), onClick: again }} onClose=${onClose} />`;
  }
  const shown = (field) => (tried ? faults[field] : undefined);
  return html`
    <${Dialog}
      title=${t("chargers.add.title")}
      busy=${send.busy}
      onClose=${onClose}
      onSubmit=${() => submit(false)}
      foot=${html`
        <${Button} disabled=${send.busy} onClick=${() => submit(true)}>${t("chargers.add.another")}</${Button}>
        <${Button} type="submit" kind="primary" busy=${send.busy}>${t("chargers.add")}</${Button}>
      `}
    >
      <${Field}
        name="identity"
        label=${t("chargers.identity")}
        value=${identity}
        onInput=${edit(setIdentity)}
        hint=${t("chargers.identity.hint")}
        error=${faultAt(send.error, "/identity") ?? taken(send.error) ?? shown("identity")}
        autocomplete="off"
        spellcheck=${false}
        autocapitalize="off"
      />
      <${Field}
        name="displayName"
        label=${t("chargers.name.optional")}
        value=${name}
        onInput=${edit(setName)}
        hint=${t("chargers.name.hint")}
        error=${faultAt(send.error, "/displayName") ?? shown("displayName")}
        autocomplete="off"
      />
      <${ProfilesUnread} profiles=${profiles} />
      ${profiles.options.length > 1 &&
      html`<${Select}
        name="profile"
        label=${t("chargers.profile")}
        value=${profile || standard}
        onInput=${edit(setProfile)}
        options=${profiles.options}
        error=${faultAt(send.error, "/profileId")}
      />`}
      <${Field}
        name="chargePointSerialNumber"
        label=${t("chargers.serial.optional")}
        value=${serial}
        onInput=${edit(setSerial)}
        hint=${t("chargers.serial.hint")}
        error=${faultAt(send.error, "/chargePointSerialNumber") ?? shown("chargePointSerialNumber")}
        autocomplete="off"
      />
      <${Check} name="own" label=${t("chargers.password.own")} hint=${t("chargers.password.own.hint")} checked=${own} onInput=${edit(setOwn)} />
      ${own &&
      html`<${PasswordFields}
        password=${password}
        onInput=${edit((more) => setPassword({ ...password, ...more }))}
        error=${faultAt(send.error, "/password") ?? faultAt(send.error, "/passwordHex") ?? shown("password")}
      />`}
      <${Problem} error=${taken(send.error) ? undefined : otherThan(send.error, ...POINTERS)} area="chargers" />
    </${Dialog}>
  `;
}

/** It is the identity that is there already. */
const taken = (error) => (/** @type {any} */ (error)?.code === "charger_exists" ? t("chargers.error.charger_exists") : undefined);
