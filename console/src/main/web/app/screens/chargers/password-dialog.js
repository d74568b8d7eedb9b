// Gives a charger a password of its own.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { noPassword, passwordFault, passwordInBody } from "../../password.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { t } from "../../texts.js";
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
  /** The version that was seen here; once it was told that there is another one, that. */
  const [seen, setSeen] = useState(etag);
  const fault = passwordFault(password);
  const save = useAction(async () => {
    const at = path`/tenant/${prefix}/charger/${charger.id}`;
    try {
      await api.put(at, passwordInBody(password), { ifMatch: seen });
    } catch (failure) {
      if (/** @type {any} */ (failure).code === "precondition_failed") {
        setSeen((await api.get(at)).etag);
      }
      throw failure;
    } finally {
      void onDone();
    }
    toast(t("charger.password.saved"));
    if (password.made) {
      setSaved(true);
    } else {
      onClose();
    }
  });
  const submit = () => {
    setTried(true);
    if (fault) {
      document.getElementById("field-password")?.focus();
    } else {
      void save.run();
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
  `;
}
