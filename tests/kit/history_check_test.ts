import { assertEquals } from "@std/assert";
import { type CommandCall, entryLine, History, type HistoryLine, parseHistory } from "./history.ts";
import { checkHistory } from "./history_check.ts";

const WORLD = "w_1";

function command(cseq: number, session = "ses_a"): CommandCall {
  return { type: "command", world: WORLD, session, lane: 0, cseq };
}

function entry(n: number, party: number, cseq: number, session = "ses_a"): HistoryLine {
  return entryLine(WORLD, { n, epoch: 1, seq: { party }, session, lane: 0, cseq });
}

/** Two clients, three commands, a stream and a query, all as it should be. */
function good(): History {
  const history = new History();
  const first = history.invoke("a", command(1));
  history.write({ type: "ok", op: first, epoch: 1, seq: 1, digest: "x" });
  const second = history.invoke("a", command(2));
  history.write({ type: "unknown", op: second, why: "line lost" });
  const third = history.invoke("b", command(1, "ses_b"));
  const again = history.invoke("a", command(2));
  history.write({ type: "ok", op: again, epoch: 1, seq: 2 });
  history.write({ type: "ok", op: third, epoch: 1, seq: 3 });
  const refused = history.invoke("b", command(2, "ses_b"));
  history.write({ type: "fail", op: refused, code: "move/blocked" });
  hear(history, "snapshot", 1);
  hear(history, "message", 2);
  hear(history, "message", 3);
  hear(history, "resumed", 3);
  const query = history.invoke("b", { type: "query", world: WORLD, audience: "party", minSeq: 3 });
  history.write({ type: "ok", op: query, epoch: 1, seq: 3 });
  for (const line of [entry(1, 1, 1), entry(2, 2, 2), entry(3, 3, 1, "ses_b")]) history.write(line);
  return history;
}

function hear(history: History, kind: "snapshot" | "message" | "resumed", seq: number, digest?: string) {
  const more = digest === undefined ? {} : { digest };
  history.write({ type: "heard", client: "b", kind, world: WORLD, audience: "party", epoch: 1, seq, ...more });
}

function promises(lines: readonly HistoryLine[]): readonly string[] {
  return [...new Set(checkHistory(lines).map(({ promise }) => promise))];
}

/** The good history with one line replaced; `at` counts from the end where negative. */
function spoilt(at: number, line: HistoryLine): readonly HistoryLine[] {
  const lines = [...good().lines];
  lines[at < 0 ? lines.length + at : at] = line;
  return lines;
}

Deno.test("checkHistory() finds nothing in a history in which all promises were kept", () => {
  assertEquals(checkHistory(good().lines), []);
});

Deno.test("parseHistory() reads what text() wrote", () => {
  const { lines } = good();

  assertEquals(parseHistory(good().text()), lines);
});

Deno.test("checkHistory() finds an acknowledged command that is not in the log", () => {
  assertEquals(promises(spoilt(-1, entry(3, 3, 7, "ses_b"))), ["acknowledged is stored"]);
});

Deno.test("checkHistory() finds a command that happened twice", () => {
  assertEquals(promises([...good().lines, entry(4, 4, 1, "ses_b")]), ["once"]);
});

Deno.test("checkHistory() finds a hole in the log and one in a stream's numbers", () => {
  assertEquals(promises([...good().lines, entry(5, 4, 9)]), ["log contiguous"]);
  assertEquals(promises([...good().lines, entry(4, 5, 9)]), ["log contiguous"]);
});

Deno.test("checkHistory() finds a refused command in the log", () => {
  assertEquals(promises([...good().lines, entry(4, 4, 2, "ses_b")]), ["refused is not stored"]);
});

Deno.test("checkHistory() finds an answer that changed", () => {
  const history = good();
  const again = history.invoke("a", command(1));
  history.write({ type: "ok", op: again, epoch: 1, seq: 1, digest: "y" });

  assertEquals(promises(history.lines), ["same answer again"]);
});

