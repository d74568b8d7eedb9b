// Who is signed in. Tokens are in memory alone, so a page that is loaded anew asks the identity provider, without a word to
// the person where it still knows them; only that somebody was signed in here is remembered, and nothing about them.

import { base, config } from "./config.js";
import { current, giveUpChanges, mayLeave } from "./router.js";
import { store } from "./store.js";

/**
 * @typedef {object} Person
 * @property {string} sub
 * @property {string} email
 * @property {string} name
 */

/** @type {ReturnType<typeof store<Person | null>>} */
export const person = store(null);

/** Whether the session has ended where nothing can be renewed: then what is open stays, and the person signs in beside it. */
export const ended = store(false);

/** Whether the question to sign in again was put aside: to look at what is open, say. */
export const endedAside = store(false);

const WAS_HERE = "tenantry.signedIn";
/** A token that is about to expire would be refused when it arrives. */
const MARGIN_SECONDS = 30;

const FRESH_MILLIS = 10_000;
/** In the state that a window of its own is led back with. */
const BESIDE = "beside";

/** What the tabs of a browser tell each other: that somebody signed out, or where a window was led back to. No token. */
const tabs = new BroadcastChannel(`tenantry${base.pathname}`);

/** When somebody last signed in for this page, by its own clock. */
let arrived = -Infinity;
/** @type {any} */
let manager;
/** @type {any} */
let user = null;
/** When the ID token ends, by this machine's clock. */
let ends = 0;
/** By how much the provider's clock is ahead of this machine's, in milliseconds. */
let ahead = 0;
/** Whether the provider gave no new tokens for those that are here. */
let refused = false;
/** @type {Promise<boolean> | null} */
let renewal = null;

function start() {
  const { UserManager, WebStorageStateStore, InMemoryWebStorage } = /** @type {any} */ (globalThis).oidc;
  manager = new UserManager(
    {
      authority: config.issuer,
      client_id: config.clientId,
      redirect_uri: signedInUrl(),
      post_logout_redirect_uri: base.href,
      response_type: "code",
      scope: config.scope,
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      // What a sign-in needs to be finished with, and no token. In the session, so that two tabs don't meet.
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
      automaticSilentRenew: false,
      monitorSession: false,
    },
    undefined,
    { prepare: async () => besideWindow(), callback: async () => {} },
  );
  tabs.addEventListener("message", ({ data }) => {
    if (data?.signedOut === true && user) {
      void forget();
    }
  });
}

/**
 * A window of its own to sign in, as the library wants one. It says by the tabs' channel where it was led back to: policies of
 * the provider's pages, and our own, part it from the window that opened it. What it says is worth nothing without the
 * verifier that is here.
 */
function besideWindow() {
  // Before anything is waited for: only what a press opens is not blocked.
  const opened = open("about:blank", "_blank", "popup,width=520,height=720");
  if (!opened) {
    throw Object.assign(new Error("The browser let no window be opened."), { code: "popup_blocked" });
  }
  const listening = new AbortController();
  return {
    navigate: ({ url, state }) =>
      new Promise((resolve) => {
        tabs.addEventListener("message", ({ data }) => isBack(data?.back, state) && resolve({ url: data.back }), {
          signal: listening.signal,
        });
        opened.location.replace(url);
      }),
    close: () => listening.abort(),
  };
}

/** Where the provider leads back to. */
const signedInUrl = () => new URL("signed-in", base).href;

/** `id;beside`, or `id` alone. */
const stateOf = (url) => (new URL(url).searchParams.get("state") ?? "").split(";");

/**
 * Whether it is the address that this very sign-in was led back to. Only pages of this origin hear each other on the channel;
 * another window's sign-in, or what is no such address, is not for us all the same.
 */
const isBack = (url, state) =>
  typeof url === "string" && url.split("?")[0] === signedInUrl() && stateOf(url)[0] === state && stateOf(url)[1] === BESIDE;

function keep(next) {
  if (next && next.id_token !== user?.id_token) {
    // By how long it is good, since the clocks of two machines differ.
    ends = Date.now() + (next.profile.exp - next.profile.iat) * 1000;
    ahead = next.profile.iat * 1000 - Date.now();
    refused = false;
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
 * @returns {Promise<{ path?: string, failure?: string, leaving?: boolean, beside?: boolean }>} where to go on from a sign-in,
 *     why nobody is signed in, that the browser is on its way to the identity provider, or that another window goes on
 */
export async function startSession() {
  start();
  if (location.origin + location.pathname === signedInUrl()) {
    if (stateOf(location.href)[1] === BESIDE) {
      tabs.postMessage({ back: location.href });
      window.close();
      return { beside: true };
    }
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
    arrived = performance.now();
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

/**
 * Signs in again in a window of its own, while this page stays as it is.
 *
 * @throws where the browser lets no window be opened (`popup_blocked`), or the provider refuses
 */
export async function signInBeside() {
  const before = user?.profile.sub;
  const next = await manager.signinPopup({ url_state: BESIDE });
  if (next.profile.sub !== before) {
    // What was typed is another person's.
    giveUpChanges();
    location.replace(base.href);
    return;
  }
  keep(next);
  arrived = performance.now();
  ended.set(false);
}

/** Ends the session here, in the other tabs and at the identity provider, unless there are changes that somebody wants to keep. */
export async function signOut() {
  // Before the other tabs are told: the browser's own question comes too late to take that back.
  if (!(await mayLeave())) {
    return;
  }
  const idToken = user?.id_token;
  localStorage.removeItem(WAS_HERE);
  tabs.postMessage({ signedOut: true });
  try {
    await manager.signoutRedirect({ id_token_hint: idToken });
  } catch {
    // A provider that says no address for it: it is over here, at least.
    await forget();
  }
}

async function forget() {
  keep(null);
  ended.set(false);
  await manager.removeUser();
}

/**
 * What time it is where the service is, in milliseconds: a machine's own clock may be minutes off. It is told by the token, which
 * has just been issued when it comes; the Date header is not shown to another origin.
 */
export const now = () => Date.now() + ahead;

const isOver = () => Date.now() > ends - MARGIN_SECONDS * 1000;

/**
 * The token for the API: the ID token, which has the e-mail address with every provider.
 *
 * @returns {Promise<string | null>} null where the session has ended: from another origin the API's refusal could not be told
 *     from a network that is down
 * @throws where the identity provider can't be reached
 */
export async function token() {
  if (!user) {
    return "";
  }
  if (ended.get() || (isOver() && !(await renew()) && sessionIsOver())) {
    return null;
  }
  return user?.id_token ?? "";
}

/**
 * Gets new tokens. Whoever asks meanwhile gets the same answer.
 *
 * @returns {Promise<boolean>} false where there are none to be had
 * @throws where the identity provider can't be reached
 */
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
  } catch (failure) {
    if (failure instanceof TypeError || failure instanceof /** @type {any} */ (globalThis).oidc.ErrorTimeout) {
      throw failure;
    }
    refused = true;
    return false;
  }
}

/** Whether anything but an answer of the API tells that the session has ended: its time, or the provider. */
export const mayBeOver = () => refused || isOver();

/**
 * Where tokens can't be renewed: says that the session has ended.
 *
 * @returns false where somebody just signed in: the API takes no token of theirs, and another would lead round in circles
 */
export function sessionIsOver() {
  if (!user || performance.now() - arrived < FRESH_MILLIS) {
    return false;
  }
  if (!ended.get()) {
    endedAside.set(false);
  }
  ended.set(true);
  return true;
}
