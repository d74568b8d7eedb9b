// Gives a charger a password of its own.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { faultAt, otherThan } from "../../ui/fields.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { SecretFields, SecretOnce, inBody, noSecret, secretFault } from "./secret.js";

/** @param {{ charger: import("./state.js").Charger, etag?: string, onClose: () => void, onDone: () => Promise<void> }} properties */
export function PasswordDialog({ charger, etag, onClose, onDone }) {
  const { prefix } = useTenant();
  const [secret, setSecret] = useState(noSecret());
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  /** The version that was seen here; once it was told that there is another one, that. */
  const [seen, setSeen] = useState(etag);
  const fault = secretFault(secret);
  const save = useAction(async () => {
    const at = path`/tenant/${prefix}/charger/${charger.id}`;
    try {
      await api.put(at, inBody(secret), { ifMatch: seen });
    } catch (failure) {
      if (/** @type {any} */ (failure).code === "precondition_failed") {
        setSeen((await api.get(at)).etag);
      }
      throw failure;
    } finally {
      void onDone();
    }
    toast(t("charger.password.saved"));
    if (secret.made) {
      setSaved(true);
    } else {
      onClose();
    }
  });
  const submit = () => {
    setTried(true);
    if (fault) {
      document.getElementById("field-secret")?.focus();
    } else {
      void save.run();
    }
  };
  if (saved) {
    return html`
      <${Dialog}
        title=${t("charger.password.new")}
        steady
        onClose=${onClose}
        foot=${html`<${Button} kind="primary" onClick=${onClose}>${t("charger.password.kept")}</${Button}>`}
      >
        <${SecretOnce} secret=${secret} />
      </${Dialog}>
    `;
  }
  return html`
    <${Dialog}
      title=${t("charger.password.set.title", { name: charger.identity })}
      onClose=${onClose}
      onSubmit=${submit}
      foot=${html`
        <${Button} onClick=${onClose}>${t("common.cancel")}</${Button}>
        <${Button} type="submit" kind="primary" busy=${save.busy}>${t("charger.password.set")}</${Button}>
      `}
    >
      <p class="muted">${t("charger.password.set.text")}</p>
      <${SecretFields}
        secret=${secret}
        onInput=${setSecret}
        error=${faultAt(save.error, "/password") ?? faultAt(save.error, "/passwordHex") ?? (tried ? fault : undefined)}
      />
      <${Problem} error=${otherThan(save.error, "/password", "/passwordHex")} area="chargers" />
    </${Dialog}>
  `;
}