Deno.test("checkHistory() finds a command that stands before one that was answered before it was asked", () => {
  const history = new History();
  const first = history.invoke("a", command(1));
  history.write({ type: "ok", op: first, epoch: 1, seq: 2 });
  const second = history.invoke("b", command(1, "ses_b"));
  history.write({ type: "ok", op: second, epoch: 1, seq: 1 });
  history.write(entry(1, 1, 1, "ses_b"));
  history.write(entry(2, 2, 1));

  assertEquals(promises(history.lines), ["nothing before it was asked", "real-time order"]);
});

Deno.test("checkHistory() finds a query that does not show what was acknowledged before", () => {
  const history = good();
  const query = history.invoke("a", { type: "query", world: WORLD, audience: "party" });
  history.write({ type: "ok", op: query, epoch: 1, seq: 2 });

  assertEquals(promises(history.lines), ["read your writes"]);
  assertEquals(checkHistory(history.lines, { oneProcess: false }), [], "of several nodes nothing was asked for");
});

Deno.test("checkHistory() finds messages left out, doubled and different", () => {
  const holed = good();
  holed.write({ type: "forget", client: "b", world: WORLD, audience: "party" });
  hear(holed, "snapshot", 1);
  hear(holed, "message", 3);
  const doubled = good();
  hear(doubled, "message", 3);
  const other = good();
  other.write({ type: "forget", client: "b", world: WORLD, audience: "party" });
  for (const digest of ["one", "two"]) hear(other, "snapshot", 3, digest);

  assertEquals(promises(holed.lines), ["stream in order"]);
  assertEquals(promises(doubled.lines), ["stream in order"]);
  assertEquals(promises(other.lines), ["same message for all"]);
});

Deno.test("checkHistory() finds a message of something that was never stored", () => {
  const history = good();
  hear(history, "message", 4);

  assertEquals(promises(history.lines), ["acknowledged is stored"]);
});

/** The good history after a restore of the backup made at entry 1: the last command is asked for once more. */
function restored(): { readonly history: History; readonly then: readonly HistoryLine[] } {
  const history = good();
  history.write({ type: "restored", world: WORLD, n: 1, epoch: 9 });
  const again = history.invoke("b", command(1, "ses_b"));
  history.write({ type: "ok", op: again, epoch: 9, seq: 2, digest: "another" });
  history.write({ type: "heard", client: "b", kind: "snapshot", world: WORLD, audience: "party", epoch: 9, seq: 2 });
  const query = history.invoke("b", { type: "query", world: WORLD, audience: "party" });
  history.write({ type: "ok", op: query, epoch: 9, seq: 2 });
  return { history, then: [{ ...entry(2, 2, 1, "ses_b"), epoch: 9 } as HistoryLine] };
}

Deno.test("checkHistory() lets what a restore took back be asked for again, and answered otherwise", () => {
  const { history, then } = restored();

  assertEquals(checkHistory([...history.lines, ...then]), []);
});

Deno.test("checkHistory() finds a command lost by a restore whose backup held it", () => {
  const { history, then } = restored();
  const again = history.invoke("a", command(1));
  history.write({ type: "fail", op: again, code: "command/superseded" });
  const lost = history.invoke("a", command(3));
  history.write({ type: "ok", op: lost, epoch: 9, seq: 3 });

  assertEquals(promises([...history.lines, ...then]), ["same answer again", "acknowledged is stored"]);
});

Deno.test("checkHistory() lets an acknowledgement that comes after the restore that took it back be refused", () => {
  const { history, then } = restored();
  const late = history.invoke("a", command(2));
  history.write({ type: "ok", op: late, epoch: 1, seq: 2 });
  const again = history.invoke("a", command(2));
  history.write({ type: "fail", op: again, code: "command/superseded" });

  assertEquals(promises([...history.lines, ...then]), []);
});

Deno.test("checkHistory() finds a client that goes on from the history before a restore", () => {
  const { history, then } = restored();
  const old = { type: "heard", kind: "message", world: WORLD, audience: "party" } as const;
  history.write({ ...old, client: "c", epoch: 9, seq: 2 });
  history.write({ ...old, client: "b", epoch: 1, seq: 3 });

  assertEquals(promises([...history.lines, ...then]), ["stream in order"]);
});
