import { z } from "zod";
import { Lang, PersonName } from "../../wire/pieces.ts";
import { control } from "../method.ts";
import { SIGNED_IN_RESULT, signIn } from "../signed_in.ts";

export const sessionGuest = control({
  name: "session.guest",
  since: 1,
  who: "anyone",
  params: z.strictObject({
    name: PersonName,
    lang: Lang.default("en"),
    token: z.literal(true).exactOptional(),
  }),
  result: SIGNED_IN_RESULT,
  cost: 5,
  errors: ["auth/origin", "server/read_only"],
  about: "Makes a guest account and signs it in: by cookie, or with `token: true` by a Bearer token",
  example: { name: "Ada", lang: "en", token: true },
  open: ({ name, lang, token }, call) => signIn(token, call, () => call.services.host.guest({ name, lang })),
});
