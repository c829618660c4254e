import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { createHash } from "node:crypto";
import type { Answer } from "./api.ts";
import { fingerprint } from "./fingerprint.ts";
import { Lane } from "./lane.ts";

const rejection: Answer = { ok: false, refusal: { code: "turn/not_yours" } };

function receipt(cseq: number, fingerprint = "f") {
  return { cseq, fingerprint, method: "move", n: cseq, answer: { cseq } };
}

function code(answer: Answer | undefined): string {
  return answer === undefined ? "new" : answer.ok ? "answer" : answer.refusal.code;
}

Deno.test("look() answers each row of the protocol's table", () => {
  const lane = new Lane([receipt(70)]);
  lane.rejected(72, "f", rejection);
  lane.begin(80);

  assertEquals(code(lane.look(81, "f")), "new");
  assertEquals(code(lane.look(70, "f")), "answer");
  assertEquals(code(lane.look(70, "other")), "command/cseq_reused");
  assertEquals(code(lane.look(80, "f")), "command/in_flight");
  assertEquals(lane.look(72, "f"), rejection);
  assertEquals(code(lane.look(72, "other")), "command/superseded");
  assertEquals(code(lane.look(71, "f")), "command/superseded");
  assertEquals(code(lane.look(17, "f")), "command/superseded");
  assertEquals(code(lane.look(16, "f")), "command/receipt_gone");
});

Deno.test("lift() moves the next number on, yet an unanswered command still gets done once", () => {
  const lane = new Lane([]);

  lane.lift(5);

  assertEquals([code(lane.look(5, "f")), lane.next], ["new", 6]);
  lane.begin(6);
  assertEquals([code(lane.look(5, "f")), lane.next], ["command/superseded", 7]);
});

Deno.test("dropped() lets the same number be decided again", () => {
  const lane = new Lane([]);
  lane.begin(1);

  lane.dropped(1);

  assertEquals(code(lane.look(1, "f")), "new");
});

/** The table once more, over plain lists: what a lane must do, in the slowest way. */
class Model {
  readonly done = new Map<number, "stored" | "rejected">();
  readonly flying = new Set<number>();

  look(cseq: number): string {
    const numbers = [...this.done.keys(), ...this.flying, 0];
    const highest = Math.max(...numbers);
    const stored = [...this.done].filter(([, how]) => how === "stored").map(([number]) => number);
    const overwritten = stored.some((other) => other === cseq + 64);
    const rejected = [...this.done].filter(([, how]) => how === "rejected").map(([number]) => number).slice(-64);
    if (this.flying.has(cseq)) return "command/in_flight";
    if (this.done.get(cseq) === "stored" && !overwritten) return "answer";
    if (rejected.includes(cseq)) return "turn/not_yours";
    if (cseq > highest) return "new";
    return cseq <= highest - 64 ? "command/receipt_gone" : "command/superseded";
  }
}

const act = fc.record({
  step: fc.integer({ min: -70, max: 12 }),
  end: fc.constantFrom("store", "reject", "drop", "fly"),
});

Deno.test("a lane does what its model does, whatever numbers come in whatever order", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
      const lane = new Lane([]);
      const model = new Model();
      let top = 1;
      for (const { step, end } of acts) {
        const cseq = Math.max(1, top + step);
        assertEquals(code(lane.look(cseq, "f")), model.look(cseq));
        if (model.look(cseq) !== "new") continue;
        top = cseq;
        lane.begin(cseq);
        if (end === "store") {
          lane.stored(receipt(cseq));
          model.done.set(cseq, "stored");
        } else if (end === "reject") {
          lane.rejected(cseq, "f", rejection);
          model.done.set(cseq, "rejected");
        } else if (end === "drop") lane.dropped(cseq);
        else model.flying.add(cseq);
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("look() knows a short command by the digest that receipts of the first version hold", () => {
  const said = fingerprint("turn", { world: "w_1", to: "left" });
  const digest = createHash("sha256").update('["turn",{"to":"left","world":"w_1"}]').digest("base64url");
  const lane = new Lane([receipt(1, digest), receipt(2, said)]);

  assertEquals([code(lane.look(1, said)), code(lane.look(2, said))], ["answer", "answer"]);
  assertEquals(code(lane.look(2, fingerprint("turn", { world: "w_1", to: "right" }))), "command/cseq_reused");
});

Deno.test("fingerprint() tells commands apart whatever their length, and not by the order of their members", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (one, two) => {
    const same = fingerprint("talk.say", { text: one, n: 1 }) === fingerprint("talk.say", { n: 1, text: two });
    assertEquals(same, one === two);
  }));
});

Deno.test("a lane that rests and leaves memory answers as before when it is read again", () => {
  const step = fc.record({
    op: fc.constantFrom("ask", "store", "reject", "drop", "lift", "look", "look"),
    cseq: fc.integer({ min: 1, max: 140 }),
  });
  let rested = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const stored = new Map<number, ReturnType<typeof receipt>>();
      const lane = new Lane([]);
      const underWay = new Set<number>();
      for (const { op, cseq } of steps) {
        const fresh = lane.look(cseq, "f") === undefined;
        if (op === "ask" && fresh) {
          lane.begin(cseq);
          underWay.add(cseq);
        }
        // Commands become durable in the order they were decided.
        const oldest = Math.min(...underWay);
        if (op === "store" && underWay.delete(oldest)) {
          stored.set(oldest % 64, receipt(oldest));
          lane.stored(receipt(oldest));
        }
        if (op === "reject" && fresh && underWay.size === 0) lane.rejected(cseq, "f", rejection);
        if (op === "drop" && underWay.delete(cseq)) lane.dropped(cseq);
        if (op === "lift") lane.lift(cseq);
        assertEquals(lane.rests(), false, "it was used since the last look");
        if (!lane.rests()) continue;
        rested++;
        const again = new Lane([...stored.values()]);
        assertEquals(again.next, lane.next);
        for (let ask = 1; ask <= 210; ask++) assertEquals(again.look(ask, "f"), lane.look(ask, "f"));
      }
    }),
    { numRuns: 200 },
  );
  assert(rested > 0);
});
