// Somebody, by name and address.

import { html } from "../html.js";

const initials = (name) =>
  name
    .split(/[\s@.]+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");

/** @param {{ name: string, small?: boolean, square?: boolean }} properties */
export const Avatar = ({ name, small, square }) => html`
  <span class=${`avatar ${small ? "avatar-small" : ""} ${square ? "avatar-square" : ""}`} aria-hidden="true">${initials(name)}</span>
`;

/** @param {{ name: string, mail?: string, mark?: any }} properties `mark` stands beside the name */
export const Person = ({ name, mail, mark }) => html`
  <div class="person">
    <${Avatar} name=${name} />
    <div>
      <div class="person-name"><span>${name}</span>${mark}</div>
      ${mail && mail !== name && html`<div class="person-mail">${mail}</div>`}
    </div>
  </div>
`;
