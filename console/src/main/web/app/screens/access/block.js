// IP addresses and blocks, read as strictly as the API reads them: to tell before anything is sent whom they let in.

const V4_BITS = 32;
const V6_BITS = 128;
const MAPPED = 0xffffn;

/** @typedef {{ bits: number, prefix: number, value: bigint }} Block of `bits` bits, the first `prefix` of which count */

/**
 * @param {string} text
 * @returns {{ block?: Block, fault?: "form" | "host" | "all" | "prefix", meant?: string }} `meant` is the block that somebody
 *     probably meant whose address has bits beyond its prefix
 */
export function read(text) {
  const [address, length, more] = text.trim().split("/");
  let at = addressOf(address);
  if (!at || more !== undefined || (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length))) {
    return { fault: "form" };
  }
  let prefix = length === undefined ? at.bits : Number(length);
  if (prefix > at.bits) {
    return { fault: "prefix" };
  }
  if (at.bits === V6_BITS && at.value >> 32n === MAPPED && prefix >= 96) {
    at = { bits: V4_BITS, value: at.value & 0xffffffffn };
    prefix -= 96;
  }
  const block = { bits: at.bits, prefix, value: masked(at, prefix) };
  if (prefix === 0) {
    return { fault: "all" };
  }
  return block.value === at.value ? { block } : { fault: "host", meant: write(block) };
}

/** Whether all of one is in the other. */
export const holds = (outer, inner) =>
  outer.bits === inner.bits && outer.prefix <= inner.prefix && masked(inner, outer.prefix) === outer.value;

export const same = (a, b) => a.bits === b.bits && a.prefix === b.prefix && a.value === b.value;

const masked = ({ bits, value }, prefix) => (value >> BigInt(bits - prefix)) << BigInt(bits - prefix);

function addressOf(text) {
  return text.includes(":") ? v6(text) : v4(text);
}

function v4(text) {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((it) => /^(0|[1-9]\d{0,2})$/.test(it) && Number(it) < 256)) {
    return undefined;
  }
  return { bits: V4_BITS, value: parts.reduce((sum, it) => (sum << 8n) | BigInt(it), 0n) };
}

function v6(text) {
  let plain = text;
  const tail = /^(.*:)([\d.]+\.[\d.]+)$/.exec(text);
  if (tail) {
    const last = v4(tail[2]);
    if (!last) {
      return undefined;
    }
    plain = `${tail[1]}${(last.value >> 16n).toString(16)}:${(last.value & 0xffffn).toString(16)}`;
  }
  const halves = plain.split("::");
  if (halves.length > 2) {
    return undefined;
  }
  const groups = halves.map((it) => (it === "" ? [] : it.split(":")));
  const given = groups.flat();
  const left = 8 - given.length;
  if (!given.every((it) => /^[0-9a-f]{1,4}$/i.test(it)) || (halves.length === 1 ? left !== 0 : left < 1)) {
    return undefined;
  }
  const all = halves.length === 1 ? given : [...groups[0], ...Array(left).fill("0"), ...groups[1]];
  return { bits: V6_BITS, value: all.reduce((sum, it) => (sum << 16n) | BigInt(`0x${it}`), 0n) };
}

/** As somebody can type it again; the API shortens it further. */
function write({ bits, prefix, value }) {
  const size = bits === V4_BITS ? 8n : 16n;
  const count = bits === V4_BITS ? 4 : 8;
  const parts = Array.from({ length: count }, (_, i) => (value >> (size * BigInt(count - 1 - i))) & ((1n << size) - 1n));
  if (bits === V4_BITS) {
    return `${parts.join(".")}/${prefix}`;
  }
  // The zeros at the end are what a block has.
  const used = parts.findLastIndex((it) => it !== 0n) + 1;
  const hex = parts.map((it) => it.toString(16));
  return `${used < 7 ? `${hex.slice(0, used).join(":")}::` : hex.join(":")}/${prefix}`;
}
