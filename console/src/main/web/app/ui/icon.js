// The console's own icons: strokes on a grid of 24.

import { html } from "../html.js";

const PATHS = {
  access: "M12 3l7 3v5c0 4.6-2.9 8.2-7 10-4.1-1.8-7-5.4-7-10V6zM9 12l2 2 4-4.5",
  audit: "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h5",
  back: "M15 5l-7 7 7 7",
  billing: "M3 6h18v12H3zM3 10.5h18M7 15h3",
  charger: "M5 21V5a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v16M3 21h14M8.5 12l1.5-3.5h-2l1.5-3M15 9h2a2 2 0 0 1 2 2v5a1.5 1.5 0 0 0 3 0v-6l-2.5-2.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  chevron: "M8 10l4 4 4-4",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  done: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.5l2.700 2.700L16 9.5",
  dots: "M4.7 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M11.4 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M18.1 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0",
  download: "M12 4v11M7.5 11l4.5 4.500 4.5-4.500M4 20h16",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  language: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3z",
  leave: "M14 4H5v16h9M11 12h10M17.5 8.500L21 12l-3.5 3.5",
  mail: "M3 5h18v14H3zM3.5 6l8.5 7 8.5-7",
  menu: "M4 7h16M4 12h16M4 17h16",
  offline: "M4 4l16 16M8.5 15.500a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.400M19 12a10 10 0 0 0-4.5-2.500M12 19h.01M2 8.500a14.5 14.5 0 0 1 4-2.500M22 8.500A14.5 14.5 0 0 0 10.5 5",
  overview: "M4 4h7v8H4zM13 4h7v5h-7zM13 12h7v8h-7zM4 15h7v5H4z",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-3.6 3-5.5 6.5-5.500s6 1.9 6.5 5.500M16 4.300a3.5 3.5 0 0 1 0 6.400M18 14.800c2 .7 3.2 2.5 3.5 5.2",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.500c.7-3.9 3.5-6 7.5-6s6.8 2.1 7.5 6",
  plus: "M12 5v14M5 12h14",
  profile: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5",
  settings: "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM19 12l2-1.5-2-3.5-2.3 1a7 7 0 0 0-1.7-1L14.6 4.500h-4L10 7a7 7 0 0 0-1.7 1L6 7l-2 3.500L6 12l-2 1.500L6 17l2.3-1a7 7 0 0 0 1.7 1l.6 2.500h4l.4-2.500a7 7 0 0 0 1.7-1l2.3 1 2-3.500z",
  tenant: "M4 21V5l8-2v18M12 9l8 2v10M2.5 21h19M7.5 8.500h1M7.5 12.500h1M7.5 16.500h1M16 14h.5M16 17.500h.5",
  todo: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  trash: "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5",
  usage: "M4 20V10M10 20V4M16 20v-7M3 20h18M21 20V8",
  warning: "M12 3.500L2.5 20h19zM12 10v4.500M12 17.300h.01",
};

/** @param {{ name: string, class?: string }} properties one of the names above */
export function Icon({ name, class: more = "" }) {
  return html`<svg class=${`icon ${more}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
}
