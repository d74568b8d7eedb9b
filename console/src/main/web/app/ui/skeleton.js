// What is there while something comes: its outline.

import { html } from "../html.js";
import { t } from "../texts.js";

/** @param {{ lines?: number }} properties */
export function Skeleton({ lines = 6 }) {
  return html`
    <div class="skeleton-lines" role="status">
      <span class="only-read">${t("common.loading")}</span>
      ${Array.from({ length: lines }, (_, i) => html`<span key=${i} class="skeleton" aria-hidden="true"></span>`)}
    </div>
  `;
}

export function SkeletonPage() {
  return html`
    <div class="page">
      <div class="panel"><${Skeleton} /></div>
    </div>
  `;
}
