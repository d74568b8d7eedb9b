// The service's API, as far as this page needs it.

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

  async #get(url, signal) {
    await this.token(signal);
    let answer = await this.#send(url, signal);
    if (answer.status === 401) {
      // Tokens end after an hour, and with the service that issued them.
      this.#token = await this.#issue(signal);
      answer = await this.#send(url, signal);
    }
    return good(answer);
  }

  #send(url, signal) {
    return request(url, { headers: { Accept: "application/json", Authorization: `Bearer ${this.#token}` }, signal });
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
