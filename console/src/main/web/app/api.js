// Every request to the API goes through here.

import { apiUrl } from "./config.js";
import { isThere, lost, reached } from "./online.js";
import { renew, sessionIsOver, token } from "./session.js";

/** Longer than this nobody waits without being told. */
const LONGEST_WAIT_SECONDS = 5;
const RETRIES = 2;

/** A request that the API refused, or that did not get there: then the code is `offline`. */
export class ApiError extends Error {
  /**
   * @param {{ status: number, code: string, detail: string, errors?: { pointer: string, message: string }[],
   *     requestId?: string, retryAfter?: number }} problem
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

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

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
    try {
      const bearer = await token();
      if (bearer === null) {
        throw ended();
      }
      headers.Authorization = `Bearer ${bearer}`;
      answer = await fetch(apiUrl(path), { method, headers, body, signal: how.signal, cache: "no-store" });
    } catch (failure) {
      if (how.signal?.aborted || failure instanceof ApiError) {
        throw failure;
      }
      // The gateway's own 401 has no CORS headers, so from another origin it looks like a network that is down.
      if (!renewed && apiUrl("").origin !== location.origin && navigator.onLine && (await isThere())) {
        if (await renew().catch(() => false)) {
          renewed = true;
          continue;
        }
        if (sessionIsOver()) {
          throw ended();
        }
      }
      lost();
      throw new ApiError({ status: 0, code: "offline", detail: String(failure) });
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
      await pause(wait ?? 2 ** tries);
      continue;
    }
    if (!answer.ok) {
      // A plain no is over. What may have been done without our knowing keeps its key.
      if (answer.status < 500 && !isForLater) {
        how.intent?.done();
      }
      throw await problem(answer, wait);
    }
    how.intent?.done();
    return {
      status: answer.status,
      data: how.accept ? await answer.text() : answer.status === 204 ? undefined : await answer.json(),
      etag: answer.headers.get("ETag") ?? undefined,
      headers: answer.headers,
      next: /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get("Link") ?? "")?.[1],
    };
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
