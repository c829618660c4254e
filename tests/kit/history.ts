/**
 * What clients write down while they use a server, so that a checker can tell afterwards whether the promises were kept
 * (`checkHistory` in `history_check.ts`). One JSON object per line; **the order of the lines is the order of time**, so
 * one process writes them all: write `invoke` before the request leaves and the outcome when it has come.
 *
 * | line      | when                                       | members                                                      |
 * | --------- | ------------------------------------------ | ------------------------------------------------------------ |
 * | `invoke`  | before a call is sent, each attempt anew   | `op` (never used twice), `client`, `call`                     |
 * | `ok`      | its answer came and it was done            | `op`, `epoch`, `seq`, `digest?` of the whole answer            |
 * | `fail`    | it was not done and never will be          | `op`, `code`                                                  |
 * | `unknown` | no answer, or one that leaves it open      | `op`, `why`                                                   |
 * | `heard`   | a frame of a stream was taken in           | `client`, `kind`, `world`, `audience`, `epoch`, `seq`, `digest?` |
 * | `forget`  | a client threw its position away           | `client`, `world`, `audience`                                 |
 * | `restart` | the server was stopped or killed           | `how`                                                         |
 * | `restored` | a backup was restored: the log is back at `n` | `world`, `n`, `epoch`, the new one                       |
 * | `entry`   | at the end: one per entry of the store's log | `world`, `n`, `epoch`, `seq` per audience, `session`, `lane`, `cseq` |
 *
 * A history with a restore has the entries of the time before it in front of its `restored` line, and at the end those
 * that came after it. What was acknowledged and lies behind `n` is lost, and may be asked for, refused or done again.
 *
 * `call` is a command `{type: "command", world, session, lane, cseq}` or a query `{type: "query", world, audience,
 * minSeq?}`. A command asked again with the same bytes is another `op` with the same `call`. `seq` of a command's `ok` is
 * that of its answer (the party's stream), `seq` of a query's is that of the view it gave.
 *
 * Which outcome to write for a refusal of a command: `unknown` for codes with `retry: same`, for `auth/...`,
 * `world/quarantined`, `account/damaged` and `command/receipt_gone`, which say nothing of what came of it; `fail` for all
 * others. A dropped line is `unknown`. Calls that never end need no line.
 */
import { z } from "zod";

const Command = z.strictObject({
  type: z.literal("command"),
  world: z.string(),
  session: z.string(),
  lane: z.int(),
  cseq: z.int(),
});
const Query = z.strictObject({
  type: z.literal("query"),
  world: z.string(),
  audience: z.string(),
  minSeq: z.int().exactOptional(),
});

const Line = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("invoke"),
    op: z.int(),
    client: z.string(),
    call: z.discriminatedUnion("type", [Command, Query]),
  }),
  z.strictObject({
    type: z.literal("ok"),
    op: z.int(),
    epoch: z.int(),
    seq: z.int(),
    digest: z.string().exactOptional(),
  }),
  z.strictObject({ type: z.literal("fail"), op: z.int(), code: z.string() }),
  z.strictObject({ type: z.literal("unknown"), op: z.int(), why: z.string() }),
  z.strictObject({
    type: z.literal("heard"),
    client: z.string(),
    kind: z.enum(["snapshot", "message", "resumed"]),
    world: z.string(),
    audience: z.string(),
    epoch: z.int(),
    seq: z.int(),
    digest: z.string().exactOptional(),
  }),
  z.strictObject({ type: z.literal("forget"), client: z.string(), world: z.string(), audience: z.string() }),
  z.strictObject({ type: z.literal("restart"), how: z.string() }),
  z.strictObject({ type: z.literal("restored"), world: z.string(), n: z.int(), epoch: z.int() }),
  z.strictObject({
    type: z.literal("entry"),
    world: z.string(),
    n: z.int(),
    epoch: z.int(),
    seq: z.record(z.string(), z.int()),
    session: z.string(),
    lane: z.int(),
    cseq: z.int(),
  }),
]);

export type HistoryLine = z.infer<typeof Line>;
export type HistoryCall = Extract<HistoryLine, { type: "invoke" }>["call"];
export type CommandCall = z.infer<typeof Command>;
export type QueryCall = z.infer<typeof Query>;

/** Numbers the operations of all clients of a run and keeps (or passes on) their lines in order. */
export class History {
  readonly lines: HistoryLine[] = [];
  #op = 0;

  /** Writes the invocation down; the number goes into its outcome. */
  invoke(client: string, call: HistoryCall): number {
    const op = ++this.#op;
    this.write({ type: "invoke", op, client, call });
    return op;
  }

  write(line: HistoryLine): void {
    this.lines.push(line);
  }

  text(): string {
    return this.lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  }
}

/** A stored history. Throws when a line is none of the format. */
export function parseHistory(text: string): readonly HistoryLine[] {
  return text.split("\n").filter((line) => line !== "").map((line) => Line.parse(JSON.parse(line)));
}

/** The line of an entry as the store gives it. */
export function entryLine(
  world: string,
  { n, epoch, seq, session, lane, cseq }: {
    readonly n: number;
    readonly epoch: number;
    readonly seq: Readonly<Record<string, number>>;
    readonly session: string;
    readonly lane: number;
    readonly cseq: number;
  },
): HistoryLine {
  return { type: "entry", world, n, epoch, seq: { ...seq }, session, lane, cseq };
}
