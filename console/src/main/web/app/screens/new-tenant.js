// A new tenant: its name, and the prefix that can never be changed.

import { api } from "../api.js";
import { config } from "../config.js";
import { html, useState } from "../html.js";
import { faultOf, prefixOf } from "../prefix.js";
import { useAction, useIntent } from "../resource.js";
import { navigate } from "../router.js";
import { home } from "../screens.js";
import { loadTenants } from "../tenants.js";
import { t } from "../texts.js";
import { useUnsaved } from "../unsaved.js";
import { Button } from "../ui/button.js";
import { Field, faultAt, otherThan } from "../ui/fields.js";
import { Page } from "../ui/page.js";
import { Problem, words } from "../ui/problem.js";
import { toast } from "../ui/toast.js";

export default function NewTenant() {
  const [name, setName] = useState("");
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const [tried, setTried] = useState(false);
  const [taken, setTaken] = useState(/** @type {string[]} */ ([]));
  const intent = useIntent();
  // Until somebody says otherwise, the prefix follows the name.
  const prefix = typed ?? prefixOf(name);
  const fault = faultOf(prefix);
  const isTaken = taken.includes(prefix);

  const release = useUnsaved(name.trim() !== "" || typed !== null);
  const create = useAction(async () => {
    try {
      await api.post("/tenant", { name: name.trim(), domainPrefix: prefix }, { intent });
    } catch (problem) {
      if (/** @type {any} */ (problem).code === "domain_prefix_taken") {
        setTaken([...taken, prefix]);
      }
      throw problem;
    }
    await loadTenants();
    toast(t("tenants.created", { name: name.trim() }));
    release();
    await navigate(home(prefix));
  });
  const submit = (event) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() && !fault && !isTaken) {
      void create.run();
    } else {
      document.getElementById(name.trim() ? "field-domainPrefix" : "field-name")?.focus();
    }
  };
  const elsewhere = otherThan(create.error, "/name", "/domainPrefix");
  // What is being typed is not wrong yet, except where more of it makes it no better.
  const complains = tried || (prefix !== "" && fault !== "short" && fault !== "end");
  return html`
    <${Page} narrow title=${t("tenants.new.title")} lead=${t("tenants.new.lead")}>
      <form class="panel" noValidate onSubmit=${submit}>
        <div class="panel-body form">
          <${Field}
            name="name"
            label=${t("tenants.name")}
            value=${name}
            onInput=${setName}
            hint=${t("tenants.name.hint")}
            error=${faultAt(create.error, "/name") ?? (tried && !name.trim() ? t("tenants.name.missing") : undefined)}
            maxlength="100"
            autocomplete="organization"
          />
          <${Field}
            name="domainPrefix"
            label=${t("tenants.prefix")}
            value=${prefix}
            onInput=${(value) => setTyped(value.trim())}
            before="wss://"
            after=${`.${config.brokerDomain ?? "…"}/`}
            error=${complains &&
            (isTaken ? t("tenants.prefix.taken", { prefix }) : fault ? t(`tenants.prefix.${fault}`) : faultAt(create.error, "/domainPrefix"))}
            good=${prefix && !fault ? t("tenants.prefix.good") : undefined}
            hint=${t("tenants.prefix.hint")}
            autocapitalize="none"
            autocomplete="off"
            spellcheck=${false}
          />
          ${elsewhere && elsewhere.code !== "domain_prefix_taken" && html`<${Problem} error=${elsewhere} area="tenants" />`}
          <p class="only-read" role="status">${create.error?.code === "domain_prefix_taken" ? words(create.error) : ""}</p>
        </div>
        <div class="panel-foot">
          <${Button} href="/">${t("common.cancel")}</${Button}>
          <${Button} type="submit" kind="primary" busy=${create.busy}>${t("tenants.create")}</${Button}>
        </div>
      </form>
    </${Page}>
  `;
}
