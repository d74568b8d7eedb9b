// What the forms begin with: things that there are, so that the first try finds them.
import { operations } from "./description.js";

const RANKS = ["signed-in", "viewer", "user", "admin"];
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The local service signs what carries it, as Stripe would. */
const TO_BE_SIGNED = "t=now,v1=local";

export class Sample {
  #lists = new Map();
  #token;

  constructor(tenant, role) {
    this.tenant = tenant;
    this.role = role;
  }

  /** What is known before anybody has signed in. */
  static ofDemo() {
    return new Sample("demo");
  }

  /** What somebody may see: their tenant, and of each of its lists that leads to a single thing the entries. */
  static async seenBy(api, description) {
    const tenants = await api.tenants();
    const own = tenants.find(({ domainPrefix }) => domainPrefix === "demo") ?? tenants[0];
    const sample = new Sample(own?.domainPrefix, own?.role);
    const all = operations(description);
    const wanted = new Set(own ? all.map(({ path }) => listAbove(path)).filter(Boolean) : []);
    const readable = all.filter(({ path, method, role }) =>
      method === "get" && wanted.has(path) && RANKS.indexOf(role) <= RANKS.indexOf(own.role));
    await Promise.all(readable.map(async ({ path }) => {
      sample.#lists.set(path, await api.list(path.replace("{tenant}", encodeURIComponent(own.domainPrefix))));
    }));
    sample.#token = (await api.list("/_local/outbox")).find(({ token }) => token)?.token;
    return sample;
  }

  /** What a parameter begins with; undefined for what the description says. */
  value(path, { name, in: where }) {
    if (where === "header") {
      return name === "Stripe-Signature" ? TO_BE_SIGNED : undefined;
    }
    if (where !== "path") {
      return undefined;
    }
    if (name === "tenant") {
      return this.tenant;
    }
    // The last: of people it is no admin, of profiles it is not the default, so that most changes are possible.
    const last = this.#lists.get(listAbove(path))?.at(-1);
    return last?.[name] ?? last?.id;
  }

  /** A body with people, chargers and tokens that there are, in place of made up ones. */
  body(value) {
    const people = [...(this.#lists.get("/tenant/{tenant}/user") ?? [])].reverse();
    const chargers = [...(this.#lists.get("/tenant/{tenant}/charger") ?? [])].reverse();
    const replace = (node) => {
      if (Array.isArray(node)) {
        return node.map(replace);
      }
      if (node === null || typeof node !== "object") {
        return node;
      }
      return Object.fromEntries(Object.entries(node).map(([name, inner]) => {
        if ((name === "id" || name === "userId") && UUID.test(inner)) {
          return [name, people.shift()?.userId ?? inner];
        }
        // The only things that a body names by number.
        if (name === "id" && Number.isInteger(inner)) {
          return [name, chargers.shift()?.id ?? inner];
        }
        return [name, name === "token" ? this.#token ?? inner : replace(inner)];
      }));
    };
    return replace(value);
  }
}

/** The list that the last parameter of a path is from, such as that of profiles for a single one. */
function listAbove(path) {
  return /^(.*[^}])\/\{(?!tenant\})[^{}]+\}$/.exec(path)?.[1];
}
