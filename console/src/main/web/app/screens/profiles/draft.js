// A profile as it is being edited: what of it differs from the saved one, and what is wrong with it.

import { config } from "../../config.js";
import { passwordFault } from "../../password.js";
import { t } from "../../texts.js";
import { wholeIn } from "../../whole.js";

/** @typedef {{ id: number, key: string, value: string }} Row of the configuration */
/** @typedef {ReturnType<typeof draftOf>} Draft */

/** How long the former password may be taken as well: seconds. */
export const OVERLAPS = [0, 3600, 86_400, 7 * 86_400, 30 * 86_400];

const LEVELS_WITH_PASSWORD = [1, 2];
const LONGEST_BEAT = 86_400;
const MOST_KEYS = 100;
const SECRET = /authorizationkey|basicauthpassword/;

/** Of a new one: what the API would take for what is left out. */
export const NEW = {
  displayName: "",
  description: null,
  cpmsUrl: "wss://",
  authPassThrough: false,
  heartbeatInterval: 300,
  securityProfile: 2,
  configuration: {},
  hasPassword: false,
  oldPasswordValidUntil: null,
};

let lastRow = 0;
/** @returns {Row} */
export const rowOf = (key = "", value = "") => ({ id: ++lastRow, key, value });

export const needsPassword = (level) => LEVELS_WITH_PASSWORD.includes(level);

/** The draft that changes nothing. */
export const draftOf = (profile) => ({
  displayName: profile.displayName,
  description: profile.description ?? "",
  cpmsUrl: profile.cpmsUrl,
  authPassThrough: profile.authPassThrough,
  heartbeatInterval: String(profile.heartbeatInterval),
  securityProfile: profile.securityProfile,
  isDefault: false,
  configuration: Object.entries(profile.configuration).map(([key, value]) => rowOf(key, /** @type {string} */ (value))),
  password: {
    /** Whether another one is being set. */
    set: false,
    kind: "text",
    value: "",
    /** Made here, so that it has to be told. */
    made: false,
    remove: false,
  },
  /** For how long the former password is taken as well: seconds; empty to leave it as it is. */
  overlap: "",
});

const configurationOf = (rows) =>
  Object.fromEntries(rows.filter((it) => it.key.trim() || it.value).map((it) => [it.key.trim(), it.value]));

