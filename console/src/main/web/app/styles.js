// Styles of a single area, read with its first screen.

import { base } from "./config.js";

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** Once they are there, so that nothing is drawn without them. */
export async function loadStyles(...names) {
  await Promise.all(names.map(load));
}

function load(name) {
  if (!loading.has(name)) {
    loading.set(
      name,
      new Promise((resolve, reject) => {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = new URL(`styles/${name}.css`, base).href;
        link.onload = () => resolve();
        link.onerror = () => {
          // To be asked for anew: what failed once would fail until the page is loaded again.
          link.remove();
          loading.delete(name);
          reject(new Error(link.href));
        };
        document.head.append(link);
      }),
    );
  }
  return loading.get(name);
}
