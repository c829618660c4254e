import { assert, assertEquals } from "@std/assert";
import { c, fighter, n, parseScene } from "../../engine/combat/_testing.ts";
import { commandRng, emptyState, rngAt, step } from "../../engine/mod.ts";
import type { Command } from "../../engine/types/command.ts";
import type { Character } from "../../engine/types/creature.ts";
import type { AccountId, WorldId } from "../../engine/types/ids.ts";
import type { WorldState } from "../../engine/types/state.ts";
import { viewParty } from "../../engine/view/view.ts";
import { SEAT, seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";
import { nextCommand, shown } from "./play.ts";

const WORLDS = 6;
const COMMANDS = 200;
const INVITE = "CANARYinvite";
const ACCOUNT = "a_CANARY" as AccountId;

/** Ids of groups, caches and commissions' goals, places never seen, foes not there yet: what no text may hold. */
function secretsOf(state: WorldState): readonly string[] {
  const levels = Object.values(state.levels);
  const waiting = Object.entries(state.battle?.on ?? {}).flatMap(([id, one]) => one.waiting ? [`"${id}"`] : []);
  const unseen = levels.filter((level) => Object.keys(state.known[level.id]?.cells ?? {}).length === 0);
  return [
    state.seed,
    INVITE,
    ACCOUNT,
    ...levels.flatMap((level) => [...Object.keys(level.groups), ...Object.keys(level.caches)].map((id) => `"${id}"`)),
    ...unseen.map((level) => JSON.stringify(level.name)),
    ...waiting,
  ];
}

Deno.test("whose turn it is shows nobody unseen: neither in the view nor in a refusal", () => {
  const foes = { g: "goblin" } as const;
  const party = { f: fighter(c("f")) };
  for (const hidden of [false, true]) {
    const state = parseScene(["f....g"], { party, foes, order: "gf", change: { g: { hidden } } });
    const combat = viewParty(state).combat;
    const asked = { by: { type: "seat", seat: state.characters[c("f")]?.seat ?? SEAT }, at: 1_000 } as const;
    const refused = step(
      state,
      { ...asked, intent: { type: "EndTurn", character: c("f") } },
      commandRng(seedOf(1), 1, 1),
    );

    assert(combat !== null && !refused.ok);
    assertEquals(combat.turn, hidden ? null : n("g"));
    assertEquals([refused.rejection.code, refused.rejection.details?.["turn"]], [
      "turn/not_yours",
      hidden ? undefined : n("g"),
    ]);
    assertEquals(JSON.stringify([combat, refused]).includes(n("g")), !hidden);
  }
});

Deno.test("no secret of a world is in anything the party is shown until its seed is at the end: seed, invite, accounts, groups, caches, latecomers", () => {
  let commands = 0;
  for (let number = 0; number < WORLDS; number += 1) {
    const seed = seedOf(9_000 + number);
    const at = 1_700_000_000_000;
    const characters = standardParty(6, number).map((one): Character => ({ ...one, account: ACCOUNT }));
    const world = "w_leak" as WorldId;
    const options = { turnClock: "normal", difficulty: "hard" } as const;
    const opening: readonly Command[] = [
      {
        by: { type: "system" },
        at,
        intent: { type: "CreateWorld", world, name: "Leak", seed, seedHash: "h", invite: INVITE, options },
      },
      {
        by: { type: "system" },
        at,
        intent: { type: "JoinGame", account: ACCOUNT, name: "Ada", seat: SEAT, characters },
      },
    ];
    const dice = rngAt(seed, "canaries").dice();
    let state = emptyState(world);
    for (let n = 1; n <= COMMANDS; n += 1) {
      const command = opening[n - 1] ?? nextCommand(state, dice);
      if (!command) break;
      const outcome = step(state, command, commandRng(seed, 1, n));
      assert(outcome.ok, JSON.stringify({ command, outcome }));
      state = outcome.state;
      commands += 1;
      const text = shown(state, outcome.events);
      const found = secretsOf(state).filter((secret) => text.includes(secret));
      assertEquals(found, [], `world ${number}, command ${n}: ${JSON.stringify(command.intent).slice(0, 200)}`);
    }
    const end = { type: "EndWorld", name: "Leak" } as const;
    const ended = step(state, { by: { type: "seat", seat: SEAT }, at, intent: end }, commandRng(seed, 1, COMMANDS + 1));
    assert(ended.ok);
    const last = shown(ended.state, ended.events);
    assertEquals(
      secretsOf(ended.state).filter((secret) => last.includes(secret)),
      [seed],
      "at the end the seed is shown",
    );
  }
  assert(commands > WORLDS * 100, `${commands} commands were looked at`);
});
