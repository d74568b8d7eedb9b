// The roles, as a form offers them.

import { t } from "../../texts.js";

/** @returns {[string, string][]} */
export const roles = () => [
  ["admin", t("common.role.admin")],
  ["user", t("common.role.user")],
  ["viewer", t("common.role.viewer")],
];
