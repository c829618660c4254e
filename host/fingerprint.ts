import { createHash } from "node:crypto";
import type { Json } from "./api.ts";

/** JSON with members sorted by name and without blanks: equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => a < b ? -1 : 1);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
}

/** What a command says, without its number: the same number with another fingerprint is a mistake of the client. */
export function fingerprint(method: string, params: Json): string {
  return createHash("sha256").update(canonicalJson([method, params])).digest("base64url");
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
