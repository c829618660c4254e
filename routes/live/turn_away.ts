/** The quickest refusal there is: a command that has no chance now is answered before it is read. */
import type { Host } from "../../host/api.ts";
import type { Answerer } from "../rpc/answer.ts";
import { METHODS } from "../rpc/registry.ts";

/** A frame as clients write it, as far as it says what is asked; whatever looks otherwise takes the long way. */
const FRAME =
  /^\{"jsonrpc":"2\.0","id":(\d{1,15}|"[A-Za-z0-9_-]{1,40}"),(?:"rid":"([A-Za-z0-9._-]{8,64})",)?"method":"(?:v1\.)?([A-Za-z.]{1,40})"/;
/** What stands for the members that differ from one refusal to the next. */
const MARKS = { id: "the-id", rid: "the-rid", retryAfterMs: 987_654_321 } as const;

/** The answer to a frame that holds a command, while those are turned away; undefined: it has to be read. */
export type TurnAway = (frame: string, lang: string) => string | undefined;

export function createTurnAway(
  { host, answerer, makeRid }: {
    readonly host: Pick<Host, "overload">;
    readonly answerer: Answerer;
    readonly makeRid: () => string;
  },
): TurnAway {
  const commands = new Set(METHODS.filter(({ kind }) => kind === "command").map(({ name }) => name));
  const templates = new Map<string, readonly string[]>();

  function templateOf(lang: string): readonly string[] {
    const known = templates.get(lang);
    if (known !== undefined) return known;
    const refusal = { code: "server/busy", retryAfterMs: MARKS.retryAfterMs } as const;
    const { text } = answerer.refusal(MARKS.id, refusal, lang, MARKS.rid);
    const parts = text.split(new RegExp(`"${MARKS.id}"|${MARKS.rid}|${MARKS.retryAfterMs}`));
    templates.set(lang, parts);
    return parts;
  }

  return (frame, lang) => {
    if (host.overload?.commands() !== true) return undefined;
    const [, id, rid, method = ""] = FRAME.exec(frame) ?? [];
    if (!commands.has(method)) return undefined;
    const [head, beforeRid, beforeRetry, tail] = templateOf(lang);
    const retryAfterMs = host.overload.refuse().retryAfterMs ?? 0;
    return `${head}${id}${beforeRid}${rid ?? makeRid()}${beforeRetry}${retryAfterMs}${tail}`;
  };
}
