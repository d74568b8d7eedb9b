// The window in which unknown chargers register themselves: whether it is open, for how long yet, and what can be done about
// it.

import { api, path } from "../../api.js";
import { html, useEffect, useRef, useState } from "../../html.js";
import { usePolling } from "../../poll.js";
import { toBeTold, useResource } from "../../resource.js";
import { now } from "../../session.js";
import { useTenant } from "../../tenant.js";
import { dateTime, number, t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Icon } from "../../ui/icon.js";
import { Menu } from "../../ui/menu.js";
import { Problem } from "../../ui/problem.js";
import { Progress } from "../../ui/progress.js";
import { toast } from "../../ui/toast.js";
import { ProvisioningDialog } from "./provisioning-dialog.js";
import { useWindowChange } from "./window.js";

const LOOK_WHILE_OPEN_MILLIS = 2500;
/** Somebody else may open it. */
const LOOK_WHILE_SHUT_MILLIS = 15_000;
const MOST_SECONDS = 86_400;
const SOON_SECONDS = 300;

/**
 * All of it is there while it is `active`.
 *
 * @typedef {Required<import("tenantry-api").components["schemas"]["Provisioning"]>} Window
 */

/**
 * @param {string} prefix
 * @param {() => void} onChange is called when chargers have registered since it was looked at before, and when it opens or shuts
 */
export function useProvisioning(prefix, onChange) {
  const state = useResource((signal) => api.get(path`/tenant/${prefix}/provision`, { signal }), [prefix]);
  /** @type {Window | undefined} */
  const window = state.data?.data;
  usePolling(state.reload, window?.active ? LOOK_WHILE_OPEN_MILLIS : LOOK_WHILE_SHUT_MILLIS);
  const sign = window && `${window.active} ${window.startedAt} ${window.registeredCount}`;
  const before = useRef(/** @type {string | undefined} */ (undefined));
  useEffect(() => {
    if (before.current !== undefined && before.current !== sign) {
      onChange();
    }
    before.current = sign;
  }, [sign]);
  return { window, etag: state.data?.etag, error: state.error, reload: state.reload };
}

/**
 * @param {{ provisioning: ReturnType<typeof useProvisioning>, profiles: ReturnType<typeof import("./profiles.js").useProfiles> }} properties
 */
export function ProvisioningBanner({ provisioning, profiles }) {
  const { may } = useTenant();
  const { window, etag, reload } = provisioning;
  const [changing, setChanging] = useState(false);
  const seconds = useCountdown(window?.active ? window.expiresAt : undefined, reload);
  const change = useWindowChange({
    seen: { data: /** @type {Window} */ (window), etag },
    onSaved: async (now) => {
      await reload();
      toast(now ? t("provisioning.extended", { when: dateTime(now.expiresAt) }) : t("provisioning.stopped"));
    },
    onTheirs: reload,
  });
  // It counts from now, so what is left is added.
  const extend = (more) => void change.save({ durationSeconds: Math.min(seconds + more, MOST_SECONDS) });
  const unread = html`<${Problem} title=${t("provisioning.unread")} error=${toBeTold(provisioning.error)} retry=${reload} />`;
  if (!window?.active) {
    // What was done to it may have come too late.
    return html`${unread}<${Problem} error=${change.error} area="provisioning" />${change.dialog}`;
  }
  const { registeredCount: count, maxChargers: most } = window;
  const full = most !== null && count >= most;
  const kind = full || seconds < SOON_SECONDS ? "banner-warn" : "";
  return html`
    ${unread}
    <section class=${`banner provisioning ${kind}`} aria-labelledby="provisioning">
      <${Icon} name="charger" />
      <div>
        <h2 id="provisioning">${full ? t("provisioning.full") : t("provisioning.open")}</h2>
        <p>${full ? t("provisioning.full.text") : t("provisioning.text", { profile: profiles.nameOf(window.profileId) })}</p>
        ${most === null
          ? html`<p class="provisioning-count" role="status">${t("provisioning.count", { count })}</p>`
          : html`<${Progress}
              label=${t("provisioning.registered")}
              value=${count}
              max=${most}
              text=${t("provisioning.countOf", { count, most: number(most) })}
            />`}
      </div>
      <div class="countdown">
        <span class="small">${t("provisioning.closesIn")}</span>
        <time role="timer" datetime=${window.expiresAt} title=${dateTime(window.expiresAt)}>${clock(seconds)}</time>
      </div>
      ${may("user") &&
      html`
        <div class="page-actions">
          <${Menu}
            label=${t("provisioning.extend")}
            buttonClass="button"
            button=${html`${t("provisioning.extend")}<${Icon} name="chevron" />`}
            items=${[
              { text: t("provisioning.extend.quarter"), onSelect: () => extend(900) },
              { text: t("provisioning.extend.hour"), onSelect: () => extend(3600) },
              { kind: "line" },
              { text: t("provisioning.change"), onSelect: () => setChanging(true) },
            ]}
          />
          <${Button} busy=${change.busy} onClick=${() => void change.remove()}>${t("provisioning.stop")}</${Button}>
        </div>
      `}
      <${Problem} error=${change.error} area="provisioning" />
      ${change.dialog}
      ${changing &&
      html`<${ProvisioningDialog} window=${window} etag=${etag} profiles=${profiles} onClose=${() => setChanging(false)} onDone=${reload} />`}
    </section>
  `;
}

const secondsUntil = (at) => Math.max(0, Math.round((new Date(at).getTime() - now()) / 1000));

/** How many seconds are left; when none is, it is looked at anew. */
function useCountdown(at, onEnd) {
  const [, draw] = useState(0);
  const left = at ? secondsUntil(at) : 0;
  useEffect(() => {
    if (!at) {
      return undefined;
    }
    const timer = setInterval(() => {
      draw((count) => count + 1);
      if (secondsUntil(at) === 0) {
        clearInterval(timer);
        void onEnd();
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [at]);
  return left;
}

/** 1:05:09, or 12:30 where there are no hours. */
function clock(seconds) {
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
