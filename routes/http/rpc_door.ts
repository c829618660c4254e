/** `POST /rpc`: JSON-RPC over HTTP. */
import type { RequestContext } from "../rpc/call.ts";
import { rowOf } from "../wire/codes.ts";
import type { WireRefusal } from "../wire/encode.ts";
import { readBody } from "./body.ts";
import { chargeRefusal, type DoorDeps, headersOf, receive } from "./door.ts";

/**
 * Answers a request. Status 200 for whatever the dispatcher answers, since generic JSON-RPC clients discard the bodies of
 * others; refusals before dispatch have their own status, still with a JSON-RPC error as body.
 */
export async function answerRpc(request: Request, address: string, deps: DoorDeps): Promise<Response> {
  const visit = await receive(request, address, deps);
  const { context } = visit;
  if (!visit.ok) return await turnAway(request, visit.refusal, context, deps);
  const body = await readBody(request, deps.clock);
  if (!body.ok) return await refuse(body.refusal, context, deps);

  const { dispatcher } = deps;
  const prepared = dispatcher.prepare(body.text);
  const charge = await dispatcher.charge(prepared, context);
  const reply = charge === undefined || charge.ok
    ? await dispatcher.run(prepared, context)
    : dispatcher.decline(prepared, { code: "limit/rate", retryAfterMs: charge.retryAfterMs }, context);
  const headers = headersOf(context, deps, { charge, refusal: reply.refusal });
  for (const after of context.reply.after ?? []) deps.clock.soon(after);
  if (reply.text === undefined) {
    headers.delete("content-type");
    return new Response(null, { status: reply.early ?? 204, headers });
  }
  return new Response(reply.text, { status: reply.early ?? 200, headers });
}

/** Another verb than POST. */
export function refuseVerb(): Response {
  return Response.json({ error: { code: 405, message: "JSON-RPC goes by POST" } }, {
    status: 405,
    headers: { allow: "POST", "cache-control": "no-store" },
  });
}

/** The body is left unread, so the connection cannot be used again; small ones are read for the client's sake. */
async function turnAway(request: Request, refusal: WireRefusal, context: RequestContext, deps: DoorDeps) {
  await request.body?.cancel();
  return await refuse(refusal, context, deps);
}

async function refuse(asked: WireRefusal, context: RequestContext, deps: DoorDeps): Promise<Response> {
  const { refusal, charge } = await chargeRefusal(asked, context, deps);
  deps.metrics.refused.inc({ code: refusal.code });
  const { text } = deps.answerer.refusal(null, refusal, context.lang, context.rid);
  // What cannot be read is answered as by the dispatcher.
  const status = refusal.code === "rpc/parse_error" ? 200 : rowOf(refusal.code).http;
  return new Response(text, { status, headers: headersOf(context, deps, { charge, refusal }) });
}
