// Opens the window in which unknown chargers register themselves, or changes the one that is open.

import { api, path } from "../../api.js";
import { html, useMemo, useState } from "../../html.js";
import { useAction, useIntent } from "../../resource.js";
import { now } from "../../session.js";
import { useTenant } from "../../tenant.js";
import { number, t } from "../../texts.js";
import { wholeIn } from "../../whole.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Check, Field, Select, faultAt, otherThan } from "../../ui/fields.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { ProfilesUnread } from "./profiles.js";
import { useWindowChange } from "./window.js";

const UNITS = { minutes: 60, hours: 3600 };
const MOST_SECONDS = 86_400;
const MOST_CHARGERS = 10_000;

const minutesUntil = (at) => Math.ceil((new Date(at).getTime() - now()) / 60_000);

/**
 * @param {{ window?: import("./provisioning.js").Window, etag?: string,
 *     profiles: ReturnType<typeof import("./profiles.js").useProfiles>, onClose: () => void,
 *     onDone: () => Promise<void> }} properties with `window`, that one is changed
 */
export function ProvisioningDialog({ window, etag, profiles, onClose, onDone }) {
  const { prefix } = useTenant();
  const left = useMemo(() => (window ? String(Math.max(1, minutesUntil(window.expiresAt))) : ""), []);
  const [length, setLength] = useState(left || "1");
  const [unit, setUnit] = useState(/** @type {"minutes" | "hours"} */ (window ? "minutes" : "hours"));
  const [limited, setLimited] = useState(window ? window.maxChargers !== null : true);
  const [most, setMost] = useState(String(window?.maxChargers ?? 100));
  const [profile, setProfile] = useState("");
  const [tried, setTried] = useState(false);
  const intent = useIntent();
  // Half an hour is 0,5 to most of the readers, but 1,440 minutes are a day to others.
  const whole = wholeIn(length);
  const seconds = (Number.isNaN(whole) ? Number(length.replace(",", ".")) : whole) * UNITS[unit];
  const lengthFault =
    Number.isFinite(seconds) && seconds >= 1 && seconds <= MOST_SECONDS && length.trim() ? undefined : t("provisioning.length.fault");
  const mostFault =
    !limited || (wholeIn(most) >= 1 && wholeIn(most) <= MOST_CHARGERS)
      ? undefined
      : t("provisioning.most.fault", { most: number(MOST_CHARGERS) });
  const durationSeconds = Math.max(1, Math.round(seconds));
  const maxChargers = limited ? wholeIn(most) : null;
  const done = (text) => {
    toast(text);
    void onDone();
    onClose();
  };
  const start = useAction(async () => {
    const body = { durationSeconds, maxChargers, ...(profile ? { profileId: Number(profile) } : {}) };
    await api.post(path`/tenant/${prefix}/provision`, body, { intent });
    done(t("provisioning.started"));
  });
  // As it was when this was opened.
  const seen = useMemo(() => ({ data: /** @type {import("./provisioning.js").Window} */ (window), etag }), []);
  const change = useWindowChange({
    seen,
    onSaved: () => done(t("provisioning.changed")),
    onTheirs: () => {
      void onDone();
      onClose();
    },
  });
  const send = window ? change : start;
  const run = () => {
    if (!window) {
      void start.run();
      return;
    }
    // Whoever changes the number alone leaves the end where it is.
    const isLonger = length !== left || unit !== "minutes";
    void change.save({
      ...(isLonger ? { durationSeconds } : {}),
      ...(maxChargers === seen.data.maxChargers ? {} : { maxChargers }),
    });
  };
  const submit = () => {
    setTried(true);
    if (lengthFault || mostFault) {
      document.getElementById(lengthFault ? "field-length" : "field-most")?.focus();
    } else {
      run();
    }
  };
  const standard = profiles.list?.find((it) => it.isDefault);
  return html`
    <${Dialog}
      title=${window ? t("provisioning.change.title") : t("provisioning.start.title")}
      busy=${send.busy}
      onClose=${onClose}
      onSubmit=${submit}
      foot=${html`
        <${Button} disabled=${send.busy} onClick=${onClose}>${t("common.cancel")}</${Button}>
        <${Button} type="submit" kind="primary" busy=${send.busy}>${window ? t("common.save") : t("provisioning.start")}</${Button}>
      `}
    >
      ${!window && html`<p class="muted">${t("provisioning.start.text")}</p>`}
      <div class="field-pair">
        <${Field}
          name="length"
          label=${window ? t("provisioning.length.now") : t("provisioning.length")}
          inputmode="decimal"
          value=${length}
          onInput=${setLength}
          error=${faultAt(send.error, "/durationSeconds") ?? (tried ? lengthFault : undefined)}
          autocomplete="off"
        />
        <${Select}
          name="unit"
          label=${t("provisioning.unit")}
          value=${unit}
          onInput=${setUnit}
          options=${[
            ["minutes", t("provisioning.minutes")],
            ["hours", t("provisioning.hours")],
          ]}
        />
      </div>
      <${Check} name="limited" label=${t("provisioning.limited")} hint=${t("provisioning.limited.hint")} checked=${limited} onInput=${setLimited} />
      ${limited &&
      html`<${Field}
        name="most"
        label=${t("provisioning.most")}
        inputmode="numeric"
        value=${most}
        onInput=${setMost}
        hint=${window && t("provisioning.most.hint", { count: window.registeredCount })}
        error=${faultAt(send.error, "/maxChargers") ?? (tried ? mostFault : undefined)}
        autocomplete="off"
      />`}
      ${!window && html`<${ProfilesUnread} profiles=${profiles} />`}
      ${!window &&
      profiles.options.length > 1 &&
      html`<${Select}
        name="profile"
        label=${t("chargers.profile")}
        value=${profile || String(standard?.id ?? "")}
        onInput=${setProfile}
        options=${profiles.options}
        hint=${t("provisioning.profile.hint")}
        error=${faultAt(send.error, "/profileId")}
      />`}
      <${Problem} error=${otherThan(send.error, "/durationSeconds", "/maxChargers", "/profileId")} area="provisioning" />
    </${Dialog}>
    ${change.dialog}
  `;
}
