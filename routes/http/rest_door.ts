/** `POST /api/v1/<method>`: the same methods for plain HTTP callers. The body is the params, the status tells the outcome. */
import { faultRefusal } from "../rpc/answer.ts";
import type { RequestContext } from "../rpc/call.ts";
import type { Charge } from "../rpc/rate_limits.ts";
import { rowOf } from "../wire/codes.ts";
import type { WireRefusal } from "../wire/encode.ts";
import { parseParams } from "../wire/jsonrpc.ts";
import { readBody } from "./body.ts";
import { chargeRefusal, type DoorDeps, headersOf, receive } from "./door.ts";

export async function answerRest(
  request: Request,
  method: string,
  address: string,
  deps: DoorDeps,
): Promise<Response> {
  const visit = await receive(request, address, deps);
  const { context } = visit;
  if (!visit.ok) {
    await request.body?.cancel();
    return await turnAway(visit.refusal, context, deps);
  }
  const body = await readBody(request, deps.clock);
  if (!body.ok) return await turnAway(body.refusal, context, deps);
  const params = parseParams(body.text);
  if (typeof params === "string") return await turnAway(faultRefusal(params), context, deps);

  const { dispatcher } = deps;
  const name = `v1.${method}`;
  const entry = { type: "call", id: null, method: name, params, rid: undefined } as const;
  const charge = await dispatcher.charge(dispatcher.prepareCall(entry), context);
  if (charge !== undefined && !charge.ok) {
    return refuse({ code: "limit/rate", retryAfterMs: charge.retryAfterMs }, context, deps, charge);
  }
  const outcome = await dispatcher.call(name, params, context);
  for (const after of context.reply.after ?? []) deps.clock.soon(after);
  if (!outcome.ok) return refuse(outcome.refusal, context, deps, charge);
  return new Response(JSON.stringify(outcome.result) ?? "null", { headers: headersOf(context, deps, { charge }) });
}

async function turnAway(asked: WireRefusal, context: RequestContext, deps: DoorDeps): Promise<Response> {
  const { refusal, charge } = await chargeRefusal(asked, context, deps);
  return refuse(refusal, context, deps, charge);
}

function refuse(refusal: WireRefusal, context: RequestContext, deps: DoorDeps, charge?: Charge): Response {
  const error = deps.answerer.error(refusal, context.lang, context.rid);
  return new Response(JSON.stringify(error), {
    status: rowOf(refusal.code).http,
    headers: headersOf(context, deps, { charge, refusal }),
  });
}
