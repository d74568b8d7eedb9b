// The entries, newest first, day by day of the reader's calendar.

import { html } from "../../html.js";
import { locale, t } from "../../texts.js";
import { Entry } from "./entry.js";

export function Days({ entries, names, onFilter }) {
  /** @type {{ day: string, entries: any[] }[]} */
  const days = [];
  for (const entry of entries) {
    const day = new Date(entry.createdAt).toDateString();
    const last = days.at(-1);
    if (last?.day === day) {
      last.entries.push(entry);
    } else {
      days.push({ day, entries: [entry] });
    }
  }
  return days.map(
    ({ day, entries: of }) => html`
      <section key=${day} class="audit-day">
        <h3>${heading(new Date(day))}</h3>
        <ol>
          ${of.map((it) => html`<${Entry} key=${it.id} entry=${it} names=${names} onFilter=${onFilter} />`)}
        </ol>
      </section>
    `,
  );
}

function heading(day) {
  const written = new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(day);
  const now = new Date();
  const ago = Math.round((new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime() - day.getTime()) / 86_400_000);
  return ago === 0 ? t("audit.today", { date: written }) : ago === 1 ? t("audit.yesterday", { date: written }) : written;
}
