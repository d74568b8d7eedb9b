// Every request to the API goes through here.

import { apiUrl } from "./config.js";
import { isThere, lost, reached } from "./online.js";
import { mayBeOver, renew, sessionIsOver, token } from "./session.js";

/** Longer than this nobody waits without being told. */
const LONGEST_WAIT_SECONDS = 5;
const RETRIES = 2;
/** The gateway gives up after 30 seconds: what takes longer has got lost on its way. */
const LONGEST_MILLIS = 35_000;

/** A request that the API refused, or that did not get there: then the code is `offline`. */
export class ApiError extends Error {
  /**
   * @param {{ status: number, code: string, detail: string, errors?: { pointer: string, message: string }[],
   *     requestId?: string, retryAfter?: number, isRead?: boolean }} problem
   */
  constructor(problem) {
    super(problem.detail);
    this.name = "ApiError";
    this.status = problem.status;
    /** Branch on this. */
    this.code = problem.code;
    this.detail = problem.detail;
    /** What is wrong with the request, by JSON Pointer. */
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
    /** In how many seconds to try again. */
    this.retryAfter = problem.retryAfter;
    /** Whether nothing can have been changed by it, whatever became of it. */
    this.isRead = problem.isRead;
  }
}

/**
 * What somebody means to do once, however often it has to be sent: a key for the same body, a new one for another.
 *
 * @returns {{ key: (body: string) => string, done: () => void }}
 */
export function newIntent() {
  let key = "";
  let of = "";
  return {
    key(body) {
      if (!key || of !== body) {
        key = crypto.randomUUID();
        of = body;
      }
      return key;
    },
    done() {
      key = "";
    },
  };
}

/**
 * @typedef {object} Answer
 * @property {any} data what was answered
 * @property {string} [etag] the version, for `ifMatch`
 * @property {string} [next] the path of the next page
 * @property {number} status
 * @property {Headers} headers
 */

/**
 * @typedef {object} How
 * @property {any} [body] sent as JSON
 * @property {string} [ifMatch] the version that may be changed
 * @property {ReturnType<typeof newIntent>} [intent] of a POST that may have to be repeated
 * @property {AbortSignal} [signal]
 * @property {string} [accept] another media type, answered as text
 */

/** Nobody waits for the person to sign in again: whoever asked is told, and asks again. */
const ended = () => new ApiError({ status: 401, code: "session_ended", detail: "The session has ended." });

/** What did not get there, or whose answer did not. */
const offline = (failure, method) => {
  lost();
  return new ApiError({ status: 0, code: "offline", detail: String(failure), isRead: method === "GET" });
};

/**
 * @param {number} seconds
 * @param {AbortSignal} [signal] ends it with its reason, as it ends a request
 */
const pause = (seconds, signal) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve(undefined);
    }, seconds * 1000);
    signal?.addEventListener("abort", end, { once: true });
  });

/**
 * @param {string} method
 * @param {string} path
 * @param {How} how
 * @returns {Promise<Answer>}
 */
