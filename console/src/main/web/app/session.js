// Who is signed in. Tokens are in memory alone, so a page that is loaded anew asks the identity provider, without a word to
// the person where it still knows them; only that somebody was signed in here is remembered, and nothing about them.

import { base, config } from "./config.js";
import { current } from "./router.js";
import { store } from "./store.js";

/**
 * @typedef {object} Person
 * @property {string} sub
 * @property {string} email
 * @property {string} name
 */

/** @type {ReturnType<typeof store<Person | null>>} */
export const person = store(null);

const WAS_HERE = "tenantry.signedIn";
/** A token that is about to expire would be refused when it arrives. */
const MARGIN_SECONDS = 30;

const FRESH_MILLIS = 10_000;

/** Whether this page began with a sign-in. */
let arrived = false;
/** @type {any} */
let manager;
/** @type {any} */
let user = null;
/** When the ID token ends, by this machine's clock. */
let ends = 0;
/** @type {Promise<boolean> | null} */
let renewal = null;

function start() {
  const { UserManager, WebStorageStateStore, InMemoryWebStorage } = /** @type {any} */ (globalThis).oidc;
  manager = new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: new URL("signed-in", base).href,
    post_logout_redirect_uri: base.href,
    response_type: "code",
    scope: config.scope,
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    // What a sign-in needs to be finished with, and no token. In the session, so that two tabs don't meet.
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: false,
    monitorSession: false,
  });
}

function keep(next) {
  if (next && next.id_token !== user?.id_token) {
    // By how long it is good, since the clocks of two machines differ.
    ends = Date.now() + (next.profile.exp - next.profile.iat) * 1000;
  }
  user = next;
  if (next) {
    localStorage.setItem(WAS_HERE, "yes");
    const { sub, email = "", name, given_name: given, family_name: family } = next.profile;
    const called = name || [given, family].filter(Boolean).join(" ") || email;
    const before = person.get();
    if (!before || before.sub !== sub || before.email !== email || before.name !== called) {
      person.set({ sub, email, name: called });
    }
  } else {
    person.set(null);
  }
}

/**
 * Finds out who is here, once.
 *
 * @returns {Promise<{ path?: string, failure?: string, leaving?: boolean }>} where to go on from a sign-in, why nobody is
 *     signed in, or that the browser is on its way to the identity provider
 */
export async function startSession() {
  start();
  if (location.pathname === new URL("signed-in", base).pathname) {
    return finish();
  }
  if (localStorage.getItem(WAS_HERE)) {
    await signIn({ prompt: "none" });
    return { leaving: true };
  }
  return {};
}

async function finish() {
  try {
    const next = await manager.signinCallback();
    keep(next);
    arrived = true;
    return { path: next.state?.path ?? "/" };
  } catch (problem) {
    const failure = /** @type {any} */ (problem);
    const path = failure.state?.path ?? "/";
    localStorage.removeItem(WAS_HERE);
    const silent = ["login_required", "interaction_required", "consent_required", "account_selection_required"];
    // Nobody to go on with is no failure, and neither is somebody who went back, or a page that was loaded twice.
    const unasked = ["No state in response", "No matching state found in storage"];
    const quiet = silent.includes(failure.error) || failure.error === "access_denied" || unasked.includes(failure.message);
    return { path, failure: quiet ? undefined : failure.error_description || failure.message };
  }
}

/**
 * Leads to the identity provider, and from there back to where one was.
 *
 * @param {{ prompt?: string, path?: string }} [how]
 */
export async function signIn({ prompt, path = current() } = {}) {
  await manager.signinRedirect({ prompt, state: { path } });
}

/** Ends the session here and at the identity provider. */
export async function signOut() {
  const idToken = user?.id_token;
  localStorage.removeItem(WAS_HERE);
  try {
    await manager.signoutRedirect({ id_token_hint: idToken });
  } catch {
    // A provider that says no address for it: it is over here, at least.
    await manager.removeUser();
    keep(null);
  }
}

const isOver = () => Date.now() > ends - MARGIN_SECONDS * 1000;

/**
 * The token for the API: the ID token, which has the e-mail address with every provider. Where it has ended and can't be
 * renewed, the person signs in again: from another origin the API's refusal could not be told from a network that is down.
 */
export async function token() {
  if (!user) {
    return "";
  }
  if (isOver()) {
    await renew();
    if (isOver()) {
      await signInAgain();
    }
  }
  return user?.id_token ?? "";
}

/** Gets new tokens. Whoever asks meanwhile gets the same answer. */
export function renew() {
  renewal ??= renewOnce().finally(() => {
    renewal = null;
  });
  return renewal;
}

async function renewOnce() {
  if (!user?.refresh_token) {
    return false;
  }
  try {
    keep(await manager.signinSilent());
    return true;
  } catch {
    return false;
  }
}

/**
 * Where tokens can't be renewed: signs in again, without a question if the provider still knows who it is.
 *
 * @returns false where somebody just did: the API takes no token of theirs, and another would lead round in circles
 */
export async function signInAgain() {
  if (performance.now() < FRESH_MILLIS && arrived) {
    return false;
  }
  await signIn();
  // The browser is leaving. Whoever waits for this waits until it has.
  return new Promise(() => {});
}
