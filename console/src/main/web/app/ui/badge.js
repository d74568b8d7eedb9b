// A state in a word.

import { html } from "../html.js";
import { t } from "../texts.js";

/** @param {{ kind?: "good" | "warn" | "bad" | "accent", title?: string, children?: any }} properties */
export const Badge = ({ kind, title, children }) =>
  html`<span class=${kind ? `badge badge-${kind}` : "badge"} title=${title}>${children}</span>`;

/** @param {{ role: "admin" | "user" | "viewer" }} properties */
export const RoleBadge = ({ role }) => html`<${Badge} kind=${role === "admin" ? "accent" : undefined}>${t(`common.role.${role}`)}</${Badge}>`;
