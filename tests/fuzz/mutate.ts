/** Valid input made wrong: somewhere inside its value, or in the text it is sent as. */
import { type Chance, pick } from "../contract/evening.ts";

type Value = null | boolean | number | string | readonly Value[] | { readonly [member: string]: Value };

const long = "x".repeat(5_000);
const deep = (levels: number): Value => levels === 0 ? 1 : [deep(levels - 1)];

/** What may stand where something else is expected. */
const STRANGE: readonly Value[] = [
  ...[null, true, false, 0, -0, -1, 1, 1.5, 63, 64, 65, 1e21, 1e308, -1e308, 2 ** 31, 2 ** 53, -(2 ** 53), 5e-324],
  ...[
    "",
    " ",
    "x",
    "0",
    "null",
    long,
    "\u0000",
    "\u202e",
    "\ud83d\ude00",
    "e\u0301",
    "\ufeff",
    "__proto__",
    "constructor",
  ],
  ...["../../etc/passwd", "<script>", "'; DROP TABLE kv", "%00", "${7*7}", "a\nb", "w_none", "c_none", "n_1", "i_1"],
  ...[
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    { length: 1e9 },
    { toString: 1 },
    { then: 1 },
    { type: "Step" },
    deep(3),
    deep(17),
    deep(40),
  ],
];
const NAMES = [
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "extra",
  "",
  "id",
  "jsonrpc",
  "world",
  "cseq",
  "\u0000",
];

/** The value with something in it changed, somewhere. */
export function mutateValue(value: Value, chance: Chance): Value {
  if (chance() < 0.15 || typeof value !== "object" || value === null) return strange(value, chance);
  if (isList(value)) {
    if (value.length === 0 || chance() < 0.25) return grow(value, chance);
    const at = Math.floor(chance() * value.length);
    return value.map((one, i) => i === at ? mutateValue(one, chance) : one);
  }
  const members = Object.entries(value);
  const one = members.length === 0 ? undefined : pick(members, chance);
  if (one === undefined || chance() < 0.15) return { ...value, [pick(NAMES, chance)]: pick(STRANGE, chance) };
  const [name, old] = one;
  if (chance() < 0.2) return Object.fromEntries(members.filter(([other]) => other !== name));
  if (chance() < 0.1) {
    return Object.fromEntries(members.map(([other, it]) => [other === name ? `${name}s` : other, it]));
  }
  return { ...value, [name]: mutateValue(old, chance) };
}

function strange(value: Value, chance: Chance): Value {
  if (typeof value === "number" && chance() < 0.5) {
    return pick([value + 1, value - 1, -value, value * 1e6, value + 0.5], chance);
  }
  if (typeof value === "string" && chance() < 0.4) {
    return pick([
      value.slice(0, -1),
      `${value}${value}`,
      value.toUpperCase(),
      `${value}\u0000`,
      ` ${value}`,
      long + value,
    ], chance);
  }
  return pick(STRANGE, chance);
}

function grow(value: readonly Value[], chance: Chance): Value {
  const one = value[0] ?? pick(STRANGE, chance);
  return Array.from({ length: pick([0, 1, 2, 21, 65, 300], chance) }, () => one);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

const SPLINTERS = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\\",
  "\\u0000",
  "\\ud800",
  "1e400",
  "-",
  "NaN",
  "//",
  "\u0000",
  "\ud800",
  "\ufffe",
];
const KEYS = [
  '"__proto__":{"admin":true},',
  '"\\u005f_proto__":1,',
  '"params":{},',
  '"id":1,',
  '"cseq":1,',
  '"method":"ping",',
  '"jsonrpc":"2.0",',
];

/** The text cut, repeated, splintered, with a member twice or with a forbidden one. */
export function mutateText(text: string, chance: Chance): string {
  const at = Math.floor(chance() * (text.length + 1));
  const to = Math.min(text.length, at + Math.floor(chance() * 20));
  switch (Math.floor(chance() * 8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3:
      return text.slice(0, at) + pick(SPLINTERS, chance) + text.slice(to);
    case 4:
    case 5: {
      const brace = text.indexOf("{", at) === -1 ? text.indexOf("{") : text.indexOf("{", at);
      return brace === -1 ? text : text.slice(0, brace + 1) + pick(KEYS, chance) + text.slice(brace + 1);
    }
    case 6:
      return pick(["\ufeff", " \n\t", "\u00a0", "[", "null", ")]}'"], chance) + text;
    default:
      return text.replace(
        /-?\d+/,
        pick(["1e400", "9007199254740993", "-0", "0x10", "01", "1.", "1e999999999", "Infinity"], chance),
      );
  }
}

/** Its bytes, one of them another: most often no UTF-8 any more. */
export function mutateBytes(text: string, chance: Chance): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 0) bytes[Math.floor(chance() * bytes.length)] = 128 + Math.floor(chance() * 128);
  return bytes;
}

export type { Value };
