import type { Audience } from "../engine/types/names.ts";
import type { Change, LogEntry, Prepared, Receipt } from "../kv/ports.ts";
import { refuse, refuseByRule } from "./answers.ts";
import type { Json, JsonObject } from "./api.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { View } from "../engine/types/view.ts";
import { checkFold } from "./assertions.ts";
import { noteDue } from "./due.ts";
import type { StepOutcome, ViewEvent } from "./engine_port.ts";
import { faultText } from "./faults.ts";
import type { AlsoWrite, Job } from "./job.ts";
import type { Lane } from "./lane.ts";
import type { LiveWorld } from "./live_world.ts";
import { redactAll } from "./messages.ts";
import { NO_SEQS, type Position } from "./position.ts";
import type { Decided } from "./world_unit.ts";

/** The state's hash goes into one entry of so many. */
const HASH_EVERY = 100;

/** Decides a command on the pending state: refused, or on its way to disk. */
export function decideJob(world: LiveWorld, job: Job, lane: Lane | undefined): void {
  const { deps } = world.shop;
  const { pending, epoch } = world;
  if (job.epoch !== undefined && job.epoch !== epoch) {
    return world.refuseJob(job, lane, refuse("command/other_epoch", { epoch }));
  }
  const prepared = job.prepare(pending.state);
  if (!prepared.ok) return world.refuseJob(job, lane, prepared);
  if (job.expectSeq !== undefined && world.isStale(job.expectSeq, prepared.intent)) {
    return world.refuseJob(job, lane, refuse("command/stale", { expectSeq: job.expectSeq, seq: pending.seq.party }));
  }

  const { by, intent } = prepared;
  const at = Math.max(deps.clock.now(), pending.at, job.notBefore ?? 0);
  const n = pending.n + 1;
  let outcome: StepOutcome;
  try {
    outcome = deps.engine.step(pending.state, { by, at, intent }, { epoch, n });
  } catch (fault) {
    // The rules are pure: nothing has changed, and the command may be tried again once they are mended.
    deps.log("error", "rules failed", { world: world.id, rid: job.rid, intent: intent.type, fault: faultText(fault) });
    deps.metrics.faults.inc({ kind: "rules" });
    return world.refuseJob(job, lane, refuse("server/internal"));
  }
  if (!outcome.ok) return world.refuseJob(job, lane, refuseByRule(outcome.rejection));

  const { state, events } = outcome;
  const shown = new Map<Audience, readonly ViewEvent[]>();
  const seq: Record<Audience, number> = { ...NO_SEQS };
  for (const audience of deps.engine.audiences) {
    const visible = redactAll(deps.engine, events, audience, state);
    shown.set(audience, visible);
    seq[audience] = pending.seq[audience] + (visible.length > 0 ? 1 : 0);
  }
  const note = noteDue(world.id, pending.due, deps.engine.due(state), at);
  const after: Position = { n, at, seq, state, due: note.minute };
  const view = job.extras === undefined ? undefined : deps.engine.view(state, "party");
  const result = resultOf(world, job, { after, events, shown: shown.get("party") ?? [], view });
  const receipt = receiptOf(job, n, result);
  const { numbered, rid } = job;
  const hashed = (n + world.phase) % HASH_EVERY === 0;
  const entry: LogEntry = {
    n,
    at,
    rid,
    actor: by.type === "seat" ? by.seat : "system",
    session: numbered?.session ?? "",
    lane: numbered?.lane ?? 0,
    cseq: numbered?.cseq ?? 0,
    command: plain([intent])[0] ?? null,
    events: plain(events),
    seq,
    epoch,
    view: deps.engine.viewVersion,
    rules: deps.engine.rulesVersion,
    form: deps.engine.forms.event,
    ...(hashed ? { hash: deps.engine.hash(state), hashForm: deps.engine.stateVersion } : {}),
    ...(receipt === undefined
      ? {}
      : { receipt: { fingerprint: receipt.fingerprint, method: receipt.method, answer: result } }),
  };
  if (world.samples()) checkFold(deps.engine, pending.state, entry, state);
  const also = job.also?.(events, after);
  const decided: Decided = {
    job,
    lane,
    before: pending,
    after,
    events,
    shown,
    view,
    result,
    receipt,
    also,
    changes: encode(world, entry, [...note.changes, ...(also?.changes ?? [])], also),
    followers: [],
    told: false,
  };
  if (numbered !== undefined) lane?.begin(numbered.cseq);
  world.fly(decided);
}

interface ResultParts {
  readonly after: Position;
  readonly events: readonly WorldEvent[];
  readonly shown: readonly ViewEvent[];
  /** What the party sees now; made where own members are asked for. */
  readonly view: View | undefined;
}

/** `{world, cseq, epoch, seq, ...own, events}`, with what the party may know of the events. */
function resultOf(world: LiveWorld, job: Job, { after, events, shown, view }: ResultParts): JsonObject {
  const { engine } = world.shop.deps;
  const common = { epoch: world.epoch, seq: after.seq.party };
  const named = job.numbered === undefined ? { world: world.id } : { world: world.id, cseq: job.numbered.cseq };
  if (job.extras === undefined || view === undefined) return { ...named, ...common, events: plain(shown) };
  // Own members come from events the party may know of, never from hidden ones.
  const known = shown.length === events.length
    ? events
    : events.filter((event) => engine.redact(after.state, event, "party") !== undefined);
  return { ...named, ...common, ...job.extras(known, view), events: plain(shown) };
}

/** Encodes an entry and what goes with it, once; its size tells the packer what fits. */
function encode(
  world: LiveWorld,
  entry: LogEntry,
  more: readonly Change[],
  also: AlsoWrite | undefined,
): Prepared {
  const changes: readonly Change[] = [{ type: "entry", world: world.id, entry }, ...more];
  try {
    return world.shop.store.prepare(changes);
  } catch (fault) {
    // Whoever holds the account for this command must not wait for a commit that never comes.
    also?.account?.settled(false);
    throw fault;
  }
}

/** Events and intents are plain records; the compiler cannot see that their members are JSON. */
function plain(records: readonly object[]): readonly Json[] {
  return records as readonly Json[];
}

function receiptOf({ numbered }: Job, n: number, result: JsonObject): Receipt | undefined {
  if (numbered === undefined) return undefined;
  const { cseq, fingerprint, method } = numbered;
  return { cseq, fingerprint, method, n, answer: result };
}
