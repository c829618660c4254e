import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { Json } from "./json.ts";

/** First byte of a stored value: what the payload is. */
const FORMAT_JSON = 1;
const FORMAT_DEFLATED_JSON = 2;
const HEADER_BYTES = 5;
const DEFLATE_ABOVE_BYTES = 1_024;
/** What one inflated value may be at most; a damaged length must not take all memory. */
const INFLATED_LIMIT_BYTES = 64 * 1_024 * 1_024;

const utf8 = new TextEncoder();
/** Where texts of the usual size become bytes before they are copied out; nothing on it outlives a call. */
const DESK = new Uint8Array(16 * 1_024);
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Stored bytes that are not what was written. */
export class DamagedValue extends Error {
  override readonly name = "DamagedValue";
}

/** `{format byte, CRC-32, payload}` of a JSON text; deflated above 1 KiB. */
export function encodeText(json: string): Uint8Array<ArrayBuffer> {
  // A unit of the text becomes three bytes at most.
  if (json.length * 3 > DESK.length) return withHeader(utf8.encode(json));
  const { written } = utf8.encodeInto(json, DESK);
  return withHeader(DESK.subarray(0, written));
}

function withHeader(plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const deflated = plain.length > DEFLATE_ABOVE_BYTES;
  const payload = deflated ? deflateRawSync(plain, { level: 1 }) : plain;
  const format = deflated ? FORMAT_DEFLATED_JSON : FORMAT_JSON;
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  bytes.set(payload, HEADER_BYTES);
  bytes[0] = format;
  const sum = checksum(format, payload);
  bytes[1] = sum >>> 24;
  bytes[2] = sum >>> 16;
  bytes[3] = sum >>> 8;
  bytes[4] = sum;
  return bytes;
}

export function encodeValue(value: unknown): Uint8Array<ArrayBuffer> {
  return encodeText(JSON.stringify(value));
}

/** The JSON text inside stored bytes. Throws {@link DamagedValue} when format, checksum or compression is wrong. */
export function decodeText(bytes: Uint8Array): string {
  const format = bytes[0];
  if (bytes.length < HEADER_BYTES || (format !== FORMAT_JSON && format !== FORMAT_DEFLATED_JSON)) {
    throw new DamagedValue("Cannot read a stored value as its format byte is unknown");
  }
  const payload = bytes.subarray(HEADER_BYTES);
  const stored = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
  if (stored !== checksum(format, payload)) {
    throw new DamagedValue("Cannot read a stored value as its checksum differs");
  }
  try {
    const plain = format === FORMAT_JSON ? payload : inflateRawSync(payload, { maxOutputLength: INFLATED_LIMIT_BYTES });
    return strictUtf8.decode(plain);
  } catch (cause) {
    throw new DamagedValue("Cannot read a stored value as its payload is broken", { cause });
  }
}

export function decodeValue(bytes: Uint8Array): Json {
  const text = decodeText(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DamagedValue("Cannot read a stored value as it is no JSON", { cause });
  }
}

/** Cuts encoded bytes into parts no longer than a value may be. */
export function splitParts(bytes: Uint8Array, partBytes: number): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += partBytes) parts.push(bytes.subarray(from, from + partBytes));
  return parts;
}

export function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The format byte is covered too: a flip there would otherwise turn one valid format into another. */
function checksum(format: number, payload: Uint8Array): number {
  return crc32(payload, format);
}