const sorted = (configuration) => JSON.stringify(Object.entries(configuration).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Whether the password field is there to be filled in. */
export const asksPassword = (draft, profile) =>
  draft.password.set || (needsPassword(draft.securityProfile) && !profile.hasPassword);

/**
 * What is to be sent: all that differs.
 *
 * @param {Draft} draft
 * @param {any} profile the saved one
 */
export function bodyOf(draft, profile) {
  const wanted = {
    displayName: draft.displayName.trim(),
    description: draft.description.trim() || null,
    cpmsUrl: draft.cpmsUrl.trim(),
    authPassThrough: draft.authPassThrough,
    heartbeatInterval: wholeIn(draft.heartbeatInterval),
    securityProfile: draft.securityProfile,
    configuration: configurationOf(draft.configuration),
  };
  /** @type {Record<string, any>} */
  const body = {};
  for (const [name, value] of Object.entries(wanted)) {
    const same = name === "configuration" ? sorted(value) === sorted(profile.configuration) : value === profile[name];
    if (!same) {
      body[name] = value;
    }
  }
  const { password } = draft;
  if (asksPassword(draft, profile) && password.value) {
    body[password.kind === "hex" ? "passwordHex" : "password"] = password.value;
  } else if (password.remove && profile.hasPassword && !needsPassword(draft.securityProfile)) {
    body.password = null;
  }
  if (draft.overlap !== "" && (body.password || body.passwordHex ? profile.hasPassword : profile.oldPasswordValidUntil)) {
    body.oldPasswordValidSeconds = Number(draft.overlap);
  }
  if (draft.isDefault) {
    body.isDefault = true;
  }
  return body;
}

/** All that a new one is. */
export const creationOf = (draft) => ({
  ...bodyOf(draft, { ...NEW, configuration: {} }),
  displayName: draft.displayName.trim(),
  cpmsUrl: draft.cpmsUrl.trim(),
  securityProfile: draft.securityProfile,
});

const lengthOf = (text) => [...text].length;
const isOneLine = (text) => !/[\p{Cc}\u2028\u2029]/u.test(text);

/**
 * What is wrong, by where it stands in the request.
 *
 * @param {Draft} draft
 * @param {any} profile the saved one
 * @returns {Record<string, string>}
 */
export function faultsOf(draft, profile) {
  /** @type {Record<string, string>} */
  const faults = {};
  const name = draft.displayName.trim();
  if (!name) {
    faults["/displayName"] = t("profiles.fault.name");
  } else if (lengthOf(name) > 100) {
    faults["/displayName"] = t("profiles.fault.long", { most: 100 });
  }
  if (lengthOf(draft.description.trim()) > 500) {
    faults["/description"] = t("profiles.fault.long", { most: 500 });
  }
  const url = urlFault(draft.cpmsUrl.trim());
  if (url) {
    faults["/cpmsUrl"] = t(`profiles.url.${url}`, { domain: config.brokerDomain ?? "" });
  }
  const beat = wholeIn(draft.heartbeatInterval);
  if (Number.isNaN(beat) || beat > LONGEST_BEAT) {
    faults["/heartbeatInterval"] = t("profiles.fault.heartbeat", { most: LONGEST_BEAT });
  }
  if (asksPassword(draft, profile)) {
    const fault = passwordFault(draft.password);
    if (fault) {
      faults["/password"] = fault;
    }
  }
  if (Object.keys(configurationOf(draft.configuration)).length > MOST_KEYS) {
    faults["/configuration"] = t("profiles.key.many", { most: MOST_KEYS });
  }
  return faults;
}

/**
 * What the API will say of an address, as far as it can be told here.
 *
 * @returns {string | null} the end of a text's key
 */
function urlFault(text) {
  if (!text || text === "wss://" || text === "ws://") {
    return "missing";
  }
  if (!/^wss?:\/\/[^/]/i.test(text)) {
    return "scheme";
  }
  if (!/^[!-~]+$/.test(text)) {
    return "ascii";
  }
  if (text.length > 512) {
    return "long";
  }
  let url;
  try {
    url = new URL(text);
  } catch {
    return "scheme";
  }
  if (url.username || url.password || text.slice(5).split("/")[0].includes("@")) {
    return "user";
  }
  if (text.includes("#")) {
    return "fragment";
  }
  const host = url.hostname.replace(/\.$/, "");
  const own = config.brokerDomain;
  if (own && (host === own || host.endsWith(`.${own}`))) {
    return "own";
  }
  return isPublic(host) ? null : "local";
}

const LOCAL_NAMES = /(^|\.)(localhost|test|invalid|local|onion|alt|arpa|internal|corp|home|mail|intranet|private|lan|localdomain|svc|cluster|consul)$/;
const LOCAL_IPV4 = /^(0|10|127)\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^198\.1[89]\.|^2(2[4-9]|[345]\d)\./;

function isPublic(host) {
  if (host.startsWith("[")) {
    return /^\[[23]/.test(host);
  }
  return /^[\d.]+$/.test(host) ? !LOCAL_IPV4.test(host) : host.includes(".") && !LOCAL_NAMES.test(host);
}

/**
 * What is wrong with the keys: by row, at the key or at the value.
 *
 * @param {Row[]} rows
 * @returns {Record<number, { key?: string, value?: string }>}
 */
export function rowFaults(rows) {
  /** @type {Record<number, { key?: string, value?: string }>} */
  const faults = {};
  const seen = new Map();
  for (const { id, key: typed, value } of rows) {
    const key = typed.trim();
    const twin = seen.get(key.toLowerCase());
    /** @type {{ key?: string, value?: string }} */
    const fault = {};
    if (!key) {
      if (value) {
        fault.key = t("profiles.key.missing");
      }
    } else if (lengthOf(key) > 50) {
      fault.key = t("profiles.fault.long", { most: 50 });
    } else if (!isOneLine(key)) {
      fault.key = t("profiles.key.line");
    } else if (SECRET.test(key.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]/g, ""))) {
      fault.key = t("profiles.key.secret");
    } else if (twin) {
      fault.key = t("profiles.key.twice", { key: twin });
    } else {
      seen.set(key.toLowerCase(), key);
    }
    if (lengthOf(value) > 500) {
      fault.value = t("profiles.fault.long", { most: 500 });
    } else if (!isOneLine(value)) {
      fault.value = t("profiles.key.line");
    }
    if (fault.key || fault.value) {
      faults[id] = fault;
    }
  }
  return faults;
}

/** Where a key stands in the request (RFC 6901). */
export const pointerOf = (key) => `/configuration/${key.trim().replaceAll("~", "~0").replaceAll("/", "~1")}`;
