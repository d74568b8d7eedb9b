// A screen's frame: its only h1, what it is for, and what can be done.

import { title as product } from "../config.js";
import { html, useEffect } from "../html.js";

/**
 * @param {{ title: string, lead?: any, actions?: any, narrow?: boolean, children?: any }} properties `actions` are buttons
 */
export function Page({ title, lead, actions, narrow, children }) {
  useTitle(title);
  return html`
    <div class=${narrow ? "page page-narrow" : "page"}>
      <header class="page-head">
        <div>
          <h1 tabindex="-1">${title}</h1>
          ${lead && html`<p>${lead}</p>`}
        </div>
        ${actions && html`<div class="page-actions">${actions}</div>`}
      </header>
      ${children}
    </div>
  `;
}

/** What the browser calls the page. */
export function useTitle(title) {
  useEffect(() => {
    document.title = title === product() ? title : `${title} – ${product()}`;
  }, [title]);
}

/**
 * A part of a page with a heading of its own.
 *
 * @param {{ id: string, title: any, count?: string, lead?: any, actions?: any, children?: any }} properties
 */
export function Panel({ id, title, count, lead, actions, children }) {
  return html`
    <section class="panel" aria-labelledby=${id}>
      <div class="panel-head">
        <div>
          <h2 id=${id}>${title}${count !== undefined && html` <span class="count">${count}</span>`}</h2>
          ${lead && html`<p>${lead}</p>`}
        </div>
        ${actions && html`<div class="page-actions">${actions}</div>`}
      </div>
      ${children}
    </section>
  `;
}
