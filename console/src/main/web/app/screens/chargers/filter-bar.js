// Which chargers are to be seen.

import { html, useEffect, useRef, useState } from "../../html.js";
import { t } from "../../texts.js";
import { Button } from "../../ui/button.js";
import { Select } from "../../ui/fields.js";
import { Icon } from "../../ui/icon.js";
import { isFiltered } from "./query.js";

/** Long enough that a word that is being typed is one question. */
const TYPING_MILLIS = 250;

/**
 * @param {{ filters: Record<string, string>, profiles: ReturnType<typeof import("./profiles.js").useProfiles>,
 *     onFilters: (filters: Record<string, string>) => void }} properties
 */
export function FilterBar({ filters, profiles, onFilters }) {
  const set = (name) => (value) => onFilters({ ...filters, [name]: value });
  // Whatever is still being typed goes with the rest.
  const [cleared, setCleared] = useState(0);
  const clear = () => {
    setCleared(cleared + 1);
    onFilters({});
  };
  return html`
    <div class="filters" role="search" aria-label=${t("chargers.filters")}>
      <${Search} key=${cleared} value=${filters.identity} onSearch=${set("identity")} />
      <${Select}
        hideLabel
        name="online"
        label=${t("chargers.state")}
        value=${filters.online}
        onInput=${set("online")}
        options=${[
          ["", t("chargers.filter.anyState")],
          ["true", t("chargers.online")],
          ["false", t("chargers.filter.offline")],
        ]}
      />
      <${Select}
        hideLabel
        name="profileId"
        label=${t("chargers.profile")}
        value=${filters.profileId}
        onInput=${set("profileId")}
        options=${[["", t("chargers.filter.anyProfile")], ...profiles.options]}
      />
      <${Select}
        hideLabel
        name="blocked"
        label=${t("chargers.blocked")}
        value=${filters.blocked}
        onInput=${set("blocked")}
        options=${[
          ["", t("chargers.filter.blockedOrNot")],
          ["true", t("chargers.blocked")],
          ["false", t("chargers.filter.notBlocked")],
        ]}
      />
      ${isFiltered(filters) && html`<${Button} kind="quiet" icon="close" onClick=${clear}>${t("chargers.filter.clear")}</${Button}>`}
    </div>
  `;
}

/** @param {{ value: string, onSearch: (text: string) => void }} properties */
function Search({ value, onSearch }) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  // Another filter may be chosen before the time is up.
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => {
    // The address changed by itself: somebody went back, or cleared everything.
    if (value !== sent.current) {
      clearTimeout(timer.current);
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const input = (text) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const wanted = text.trim();
      if (wanted !== sent.current && isAsked(wanted)) {
        sent.current = wanted;
        latest.current(wanted);
      }
    }, TYPING_MILLIS);
  };
  const fault = isAsked(typed.trim()) ? undefined : t("chargers.search.fault");
  return html`
    <div class="field search">
      <label for="field-search" class="only-read">${t("chargers.search")}</label>
      <${Icon} name="search" />
      <input
        id="field-search"
        type="search"
        class="input"
        placeholder=${t("chargers.search")}
        value=${typed}
        autocomplete="off"
        spellcheck=${false}
        aria-invalid=${fault ? "true" : undefined}
        aria-describedby=${fault ? "field-search-error" : undefined}
        onInput=${(event) => input(event.currentTarget.value)}
      />
      ${fault && html`<p class="field-error" id="field-search-error"><span>${fault}</span></p>`}
    </div>
  `;
}

/** No identity has other characters, so the API does not take them. */
const isAsked = (text) => /^[ -~]{0,48}$/.test(text);
