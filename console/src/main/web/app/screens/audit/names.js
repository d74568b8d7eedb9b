// Whom and what the ids in the trail stand for, as far as they are still there.

import { path } from "../../api.js";
import { readAll } from "../../lists.js";
import { useResource } from "../../resource.js";
import { t } from "../../texts.js";
import { ERASED, SYSTEMS } from "./actions.js";

/**
 * @typedef {object} Names
 * @property {[string, string][]} people ids and names of the members
 * @property {(id: string, told?: string | null) => string} person who an actor or a member is; `told`: by the API's own word
 * @property {(id: string) => string | undefined} profile
 * @property {(id: string) => string | undefined} invite whom it is for
 * @property {Error} [error] the trail is readable without any of them
 * @property {() => Promise<void>} reload
 */

/** @param {string} prefix @returns {Names} */
export function useNames(prefix) {
  const { data, error, reload } = useResource(
    async (signal) => {
      const [users, profiles, invites] = await Promise.all(
        ["user", "profile", "invite"].map((it) => readAll(`${path`/tenant/${prefix}`}/${it}`, signal)),
      );
      return { users, profiles, invites };
    },
    [prefix],
  );
  const { users = [], profiles = [], invites = [] } = data ?? {};
  const nameOf = (user) => [user.givenName, user.familyName].filter(Boolean).join(" ") || user.username;
  const find = (list, id) => list.find((it) => String(it.id) === id);
  return {
    people: users.map((it) => [it.userId, nameOf(it)]),
    person(id, told) {
      const user = users.find((it) => it.userId === id);
      if (user) {
        return nameOf(user);
      }
      if (SYSTEMS.includes(id)) {
        return t(`audit.actor.${id}`);
      }
      if (told || id === ERASED) {
        return told ?? t("audit.actor.erased");
      }
      // Until the members are known, nobody is a former one.
      return data ? t("audit.actor.former", { id: id.slice(0, 8) }) : id.slice(0, 8);
    },
    profile: (id) => find(profiles, id)?.displayName,
    invite: (id) => find(invites, id)?.receiver,
    error,
    reload,
  };
}
