// Gives a charger a password of its own.

import { path } from "../../api.js";
import { html, useMemo, useState } from "../../html.js";
import { noPassword, passwordFault, passwordInBody } from "../../password.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { useVersioned } from "../../versioned.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { faultAt, otherThan } from "../../ui/fields.js";
import { PasswordFields, ToldOnce } from "../../ui/password.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";

/** @param {{ charger: import("./state.js").Charger, etag?: string, onClose: () => void, onDone: () => Promise<void> }} properties */
export function PasswordDialog({ charger, etag, onClose, onDone }) {
  const { prefix } = useTenant();
  const [password, setPassword] = useState(noPassword());
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const fault = passwordFault(password);
  const save = usePasswordChange({
    // As it was when this was opened.
    seen: useMemo(() => ({ data: charger, etag }), []),
    onSaved: () => {
      void onDone();
      toast(t("charger.password.saved"));
      if (password.made) {
        setSaved(true);
      } else {
        onClose();
      }
    },
    onTheirs: () => {
      void onDone();
      onClose();
    },
  });
  const submit = () => {
    setTried(true);
    if (fault) {
      document.getElementById("field-password")?.focus();
    } else {
      void save.save(passwordInBody(password));
    }
  };
  if (saved) {
    return html`<${ToldOnce} password=${password.value} onClose=${onClose} />`;
  }
  return html`
    <${Dialog}
      title=${t("charger.password.set.title", { name: charger.identity })}
      busy=${save.busy}
      onClose=${onClose}
      onSubmit=${submit}
      foot=${html`
        <${Button} disabled=${save.busy} onClick=${onClose}>${t("common.cancel")}</${Button}>
        <${Button} type="submit" kind="primary" busy=${save.busy}>${t("charger.password.set")}</${Button}>
      `}
    >
      <p class="muted">${t("charger.password.set.text")}</p>
      <${PasswordFields}
        password=${password}
        onInput=${(more) => setPassword({ ...password, ...more })}
        error=${faultAt(save.error, "/password") ?? faultAt(save.error, "/passwordHex") ?? (tried ? fault : undefined)}
      />
      <${Problem} error=${otherThan(save.error, "/password", "/passwordHex")} area="chargers" />
    </${Dialog}>
    ${save.dialog}
  `;
}

/**
 * Gives a charger another password, or none of its own.
 *
 * @param {{ seen: import("../../versioned.js").Version, onSaved: () => unknown, onTheirs: () => unknown }} how
 */
export function usePasswordChange({ seen, ...how }) {
  const { prefix } = useTenant();
  const say = (has) => t(has ? "charger.password.own" : "charger.password.profiles");
  return useVersioned({
    at: path`/tenant/${prefix}/charger/${seen.data.id}`,
    seen,
    area: "chargers",
    // Nobody can tell one password from another, so where there is one, or was, somebody may have changed it.
    differing: (before, body, now) =>
      (now.hasPassword || before.hasPassword) && (body.password !== null || now.hasPassword)
        ? [{ name: t("chargers.password"), mine: body.password === null ? say(false) : t("charger.password.new"), theirs: say(now.hasPassword) }]
        : [],
    ...how,
  });
}
