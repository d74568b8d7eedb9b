// Invites somebody by mail.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { useAction, useIntent } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { LANGUAGES, language, t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Field, Select, faultAt, otherThan } from "../../ui/fields.js";
import { Problem } from "../../ui/problem.js";
import { toast } from "../../ui/toast.js";
import { roles } from "./roles.js";

/** @param {{ onClose: () => void, onSent: () => Promise<void> }} properties */
export function InviteDialog({ onClose, onSent }) {
  const { prefix } = useTenant();
  const [receiver, setReceiver] = useState("");
  const [role, setRole] = useState("user");
  const [lang, setLang] = useState(language.get());
  const [tried, setTried] = useState(false);
  const intent = useIntent();
  const usable = /^\S+@\S+$/.test(receiver.trim());
  const send = useAction(async () => {
    try {
      await api.post(path`/tenant/${prefix}/invite`, { receiver: receiver.trim(), role, language: lang }, { intent });
    } catch (problem) {
      if (/** @type {any} */ (problem).code === "upstream_unavailable") {
        // The invite is there, its mail is not.
        void onSent();
      }
      throw problem;
    }
    toast(t("people.sent", { receiver: receiver.trim() }));
    void onSent();
    onClose();
  });
  const submit = () => {
    setTried(true);
    if (usable) {
      void send.run();
    } else {
      document.getElementById("field-receiver")?.focus();
    }
  };
  return html`
    <${Dialog}
      title=${t("people.invite.title")}
      busy=${send.busy}
      onClose=${onClose}
      onSubmit=${submit}
      foot=${html`
        <${Button} disabled=${send.busy} onClick=${onClose}>${t("common.cancel")}</${Button}>
        <${Button} type="submit" kind="primary" busy=${send.busy}>${t("people.invite.send")}</${Button}>
      `}
    >
      <${Field}
        name="receiver"
        type="email"
        label=${t("people.receiver")}
        value=${receiver}
        onInput=${setReceiver}
        hint=${t("people.receiver.hint")}
        error=${faultAt(send.error, "/receiver") ?? (tried && !usable ? t("people.receiver.missing") : undefined)}
        autocomplete="off"
      />
      <${Select} name="role" label=${t("people.role")} value=${role} onInput=${setRole} options=${roles()} hint=${t(`people.role.${role}`)} />
      <${Select}
        name="language"
        label=${t("people.mailLanguage")}
        value=${lang}
        onInput=${setLang}
        options=${/** @type {[string, string][]} */ (Object.entries(LANGUAGES))}
      />
      <${Problem} error=${otherThan(send.error, "/receiver")} area="people" />
    </${Dialog}>
  `;
}
