// One change to one or many chargers: asks, shows how far it is, and says which of them it did not work for.

import { api, path } from "../../api.js";
import { html, useEffect, useRef, useState } from "../../html.js";
import { useAction } from "../../resource.js";
import { useTenant } from "../../tenant.js";
import { number, t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { Select } from "../../ui/fields.js";
import { Problem, RequestId, words } from "../../ui/problem.js";
import { Progress } from "../../ui/progress.js";
import { toast } from "../../ui/toast.js";
import { MOST_PER_CALL, inBatches } from "./batches.js";
import { nameOf } from "./state.js";

/** @typedef {import("./state.js").Charger} Charger */

/** Nobody reads more. */
const MOST_FAULTS = 100;

/**
 * @param {{ title: string, action: string, chargers: Charger[], done: (count: number) => string, danger?: boolean, ready?: boolean,
 *     perCall?: number, send: (chargers: Charger[]) => Promise<unknown>, onClose: () => void, onDone: (ids: number[]) => void, children?: any }} properties
 *     `onDone` is told which were changed, whatever became of the others
 */
function ManyDialog({ title, action, chargers, done, danger, ready = true, perCall = MOST_PER_CALL, send, onClose, onDone, children }) {
  const [changed, setChanged] = useState(/** @type {number[]} */ ([]));
  const [failed, setFailed] = useState(/** @type {{ charger: Charger, error: any }[]} */ ([]));
  const stopped = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const run = useAction(async () => {
    const ids = [...changed];
    const known = new Set([...ids, ...failed.map((it) => it.charger.id)]);
    let faults = failed.length;
    try {
      await inBatches(
        chargers.filter((it) => !known.has(it.id)),
        send,
        {
          done: (batch) => {
            ids.push(...batch.map((it) => it.id));
            setChanged([...ids]);
          },
          failed: (charger, error) => {
            faults++;
            setFailed((before) => [...before, { charger, error }]);
          },
          stopped: () => stopped.current,
        },
        perCall,
      );
    } finally {
      onDone(ids);
    }
    if (faults === 0 && !stopped.current) {
      toast(done(ids.length));
      onClose();
    }
  });
  const count = changed.length + failed.length;
  const over = count === chargers.length && !run.busy;
  return html`
    <${Dialog}
      title=${title}
      onClose=${onClose}
      onSubmit=${() => ready && !over && void run.run()}
      foot=${over && failed.length > 0
        ? html`<${Button} kind="primary" onClick=${onClose}>${t("common.close")}</${Button}>`
        : html`
            <${Button} onClick=${onClose}>${run.busy ? t("chargers.many.stop") : t("common.cancel")}</${Button}>
            <${Button} type="submit" kind=${danger ? "danger" : "primary"} busy=${run.busy} disabled=${!ready}>
              ${count > 0 && !run.busy ? t("chargers.many.goOn") : action}
            </${Button}>
          `}
    >
      ${children}
      ${(run.busy || count > 0) &&
      chargers.length > 1 &&
      html`<${Progress}
        label=${title}
        value=${count}
        max=${chargers.length}
        text=${t("chargers.many.progress", { done: number(count), all: number(chargers.length) })}
      />`}
      <${Problem} error=${run.error} area="chargers" />
      ${failed.length > 0 &&
      html`
        <div role="alert">
          <p class="field-label">${t("chargers.many.failed", { count: failed.length })}</p>
          <ul class="faults">
            ${failed.slice(0, MOST_FAULTS).map(
              ({ charger, error }) =>
                html`<li key=${charger.id}><strong class="mono">${charger.identity}</strong> ${words(error, "chargers")}<${RequestId} error=${error} /></li>`,
            )}
            ${failed.length > MOST_FAULTS && html`<li>${t("chargers.many.more", { count: failed.length - MOST_FAULTS })}</li>`}
          </ul>
        </div>
      `}
    </${Dialog}>
  `;
}

/** Changes chargers, as many as go into one call. */
const changeAll = (prefix, change) => (chargers) =>
  api.put(
    path`/tenant/${prefix}/charger`,
    chargers.map((it) => ({ id: it.id, ...change })),
  );

/** @typedef {{ chargers: Charger[], onClose: () => void, onDone: (ids: number[]) => void }} About */

/** @param {About & { profiles: ReturnType<typeof import("./profiles.js").useProfiles> }} properties */
export function MoveDialog({ profiles, ...about }) {
  const { prefix } = useTenant();
  const [only] = about.chargers;
  const [profile, setProfile] = useState(about.chargers.length === 1 ? String(only.profileId) : (profiles.options[0]?.[0] ?? ""));
  return html`
    <${ManyDialog}
      ...${about}
      title=${title("move", about.chargers)}
      action=${t("chargers.move")}
      ready=${Boolean(profile)}
      done=${(count) => t("chargers.moved", { count, profile: profiles.nameOf(Number(profile)) })}
      send=${changeAll(prefix, { profileId: Number(profile) })}
    >
      <${Select}
        name="moveTo"
        label=${t("chargers.profile")}
        value=${profile}
        onInput=${setProfile}
        options=${profiles.options}
        hint=${t("chargers.move.hint")}
      />
    </${ManyDialog}>
  `;
}

/** @param {About & { blocked: boolean }} properties `blocked`: what they are to be */
export function BlockDialog({ blocked, ...about }) {
  const { prefix } = useTenant();
  const count = about.chargers.length;
  return html`
    <${ManyDialog}
      ...${about}
      danger=${blocked}
      title=${title(blocked ? "block" : "unblock", about.chargers)}
      action=${blocked ? t("chargers.block") : t("chargers.unblock")}
      done=${(count) => (blocked ? t("chargers.blocked.done", { count }) : t("chargers.unblocked.done", { count }))}
      send=${changeAll(prefix, { blocked })}
    >
      <p>${blocked ? t("chargers.block.text", { count }) : t("chargers.unblock.text", { count })}</p>
    </${ManyDialog}>
  `;
}

/** @param {About} about */
export function RemoveDialog(about) {
  const { prefix } = useTenant();
  // The API removes one at a time, so each is a call of its own: the next one is not sent once it is stopped, and where one
  // fails those before it are known to be gone. One that is gone already is what was asked for.
  const send = ([charger]) =>
    api.delete(path`/tenant/${prefix}/charger/${charger.id}`).catch((failure) => {
      if (failure.code !== "charger_not_found") {
        throw failure;
      }
    });
  return html`
    <${ManyDialog}
      ...${about}
      danger
      title=${title("remove", about.chargers)}
      action=${t("chargers.remove")}
      perCall=${1}
      done=${(count) => t("chargers.removed", { count })}
      send=${send}
    >
      <p>${t("chargers.remove.text", { count: about.chargers.length })}</p>
    </${ManyDialog}>
  `;
}

/** What is asked: by name for one, by number for many. */
const title = (what, chargers) =>
  chargers.length === 1
    ? t(`chargers.one.${what}`, { name: nameOf(chargers[0]) })
    : t(`chargers.many.${what}`, { count: chargers.length });
