// Adds an entry to the allowlist, or edits one: what is wrong with it is said before it is sent, as far as that can be told.

import { api, path } from "../../api.js";
import { html, useState } from "../../html.js";
import { useAction, useIntent } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { dateTime, t } from "../../texts.js";
import { Banner } from "../../ui/banner.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Check, Field, faultAt, otherThan } from "../../ui/fields.js";
import { Problem } from "../../ui/problem.js";
import { Radios } from "../../ui/radios.js";
import { toast } from "../../ui/toast.js";
import { read, same } from "./block.js";
import { covering, inScope, lacksPermanent, shutsOut } from "./rules.js";

const AT_FIELDS = ["/ip", "/description", "/expiresAt"];

/** As a field of date and time has it: in the reader's zone, to the minute. */
const local = (at) => {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/**
 * @param {{ entries: any[], scope: string, entry?: any, here?: string, ip?: string, onClose: () => void,
 *     onDone: () => void }} properties `entry` is the one to be edited; `here` the address of whoever does it; `ip` what is
 *     filled in
 */
export function EntryDialog({ entries, scope: first, entry, here, ip: given = "", onClose, onDone }) {
  const { prefix } = useTenant();
  const [scope, setScope] = useState(first);
  const [ip, setIp] = useState(given);
  const [description, setDescription] = useState(entry?.description ?? "");
  const [expires, setExpires] = useState(entry?.expiresAt ? local(entry.expiresAt) : "");
  /** A date without a time, say. The field's value is empty then, which would stand for never. */
  const [halfTyped, setHalfTyped] = useState(false);
  const [tried, setTried] = useState(false);
  const [meToo, setMeToo] = useState(true);
  const mine = useIntent();
  const intent = useIntent();

  const of = inScope(entries, scope);
  const found = read(ip);
  // What was not touched keeps its seconds.
  const isKept = entry?.expiresAt && expires === local(entry.expiresAt);
  const isTime = !Number.isNaN(Date.parse(expires));
  const expiresAt = !expires || !isTime ? null : isKept ? entry.expiresAt : new Date(expires).toISOString();
  const wanted = { ip: entry?.ip ?? ip.trim(), scope, expiresAt };
  const others = entry ? entries.filter((it) => it.id !== entry.id) : entries;
  const locksOut = !entry && scope === "api" && here !== undefined && found.block && shutsOut([...others, wanted], here);
  const twin = found.block && !entry && of.find((it) => same(read(it.ip).block ?? { bits: 0, prefix: 0, value: 0n }, found.block));
  const wouldBeAlone = expiresAt !== null && expiresAt !== entry?.expiresAt && lacksPermanent(others, scope) && !(locksOut && meToo);
  const ipFault = entry
    ? undefined
    : twin
      ? t("access.ip.twice")
      : found.fault && (found.fault !== "form" || tried)
        ? t(ip.trim() ? `access.ip.${found.fault}` : "access.ip.missing", { meant: found.meant ?? "" })
        : undefined;
  const past = expiresAt !== null && expiresAt !== entry?.expiresAt && new Date(expiresAt).getTime() <= Date.now();
  const isUnread = halfTyped || (expires && !isTime);
  const expiryFault = isUnread ? t("access.expires.fault") : past ? t("access.expires.past") : wouldBeAlone ? t("access.expires.alone") : undefined;
  // Of the entries that let one in, the last one to run out says for how long.
  const letIn = scope === "api" && here && expiresAt !== null ? covering([...inScope(others, "api"), wanted], here) : [];
  const until = letIn.length > 0 && letIn.every((it) => it.expiresAt !== null) ? letIn.map((it) => it.expiresAt).sort().at(-1) : undefined;

  const save = useAction(async () => {
    const at = path`/tenant/${prefix}/ips`;
    const text = description.trim() || null;
    if (entry) {
      // What was not touched stays as somebody else may have made it meanwhile.
      await api.put(`${at}/${entry.id}`, {
        ...(text === entry.description ? {} : { description: text }),
        ...(expiresAt === entry.expiresAt ? {} : { expiresAt }),
      });
      toast(t("access.saved", { ip: entry.ip }));
    } else {
      if (locksOut && meToo) {
        await addMine(at);
      }
      await api.post(at, { ...wanted, description: text }, { intent });
      toast(t("access.added", { ip: wanted.ip }));
    }
  });
  const addMine = async (at) => {
    try {
      await api.post(at, { ip: here, scope, description: t("access.mine") }, { intent: mine });
    } catch (failure) {
      // It is there, by somebody else or by a try before: that is what was wanted.
      if (/** @type {any} */ (failure).code !== "duplicate_ip") {
        throw failure;
      }
    }
  };
  const run = async () => {
    const done = await save.run();
    // Even half of it may be done, and the other half depends on what is there.
    onDone();
    if (done) {
      onClose();
    }
  };
  const submit = () => {
    setTried(true);
    const field = document.getElementById("field-expiresAt");
    const isHalf = field instanceof HTMLInputElement && field.validity.badInput;
    setHalfTyped(isHalf);
    if (!entry && (ipFault || !found.block)) {
      document.getElementById("field-ip")?.focus();
    } else if (isHalf || (expires && !isTime) || past || wouldBeAlone) {
      field?.focus();
    } else if (locksOut && !meToo) {
      document.getElementById("field-meToo")?.focus();
    } else {
      void run();
    }
  };
  const type = (set) => (value) => {
    set(value);
    save.clear();
  };
  return html`
    <${Dialog}
      title=${entry ? t("access.edit.title", { ip: entry.ip }) : t("access.add.title")}
      busy=${save.busy}
      onClose=${onClose}
      onSubmit=${submit}
      foot=${html`
        <${Button} disabled=${save.busy} onClick=${onClose}>${t("common.cancel")}</${Button}>
        <${Button} type="submit" kind="primary" busy=${save.busy}>${t(entry ? "common.save" : "access.add")}</${Button}>
      `}
    >
      ${!entry &&
      html`
        <${Field}
          name="ip"
          label=${t("access.ip")}
          value=${ip}
          onInput=${type(setIp)}
          hint=${t("access.ip.hint")}
          error=${ipFault ?? faultAt(save.error, "/ip")}
          class="input mono"
          maxlength="60"
          autocomplete="off"
          autocapitalize="none"
          spellcheck=${false}
        />
        <${Radios}
          row
          name="scope"
          legend=${t("access.scope")}
          value=${scope}
          onInput=${type(setScope)}
          options=${["charger", "api"].map((it) => ({ value: it, text: t(`access.scope.${it}`), hint: t(`access.scopeHint.${it}`) }))}
        />
      `}
      <${Field}
        name="description"
        label=${t("access.description")}
        value=${description}
        onInput=${type(setDescription)}
        error=${faultAt(save.error, "/description")}
        hint=${t("access.description.hint")}
        maxlength="200"
        autocomplete="off"
      />
      <${Field}
        name="expiresAt"
        type="datetime-local"
        label=${t("access.expires")}
        value=${expires}
        max="9999-12-31T23:59"
        onInput=${type((value) => {
          setExpires(value);
          setHalfTyped(false);
        })}
        error=${expiryFault ?? faultAt(save.error, "/expiresAt")}
        hint=${t("access.expires.hint", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
      />
      ${locksOut &&
      html`
        <${Banner} kind="warn" title=${t("access.locksOut.title")}>
          ${t("access.locksOut", { here })}
          <${Check} name="meToo" label=${t("access.meToo", { here })} checked=${meToo} onInput=${type(setMeToo)} />
        </${Banner}>
        ${tried && !meToo && html`<${Problem} error=${{ code: "would_lock_out_caller" }} area="access" />`}
      `}
      ${!locksOut && of.length === 0 && !entry && html`<${Banner} kind="warn">${t(`access.first.${scope}`)}</${Banner}>`}
      ${until && !expiryFault && html`<${Banner} kind="warn">${t("access.untilThen", { when: dateTime(until) })}</${Banner}>`}
      <${Problem} error=${otherThan(save.error, ...AT_FIELDS)} area="access" />
    </${Dialog}>
  `;
}
