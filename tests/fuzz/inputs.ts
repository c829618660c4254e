/** Inputs for the doors: calls that could be valid at this table, most of them made wrong. */
import type { PartyView } from "../../engine/types/view.ts";
import { METHODS } from "../../routes/rpc/registry.ts";
import { candidates } from "../contract/candidates.ts";
import { type Chance, fill, pick } from "../contract/evening.ts";
import { type Guest, OPERATOR_TOKEN } from "../contract/house.ts";
import type { Table } from "../contract/table.ts";
import { mutateBytes, mutateText, mutateValue, type Value } from "./mutate.ts";

export interface Input {
  /** By HTTP to `/rpc`, to `/api/v1/<method>`, or as a frame of a socket. */
  readonly door: "rpc" | "rest" | "frame";
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly path: string;
  readonly verb: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it bears the operator's token. */
  readonly operator: boolean;
}

/** Long answers, long work, or the end of the table: asked for, but seldom as they should be. */
const SELDOM: ReadonlySet<string> = new Set([
  ...["world.create", "rpc.discover", "getAllSpells", "leaveGame", "giveLead", "session.end", "world.end"],
  ...["session.guest", "session.return", "getOptions"],
]);
const SHARE_OF_SELDOM = 0.1;

/** Inputs at the operator's door, half of them with the token that opens it. */
const SHARE_OF_OPERATOR = 0.05;
const ADMIN_METHODS = METHODS.filter(({ who }) => who === "admin");
/** What is tried in the place of the operator's token: parts of it, more than it, somebody else's. */
const KEYS: readonly string[] = [
  OPERATOR_TOKEN.slice(0, -1),
  `${OPERATOR_TOKEN}x`,
  OPERATOR_TOKEN.toUpperCase(),
  `${OPERATOR_TOKEN} x`,
  "operator",
  "",
];

export interface InputMaker {
  readonly table: Table;
  readonly view: PartyView;
  readonly chance: Chance;
  /** The next number of a caller's lane, so that some commands are news. */
  next(guest: Guest, lane: number): number;
}

export function makeInput(maker: InputMaker): Input {
  const { chance, table } = maker;
  const guest = pick([table.leader, table.leader, table.member, table.stranger], chance);
  const operating = chance() < SHARE_OF_OPERATOR;
  const operator = operating && chance() < 0.5;
  const door = operating
    ? pick(["rpc", "rpc", "rest"] as const, chance)
    : pick(["frame", "frame", "frame", "rpc", "rpc", "rest"] as const, chance);
  const batch = chance() < 0.12 && door !== "rest";
  const calls = Array.from(
    { length: batch ? pick([1, 2, 3, 20, 21], chance) : 1 },
    () => call(maker, guest, operating ? ADMIN_METHODS : METHODS),
  );
  const [first] = calls;
  const whole: Value = door === "rest" ? first?.params ?? null : batch ? calls : first ?? null;
  const spoilt = chance() < 0.15 ? mutateValue(whole, chance) : whole;
  const written = JSON.stringify(spoilt);
  const text = chance() < 0.2 ? mutateText(written, chance) : written;
  const body = chance() < 0.04 ? mutateBytes(text, chance) : text;
  const path = door === "rest" ? `/api/v1/${nameOf(first?.method ?? "", chance)}` : "/rpc";
  return {
    door,
    body,
    path,
    verb: chance() < 0.01 ? pick(["PUT", "DELETE", "PATCH"], chance) : "POST",
    operator,
    headers: operating
      ? {
        "content-type": "application/json",
        authorization: `Bearer ${operator ? OPERATOR_TOKEN : pick([...KEYS, guest.token], chance)}`,
      }
      : headersOf(guest, chance),
  };
}

function nameOf(method: string, chance: Chance): string {
  return chance() < 0.05
    ? pick(["constructor", "..%2f", "%00", "v9.ping", "__proto__", "x".repeat(100)], chance)
    : method;
}

function call(maker: InputMaker, guest: Guest, methods: typeof METHODS) {
  const { chance, table, view } = maker;
  let method = pick(methods, chance);
  while (SELDOM.has(method.name) && chance() > SHARE_OF_SELDOM) method = pick(methods, chance);
  const own: Record<string, Value> = chance() < 0.5 || method.kind !== "command"
    ? { ...method.example as { readonly [member: string]: Value } }
    : { ...fill(method, candidates(table, view, guest, chance), chance) as { readonly [member: string]: Value } };
  if ("world" in method.params.shape) own["world"] = table.world;
  if ("cseq" in method.params.shape) {
    // A number far too high would end a lane: many lanes, and such numbers seldom.
    const lane = Math.floor(chance() * 16);
    own["lane"] = lane;
    own["cseq"] = chance() < 0.85 ? maker.next(guest, lane) : Math.floor(chance() * 70);
  }
  // Nobody waits for long here, and one long level is enough.
  if ("waitMs" in own && chance() < 0.9) delete own["waitMs"];
  if (method.name === "world.create") own["name"] = 7;
  const id = pick<Value>([1, 1, 1, "a", 1.5, null, 9_007_199_254_740_991], chance);
  const prefix = chance() < 0.03 ? pick(["v2.", "v0.", "V1.", "rpc."], chance) : pick(["", "v1."], chance);
  const once = chance() < 0.65 ? mutateValue(own, chance) : own;
  const params = chance() < 0.2 ? mutateValue(once, chance) : once;
  return {
    jsonrpc: "2.0",
    ...(chance() < 0.06 ? {} : { id }),
    method: `${prefix}${method.name}`,
    params,
    ...(chance() < 0.1 ? { rid: "fuzz-000001" } : {}),
  };
}

function headersOf(guest: Guest, chance: Chance): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    authorization: `Bearer ${guest.token}`,
  };
  if (chance() > 0.06) return headers;
  switch (Math.floor(chance() * 6)) {
    case 0:
      delete headers["authorization"];
      return headers;
    case 1:
      return {
        ...headers,
        authorization: pick(["Bearer", "Bearer x", "Basic eDp5", `Bearer ${"x".repeat(9_000)}`], chance),
      };
    case 2:
      return { ...headers, "content-type": pick(["text/plain", "application/json; charset=latin1", "x", ""], chance) };
    case 3:
      return { ...headers, origin: pick(["null", "http://evil.test", "http://game.test", "%"], chance) };
    case 4:
      return { ...headers, cookie: pick(["session=x", "session=", "__Host-session=;;=", "a=b; session=%ff"], chance) };
    default:
      return {
        ...headers,
        "content-encoding": pick(["gzip", "br", "identity", "x"], chance),
        "x-request-id": "<x>",
        "accept-language": "*;q=9",
      };
  }
}
