/** What every way of signing in shares: by cookie for pages that may use it, else by a Bearer token. */
import { z } from "zod";
import type { Answer, SignedIn } from "../../host/api.ts";
import { type Call, done, type Outcome, refuse } from "./call.ts";

export const SIGNED_IN_RESULT = z.object({
  account: z.string(),
  name: z.string(),
  tier: z.string(),
  expiresAt: z.int(),
  token: z.string().optional(),
});

/** Runs a sign-in and hands the token over. Refuses before it runs when the cookie could not be set. */
export async function signIn(
  token: true | undefined,
  { context }: Call,
  open: () => Promise<Answer<SignedIn>>,
): Promise<Outcome> {
  // A socket cannot set a cookie; by HTTP one is set only for pages that may use it.
  const byCookie = token === undefined && context.transport === "http";
  if (byCookie && !context.sameOrigin) return refuse("auth/origin");
  const answer = await open();
  if (!answer.ok) return answer;
  const { caller, expiresAt } = answer.result;
  if (byCookie) context.reply.cookie = { token: answer.result.token, expiresAt };
  return done({
    account: caller.account,
    name: caller.name,
    tier: caller.tier,
    expiresAt,
    ...(byCookie ? {} : { token: answer.result.token }),
  });
}
