// The service's API, as far as the pages need it.

/** The API said no: its problem document (RFC 9457), or what there is instead. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.message ?? `The service answered ${status}.`);
    this.status = status;
    this.title = body.title ?? `The service answered ${status}`;
    this.code = body.code;
    this.requestId = body.requestId;
    this.errors = body.errors ?? [];
  }
}

/** Nobody answered. */
export class Unreachable extends Error {}

/** The API as one person sees it, who is known by an e-mail address. */
export class Api {
  #email;
  #token;

  constructor(email) {
    this.#email = email;
  }

  /** The person's own tenants. */
  tenants(signal) {
    return this.list("/tenant", signal);
  }

  /** The windows of a tenant's metrics. @param query `from`, `to`, `interval`, `timeZone`; with `limit`, so many a page */
  windows(tenant, query, signal) {
    return this.list(`/tenant/${encodeURIComponent(tenant)}/metrics?${query}`, signal);
  }

  /** The same as CSV, all its pages under one header line. */
  async csv(tenant, query, signal) {
    let text = "";
    let page = new URL(`/tenant/${encodeURIComponent(tenant)}/metrics?${query}`, location.origin);
    while (page) {
      const answer = await this.#get(page, signal, "text/csv");
      const lines = await answer.text();
      // The line break of RFC 4180 after the header.
      text += text === "" ? lines : lines.slice(lines.indexOf("\n") + 1);
      page = next(answer);
    }
    return text;
  }

  /** A token of this person. */
  async token(signal) {
    this.#token ??= await this.#issue(signal);
    return this.#token;
  }

  /** A list, all its pages. */
  async list(path, signal) {
    const items = [];
    let page = new URL(path, location.origin);
    while (page) {
      const answer = await this.#get(page, signal);
      items.push(...(await answer.json()));
      page = next(answer);
    }
    return items;
  }

  async #get(url, signal, accept) {
    await this.token(signal);
    let answer = await this.#send(url, signal, accept);
    if (answer.status === 401) {
      // Tokens end after an hour, and with the service that issued them.
      this.#token = await this.#issue(signal);
      answer = await this.#send(url, signal, accept);
    }
    return good(answer);
  }

  #send(url, signal, accept = "application/json") {
    return request(url, { headers: { Accept: accept, Authorization: `Bearer ${this.#token}` }, signal });
  }

  async #issue(signal) {
    const answer = await request("/_local/token", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: this.#email }),
      signal,
    });
    return (await (await good(answer)).json()).access_token;
  }
}

async function request(url, options) {
  try {
    return await fetch(url, options);
  } catch (failure) {
    throw failure.name === "AbortError" ? failure : new Unreachable();
  }
}

async function good(answer) {
  if (answer.ok) {
    return answer;
  }
  const text = await answer.text();
  let body = {};
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    // Not JSON: the status has to do.
  }
  throw new Problem(answer.status, body);
}

/** Where the next page is (RFC 8288). A link that leads elsewhere would carry the token there, so it is not followed. */
function next(answer) {
  const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(answer.headers.get("Link") ?? "");
  if (!link) {
    return undefined;
  }
  const url = new URL(link[1], answer.url);
  if (url.origin !== location.origin) {
    throw new Error(`The link to the next page leads to another origin, ${url.origin}.`);
  }
  return url;
}
