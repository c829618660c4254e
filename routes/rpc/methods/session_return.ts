import { z } from "zod";
import { Lang } from "../../wire/pieces.ts";
import { control } from "../method.ts";
import { SIGNED_IN_RESULT, signIn } from "../signed_in.ts";

export const sessionReturn = control({
  name: "session.return",
  since: 1,
  who: "anyone",
  params: z.strictObject({
    /** As the player typed it: case, spaces and hyphens do not count. */
    key: z.string().min(1).max(100),
    lang: Lang.default("en"),
    token: z.literal(true).exactOptional(),
  }),
  result: SIGNED_IN_RESULT,
  cost: 5,
  errors: ["auth/origin", "auth/wrong_credentials", "server/read_only", "account/damaged"],
  about: "Opens another session of the account a return key leads to: by cookie, or with `token: true` by Bearer token",
  example: { key: "7QM2-XV0K-9D4T-HB31-ZC6E-RW8N-5FJG", lang: "en", token: true },
  open: ({ key, lang, token }, call) => signIn(token, call, () => call.services.host.comeBack({ key, lang })),
});
