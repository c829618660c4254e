import { createHash } from "node:crypto";
import type { Json } from "./api.ts";

/** JSON with members sorted by name and without blanks: equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  let members = "";
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member === undefined) continue;
    members += `${members === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** Up to this length a command is its own fingerprint: shorter than a digest with its key, and free. */
const VERBATIM_CHARS = 128;

/**
 * What a command says, without its number: the same number with another fingerprint is a mistake of the client. The
 * canonical text itself where it is short, else its SHA-256.
 */
export function fingerprint(method: string, params: Json): string {
  const text = canonicalJson([method, params]);
  return text.length <= VERBATIM_CHARS ? text : digest(text);
}

/** Whether a stored fingerprint is that of a command; receipts of the first version hold digests of short texts too. */
export function isFingerprintOf(stored: string, fingerprint: string): boolean {
  return stored === fingerprint || (fingerprint.startsWith("[") && stored === digest(fingerprint));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
