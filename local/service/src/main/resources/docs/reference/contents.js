// The list of all endpoints, by tag, and the search in it.
import { byId, element } from "./dom.js";
import { operations } from "./description.js";

export class Contents {
  #entries;
  #groups;

  /** @param open what a choice does */
  constructor(description, open) {
    const all = operations(description);
    this.#entries = all.map((it) => ({ ...it, link: link(it, open), words: words(it) }));
    this.#groups = description.tags.map(({ name }) => {
      const links = this.#entries.filter(({ tag }) => tag === name).map(({ link: it }) => element("li", {}, it));
      return element("section", {}, element("h2", {}, name), element("ul", {}, ...links));
    });
    byId("endpoints").replaceChildren(...this.#groups);
    const search = byId("search");
    search.addEventListener("input", () => this.#filter(search.value));
    search.addEventListener("keydown", (event) => this.#onKey(event));
    addEventListener("keydown", (event) => focusSearch(event, search));
  }

  /** Shows what has each of the words. */
  #filter(text) {
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { link: it, words: has } of this.#entries) {
      it.parentElement.hidden = !wanted.every((word) => has.includes(word));
    }
    for (const group of this.#groups) {
      group.hidden = [...group.querySelectorAll("li")].every(({ hidden }) => hidden);
    }
    const number = this.#visible().length;
    byId("found").textContent = wanted.length === 0 ? "" : number === 1 ? "1 endpoint" : `${number} endpoints`;
  }

  #onKey(event) {
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      const [first] = this.#visible();
      event.key === "Enter" ? first?.link.click() : first?.link.focus();
    }
  }

  #visible() {
    return this.#entries.filter(({ link: it }) => !it.parentElement.hidden);
  }
}

function link(it, open) {
  const made = element(
    "a",
    { href: `#/${encodeURIComponent(it.tag)}/${encodeURIComponent(it.operationId)}`, title: it.path },
    element("span", { class: `method method-${it.method}` }, it.method.toUpperCase()),
    element("span", {}, it.summary));
  made.addEventListener("click", (event) => {
    event.preventDefault();
    open(it);
  });
  return made;
}

function words({ method, path, summary, operationId, tag }) {
  return `${method} ${path} ${summary} ${operationId} ${tag}`.toLowerCase();
}

function focusSearch(event, search) {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    byId("contents").open = true;
    search.focus();
  }
}
