import { z } from "zod";
import type { Cells } from "./cells.ts";
import { encodeValue } from "./codec.ts";
import { metaSigningKey } from "./keys.ts";
import { readRecord } from "./records.ts";

const ALGORITHM = "Ed25519";
const hexOf = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
/** `private` is the key in PKCS #8, as hex digits; 48 bytes for this algorithm. */
const record = z.object({ private: hexOf(48), public: hexOf(32) });

/** The key by which a store signs what it gives away. */
export interface SigningKey {
  /** 32 bytes as hex digits: goes into every file, and tells two stores apart. */
  readonly publicKey: string;
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
}

/** Makes the store's key when it has none yet. */
export async function ensureSigningKey(cells: Cells): Promise<void> {
  if (await cells.get(metaSigningKey) !== undefined) return;
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError("Cannot make a signing key as the runtime gave no pair");
  const value = {
    private: toHex(await crypto.subtle.exportKey("pkcs8", pair.privateKey)),
    public: toHex(await crypto.subtle.exportKey("raw", pair.publicKey)),
  };
  await cells.commit([{ key: metaSigningKey, stamp: null }], [{ key: metaSigningKey, value: encodeValue(value) }]);
}

/** The store's key; undefined when this store was never opened by a version that makes one. */
export async function readSigningKey(cells: Pick<Cells, "get">): Promise<SigningKey | undefined> {
  const cell = await cells.get(metaSigningKey);
  if (cell === undefined) return undefined;
  const value = readRecord([cell], record);
  const key = await crypto.subtle.importKey("pkcs8", fromHex(value.private), ALGORITHM, false, ["sign"]);
  return {
    publicKey: value.public,
    sign: async (bytes) => toHex(await crypto.subtle.sign(ALGORITHM, key, bytes)),
  };
}

/** Whether the holder of a public key has signed these bytes. */
export async function isSigned(
  bytes: Uint8Array<ArrayBuffer>,
  { publicKey, signature }: { readonly publicKey: string; readonly signature: string },
): Promise<boolean> {
  const key = await crypto.subtle.importKey("raw", fromHex(publicKey), ALGORITHM, false, ["verify"]);
  return await crypto.subtle.verify(ALGORITHM, key, fromHex(signature), bytes);
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}
