import type { Clock } from "../../host/clock.ts";
import type { WireRefusal } from "../wire/encode.ts";
import { LIMITS } from "../wire/limits.ts";

export type Body = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly refusal: WireRefusal };

/** Reads a JSON body: of the right type, without encoding, counted while reading, in valid UTF-8, and within ten seconds. */
export async function readBody(request: Request, clock: Pick<Clock, "after">): Promise<Body> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) return refused("rpc/unsupported_type");
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") return refused("rpc/unsupported_type");
  if (Number(request.headers.get("content-length") ?? 0) > LIMITS.bodyBytes) return refused("rpc/too_large");

  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  if (request.body === null) return { ok: true, text };
  const reader = request.body.getReader();
  let late = false;
  // Cancelling ends the read that waits.
  const takeBack = clock.after(LIMITS.deadlineMs, () => {
    late = true;
    reader.cancel().catch(() => undefined);
  });
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > LIMITS.bodyBytes) {
        await reader.cancel();
        return refused("rpc/too_large");
      }
      text += decoder.decode(part.value, { stream: true });
    }
    return late ? refused("rpc/deadline") : { ok: true, text: text + decoder.decode() };
  } catch (fault) {
    if (late) return refused("rpc/deadline");
    // Invalid UTF-8 is a TypeError of the decoder.
    if (fault instanceof TypeError) return refused("rpc/parse_error");
    throw fault;
  } finally {
    takeBack();
    reader.releaseLock();
  }
}

function refused(code: WireRefusal["code"]): Body {
  return { ok: false, refusal: { code } };
}
