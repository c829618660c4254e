import { assert, assertEquals } from "@std/assert";
import { afterClose, waitBeforeTry } from "./backoff.ts";

Deno.test("waitBeforeTry() stays within half a second and twenty, and the first try within one", () => {
  for (let attempt = 0; attempt < 12; attempt++) {
    for (const random of [0, 0.5, 0.999]) {
      const ms = waitBeforeTry(attempt, random);
      assert(ms >= 500 && ms <= 20_000);
      if (attempt <= 1) assert(ms <= 1_000);
    }
  }
});

Deno.test("afterClose() signs in again when the session ended, and stays away after a goodbye or a ban", () => {
  const at = { attempt: 0, random: 0.5 };

  assertEquals(afterClose(4401, at), { type: "signIn" });
  assertEquals(afterClose(1000, at), { type: "stop" });
  assertEquals(afterClose(4403, at), { type: "stop" });
});

Deno.test("afterClose() waits exactly as long as an announced restart says, and long when we were too many", () => {
  assertEquals(afterClose(1012, { attempt: 3, random: 0.9, announced: 700 }), { type: "wait", ms: 700 });
  assertEquals(afterClose(4029, { attempt: 0, random: 0 }), { type: "wait", ms: 30_000 });
  assertEquals(afterClose(4000, { attempt: 0, random: 0 }), { type: "wait", ms: 0 });
});
