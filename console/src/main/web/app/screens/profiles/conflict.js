// Both versions of a profile that two people changed.

import { html } from "../../html.js";
import { list, t } from "../../texts.js";
import { changedByBoth, same } from "../../versioned.js";
import { beatOf } from "./details.js";

/** @type {Record<string, [string, (profile: any) => any]>} */
const SHOWN = {
  displayName: ["profiles.name", (it) => it.displayName],
  description: ["profiles.description", (it) => it.description ?? "–"],
  cpmsUrl: ["profiles.cpmsUrl", (it) => it.cpmsUrl],
  authPassThrough: ["profiles.passThrough", (it) => t(it.authPassThrough ? "profiles.yes" : "profiles.no")],
  heartbeatInterval: ["profiles.heartbeat", (it) => beatOf(it.heartbeatInterval)],
  securityProfile: ["profiles.level", (it) => t(`profiles.level.${it.securityProfile}`)],
  configuration: ["profiles.configuration", (it) => keysOf(it.configuration)],
};

const keysOf = (configuration) => {
  const keys = Object.entries(configuration);
  return keys.length === 0
    ? t("profiles.configuration.none")
    : html`<ul class="plain small mono">${keys.map(([key, value]) => html`<li key=${key}>${key} = ${value}</li>`)}</ul>`;
};

/**
 * What both changed. Of a password nobody can tell, so where there is a new one it always is.
 *
 * @param {any} before what one began with
 * @param {any} body what one meant to change
 * @param {any} now what is saved
 * @returns {{ name: string, mine: any, theirs: any }[]}
 */
export function differing(before, body, now) {
  const both = changedByBoth(before, body, now);
  const fields = Object.entries(SHOWN)
    .filter(([field]) => both.includes(field))
    .map(([, [name, show]]) => ({ name: t(name), mine: show({ ...before, ...body }), theirs: show(now) }));
  if ("password" in body || "passwordHex" in body) {
    const mine = body.password === null ? "profiles.password.none" : "profiles.conflict.password";
    fields.push({
      name: t("profiles.password"),
      mine: t(mine),
      theirs: t(now.hasPassword ? "profiles.conflict.hidden" : "profiles.password.none"),
    });
  }
  return fields;
}

/** What the other one alone changed, in a sentence; that stays either way. */
export function besides(before, body, now) {
  const names = Object.entries(SHOWN)
    .filter(([field]) => !(field in body) && !same(before[field], now[field]))
    .map(([, [name]]) => t(name));
  return names.length > 0 ? t("profiles.conflict.besides", { names: list(names) }) : undefined;
}

/** What somebody would delete who saw it as it was before. */
export const differingFromDeleted = (before, now) =>
  Object.entries(SHOWN)
    .filter(([field]) => !same(before[field], now[field]))
    .map(([, [name, show]]) => ({ name: t(name), mine: t("profiles.conflict.deleted"), theirs: show(now) }));