async function request(method, path, how = {}) {
  const body = how.body === undefined ? undefined : JSON.stringify(how.body);
  /** @type {Record<string, string>} */
  const headers = { Accept: how.accept ?? "application/json" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (how.ifMatch) {
    headers["If-Match"] = how.ifMatch;
  }
  if (method === "POST") {
    headers["Idempotency-Key"] = (how.intent ?? newIntent()).key(body ?? "");
  }
  let renewed = false;
  for (let tries = 0; ; tries++) {
    /** @type {Response} */
    let answer;
    // For each attempt, and for its answer to the end.
    const limit = AbortSignal.timeout(LONGEST_MILLIS);
    const signal = how.signal ? AbortSignal.any([how.signal, limit]) : limit;
    try {
      const bearer = await token();
      if (bearer === null) {
        throw ended();
      }
      headers.Authorization = `Bearer ${bearer}`;
      answer = await fetch(apiUrl(path), { method, headers, body, signal, cache: "no-store" });
    } catch (failure) {
      if (how.signal?.aborted || failure instanceof ApiError) {
        throw failure;
      }
      // What the gateway itself refuses has no CORS headers, so from another origin it looks like a network that is down. A
      // token that is not taken is only one of the reasons.
      if (failure instanceof TypeError && apiUrl("").origin !== location.origin && navigator.onLine && (await isThere())) {
        // Nothing where the provider can't be reached: then it has refused nobody.
        const fresh = renewed ? false : await renew().catch(() => undefined);
        if (fresh) {
          renewed = true;
          continue;
        }
        if (fresh === false && mayBeOver() && sessionIsOver()) {
          throw ended();
        }
        throw new ApiError({ status: 0, code: "unavailable", detail: String(failure) });
      }
      throw offline(failure, method);
    }
    reached();
    if (answer.status === 401) {
      if (!renewed && (await renew().catch(() => false))) {
        renewed = true;
        continue;
      }
      if (sessionIsOver()) {
        throw ended();
      }
    }
    const wait = Number(answer.headers.get("Retry-After")) || undefined;
    // 409 says when to come again if the first request with this key is still at work.
    const isForLater = answer.status === 429 || answer.status === 503 || (answer.status === 409 && wait !== undefined);
    if (isForLater && tries < RETRIES && (wait ?? 1) <= LONGEST_WAIT_SECONDS) {
      await pause(wait ?? 2 ** tries, how.signal);
      continue;
    }
    if (!answer.ok) {
      // A plain no is over. What may have been done without our knowing keeps its key.
      if (answer.status < 500 && !isForLater) {
        how.intent?.done();
      }
      throw await problem(answer, wait);
    }
    const data = await read(answer, method, how);
    // Not before it is read: what was answered and got lost may be asked again with its key.
    how.intent?.done();
    return {
      status: answer.status,
      data,
      etag: answer.headers.get("ETag") ?? undefined,
      headers: answer.headers,
      next: /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get("Link") ?? "")?.[1],
    };
  }
}

/**
 * What a good answer holds. What is no JSON comes from something between here and the API.
 *
 * @param {Response} answer
 * @param {string} method
 * @param {How} how
 */
async function read(answer, method, { accept, signal }) {
  let text;
  try {
    text = await answer.text();
  } catch (failure) {
    throw signal?.aborted ? failure : offline(failure, method);
  }
  if (accept) {
    return text;
  }
  try {
    return answer.status === 204 ? undefined : JSON.parse(text);
  } catch (failure) {
    throw new ApiError({
      status: answer.status,
      code: "unknown",
      detail: String(failure),
      requestId: answer.headers.get("X-Request-Id") ?? undefined,
    });
  }
}

/** RFC 9457, or whatever a proxy says. */
async function problem(answer, retryAfter) {
  const body = await answer.json().catch(() => ({}));
  return new ApiError({
    status: answer.status,
    code: body.code ?? "unknown",
    detail: body.detail ?? body.message ?? answer.statusText,
    errors: body.errors,
    requestId: body.requestId ?? answer.headers.get("X-Request-Id") ?? undefined,
    retryAfter,
  });
}

/** Fills a path: path`/tenant/${tenant}/user`. */
export const path = (strings, ...values) => String.raw({ raw: strings }, ...values.map((it) => encodeURIComponent(it)));

export const api = {
  /** @param {string} at @param {How} [how] */
  get: (at, how) => request("GET", at, how),
  /** @param {string} at @param {any} body @param {How} [how] */
  post: (at, body, how) => request("POST", at, { ...how, body }),
  /** @param {string} at @param {any} body @param {How} [how] */
  put: (at, body, how) => request("PUT", at, { ...how, body }),
  /** @param {string} at @param {How} [how] */
  delete: (at, how) => request("DELETE", at, how),
};
