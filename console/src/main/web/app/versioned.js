// Changes to what others may change, too (412): nobody's change is written over without being seen.

import { api } from "./api.js";
import { html, useRef, useState } from "./html.js";
import { useAction } from "./resource.js";
import { ConflictDialog } from "./ui/conflict.js";

/** @typedef {{ data: any, etag?: string }} Version of something, as it was read */
/** @typedef {{ name: string, mine: any, theirs: any }} Differing what both changed, in words */

/**
 * Saves changes, or deletes. Where somebody else has changed the same thing meanwhile, both versions are shown, to keep one
 * or the other; where they changed something else, nobody has to choose.
 *
 * @param {{ at: string, seen: Version, differing: (before: any, body: any, now: any) => Differing[],
 *     note?: (before: any, body: any, now: any) => any, area?: string, onSaved: (saved: Version, body: any) => unknown,
 *     onTheirs: (now: Version) => unknown }} how `seen` is what the changes began with; without its version, what is there is
 *     read before anything is written. `differing`: between that, or what was shown when somebody last chose, and what is
 *     there now; none where nobody has to choose. `onTheirs`: one's own changes are given up
 * @returns {{ save: (body: any) => Promise<boolean>, remove: () => Promise<boolean>, busy: boolean, error?: any, clear: () => void,
 *     dialog: any }} `dialog` is drawn by whoever saves
 */
export function useVersioned({ at, seen, differing, note, area, onSaved, onTheirs }) {
  // What is shown stays as it is, whatever `seen` comes to be meanwhile: that is what somebody chooses by.
  const [conflict, setConflict] = useState(/** @type {{ now: Version, body: any, fields: Differing[], note?: any } | null} */ (null));
  const write = useAction(async (body, /** @type {Version} */ from) => {
    let version = from.etag;
    for (let isKnown = version !== undefined; ; isKnown = true) {
      const saved =
        isKnown &&
        (await written(at, body, version).catch((failure) => {
          // What is wrong with a field is said at the field.
          if (failure.errors?.length > 0) {
            setConflict(null);
          }
          throw failure;
        }));
      if (saved) {
        setConflict(null);
        await onSaved(saved, body);
        return;
      }
      const now = await api.get(at);
      const fields = differing(from.data, body, now.data);
      if (fields.length > 0) {
        setConflict({ now, body, fields, note: note?.(from.data, body, now.data) });
        return;
      }
      version = now.etag;
    }
  });
  const close = () => {
    setConflict(null);
    write.clear();
  };
  const theirs = useAction(async (now) => {
    await onTheirs(now);
    close();
  });
  const dialog =
    conflict &&
    html`
      <${ConflictDialog}
        fields=${conflict.fields}
        note=${conflict.note}
        error=${write.error ?? theirs.error}
        area=${area}
        busy=${write.busy || theirs.busy}
        onMine=${() => void write.run(conflict.body, conflict.now)}
        onTheirs=${() => void theirs.run(conflict.now)}
        onClose=${close}
      />
    `;
  return {
    save: (body) => write.run(body, seen),
    remove: () => write.run(undefined, seen),
    busy: write.busy,
    // What did not work while somebody chose is said where they did.
    error: conflict ? undefined : write.error,
    clear: write.clear,
    dialog,
  };
}

/** Nothing where it is another version by now. */
async function written(at, body, ifMatch) {
  try {
    return body === undefined ? await api.delete(at, { ifMatch }) : await api.put(at, body, { ifMatch });
  } catch (failure) {
    if (/** @type {any} */ (failure).code === "precondition_failed") {
      return undefined;
    }
    throw failure;
  }
}

/**
 * What changes began with. It stays while there are some, however often it is read again meanwhile, so that its version is
 * the one that they are of.
 *
 * @param {Version} current
 * @param {boolean} dirty
 */
export function useBegunWith(current, dirty) {
  const kept = useRef(current);
  if (!dirty) {
    kept.current = current;
  }
  return kept.current;
}

/** Whether it is the same, as the API has it: text, number, list or object. */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The names of what both changed, and not to the same. */
export const changedByBoth = (before, body, now) =>
  Object.keys(body).filter((it) => !same(body[it], now[it]) && !same(before[it], now[it]));
