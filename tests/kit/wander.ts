/** Plays on by what the server says is legal: the same turns of the wheel every time, no chance of its own. */
import type { PlayerIntent } from "../../engine/types/command.ts";
import type { JsonRecord } from "./client.ts";
import { wireCall } from "./intents.ts";
import type { Player } from "./players.ts";

/** What a wanderer leaves alone: leaving the table, talking, and turning on the spot for ever. */
const LEFT_ALONE: readonly string[] = [
  "LeaveGame",
  "GiveLead",
  "Say",
  "SetPolicy",
  "Quick",
  "Turn",
  "GiveItem",
  "TakeItem",
];

/** Gives `count` legal commands, one after another; each is acknowledged before the next. Answers with their methods. */
export async function wander(player: Player, count: number): Promise<string[]> {
  const done: string[] = [];
  for (let step = 0; step < count; step++) {
    const intents = await legalIntents(player);
    const wanted = intents.filter(({ type }) => !LEFT_ALONE.includes(type));
    const intent = wanted[(step * 7) % Math.max(1, wanted.length)] ?? intents[0];
    if (intent === undefined) break;
    const { method, params } = wireCall(intent);
    await player.command(method, params);
    done.push(method);
  }
  return done;
}

async function legalIntents(player: Player): Promise<readonly PlayerIntent[]> {
  const { options } = await player.client.call("getOptions", { world: player.world });
  return (options as readonly JsonRecord[]).map((option) => option.intent as PlayerIntent);
}
