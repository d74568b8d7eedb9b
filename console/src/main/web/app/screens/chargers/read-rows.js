// The chargers that a CSV file names, each with what is wrong with it.

import { passwordFault } from "../../password.js";
import { t } from "../../texts.js";
import { asWritten, parse } from "./csv.js";
import { folded, identityFault, nameFault, serialFault } from "./rules.js";

/** Columns by their names, small and without signs between; a file that came from this list has the API's own. */
const COLUMNS = {
  identity: "identity",
  displayname: "displayName",
  name: "displayName",
  profile: "profile",
  profileid: "profile",
  chargepointserialnumber: "serial",
  serialnumber: "serial",
  serial: "serial",
  password: "password",
  passwordhex: "passwordHex",
};

export const HEADER = ["identity", "displayName", "profile", "chargePointSerialNumber", "password", "passwordHex"];

/**
 * @typedef {object} Row
 * @property {number} line of the file
 * @property {string} identity
 * @property {string} displayName
 * @property {string} profile as the file has it
 * @property {string} serial
 * @property {string} password
 * @property {string} passwordHex
 * @property {string[]} faults
 * @property {import("tenantry-api").components["schemas"]["ChargerCreation"]} [body] what the API is to be sent, where nothing is wrong
 * @property {"sent" | "refused"} [result]
 * @property {any} [error] why it was refused
 */

/**
 * @param {string} text
 * @param {import("./profiles.js").Profile[]} profiles
 * @returns {{ rows: Row[], ignored: string[], fault?: string }} `ignored` are columns that mean nothing here
 */
export function readRows(text, profiles) {
  const [head, ...lines] = parse(text);
  if (!head) {
    return { rows: [], ignored: [], fault: t("import.fault.empty") };
  }
  const keys = head.cells.map((it) => COLUMNS[it.toLowerCase().replace(/[^a-z]/g, "")]);
  if (!keys.includes("identity")) {
    return { rows: [], ignored: [], fault: t("import.fault.header") };
  }
  if (lines.length === 0) {
    return { rows: [], ignored: [], fault: t("import.fault.empty") };
  }
  /** @type {Map<string, number>} */
  const seen = new Map();
  const rows = lines.map(({ line, cells, open }) => {
    const value = (key) => asWritten((cells[keys.indexOf(key)] ?? "").trim());
    const row = {
      line,
      identity: value("identity"),
      displayName: value("displayName"),
      profile: value("profile"),
      serial: value("serial"),
      // As it is: a space may belong to it.
      password: cells[keys.indexOf("password")] ?? "",
      passwordHex: value("passwordHex").replace(/[\s:-]/g, ""),
    };
    return check(row, { open, tooMany: cells.slice(keys.length).some((it) => it.trim()) }, profiles, seen);
  });
  return { rows, ignored: head.cells.filter((it, i) => !keys[i] && it.trim()) };
}

function check(row, { open, tooMany }, profiles, seen) {
  const twin = seen.get(folded(row.identity));
  if (!twin && row.identity) {
    seen.set(folded(row.identity), row.line);
  }
  const profile = profileOf(row.profile, profiles);
  const faults = [
    open && t("import.fault.quote"),
    tooMany && t("import.fault.cells"),
    identityFault(row.identity),
    twin && t("import.fault.twice", { line: String(twin) }),
    nameFault(row.displayName),
    row.profile && !profile && t("import.fault.profile", { profile: row.profile }),
    serialFault(row.serial),
    row.password && row.passwordHex && t("import.fault.passwords"),
    row.password && passwordFault({ kind: "text", value: row.password }),
    row.passwordHex && passwordFault({ kind: "hex", value: row.passwordHex }),
  ].filter(Boolean);
  const body = {
    identity: row.identity,
    ...(row.displayName && { displayName: row.displayName }),
    ...(profile && { profileId: profile.id }),
    ...(row.serial && { chargePointSerialNumber: row.serial }),
    ...(row.password && { password: row.password }),
    ...(row.passwordHex && { passwordHex: row.passwordHex }),
  };
  return { ...row, profile: profile?.displayName ?? row.profile, faults, body };
}

/** By name or by number. */
const profileOf = (text, profiles) =>
  text &&
  (profiles.find((it) => it.displayName.toLowerCase() === text.toLowerCase()) ?? profiles.find((it) => String(it.id) === text));
