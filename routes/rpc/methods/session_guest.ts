import { z } from "zod";
import { Lang, PersonName } from "../../wire/pieces.ts";
import { done, refuse } from "../call.ts";
import { control } from "../method.ts";

export const sessionGuest = control({
  name: "session.guest",
  since: 1,
  who: "anyone",
  params: z.strictObject({
    name: PersonName,
    lang: Lang.default("en"),
    token: z.literal(true).exactOptional(),
  }),
  result: z.object({
    account: z.string(),
    name: z.string(),
    tier: z.string(),
    expiresAt: z.int(),
    token: z.string().optional(),
  }),
  cost: 5,
  errors: ["auth/origin"],
  about: "Makes a guest account and signs it in: by cookie, or with `token: true` by a Bearer token",
  example: { name: "Ada", lang: "en", token: true },
  async open({ name, lang, token }, { context, services }) {
    // A socket cannot set a cookie; by HTTP one is set only for pages that may use it.
    const byCookie = token === undefined && context.transport === "http";
    if (byCookie && !context.sameOrigin) return refuse("auth/origin");
    const answer = await services.host.guest({ name, lang });
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
  },
});
