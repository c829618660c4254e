/** Players for tests and loads: a guest with a world of its own and a party in it, ready to command. */
import { GameClient, type JsonRecord, LinkLost, patiently, RpcError } from "./client.ts";

/** Spends a lane's numbers in order and asks again with the same bytes until there is an answer. */
export interface Player {
  readonly client: GameClient;
  readonly world: string;
  readonly character: string;
  /** Every answer got, by cseq. */
  readonly answers: Map<number, JsonRecord>;
  /** The bytes sent, by cseq. */
  readonly sent: Map<number, { readonly method: string; readonly params: JsonRecord }>;
  command(method: string, params?: JsonRecord): Promise<JsonRecord>;
}

const PARTY = [
  { name: "Aldric", class: "fighter", lineage: "human", assign: ["str", "con", "dex", "wis", "cha", "int"] },
  { name: "Brianna", class: "cleric", lineage: "dwarf", assign: ["wis", "con", "str", "cha", "dex", "int"] },
  { name: "Corin", class: "thief", lineage: "halfling", assign: ["dex", "con", "int", "wis", "cha", "str"] },
  { name: "Dessa", class: "mage", lineage: "elf", assign: ["int", "dex", "con", "wis", "cha", "str"] },
  { name: "Edda", class: "ranger", lineage: "halfElf", assign: ["dex", "wis", "con", "str", "cha", "int"] },
  { name: "Falk", class: "paladin", lineage: "halfOrc", assign: ["str", "cha", "con", "wis", "dex", "int"] },
] as const;

export interface PlayerOptions {
  readonly url: string;
  readonly name: string;
  /** How many characters, 1-6. */
  readonly characters?: number;
  readonly options?: JsonRecord;
  readonly verify?: boolean;
  readonly audiences?: readonly string[];
  readonly onMessage?: (message: JsonRecord) => void;
}

/** Makes a guest, a world, characters, joins them and subscribes. Goes through the public door only. */
export async function createPlayer(input: PlayerOptions): Promise<Player> {
  const client = await GameClient.guest(input.url, input.name, {
    ...(input.verify === undefined ? {} : { verify: input.verify }),
    ...(input.onMessage ? { onMessage: input.onMessage } : {}),
  });
  await client.connect();
  let account = 0;
  const about = { cseq: ++account, name: `${input.name}'s world`, ...input.options };
  const { world } = await patiently(() => client.call("world.create", about));
  const characters: string[] = [];
  for (const { assign, ...who } of PARTY.slice(0, input.characters ?? 1)) {
    const sheet = { cseq: ++account, ...who, background: "sellsword", method: "standard", assign };
    const made = await patiently(() => client.call("createCharacter", sheet));
    characters.push(String((made.character as JsonRecord).id));
  }
  const player = playIn(client, String(world), characters[0] ?? "");
  await player.command("joinGame", { characters });
  for (const audience of input.audiences ?? ["party"]) await client.subscribe(player.world, audience);
  return player;
}

/** A player of a world already joined. */
export function playIn(client: GameClient, world: string, character: string, nextCseq = 1): Player {
  const answers = new Map<number, JsonRecord>();
  const sent = new Map<number, { readonly method: string; readonly params: JsonRecord }>();
  let cseq = nextCseq - 1;
  return {
    client,
    world,
    character,
    answers,
    sent,
    async command(method, params = {}) {
      cseq += 1;
      const mine = cseq;
      sent.set(mine, { method, params });
      const answer = await client.call(method, { world, cseq: mine, ...params });
      answers.set(mine, answer);
      return answer;
    },
  };
}

/** Same bytes again until there is an answer: a drop means connecting anew, `retry: same` means waiting as told. */
export async function insist(
  player: Player,
  reconnect: () => Promise<void>,
  method: string,
  params: JsonRecord = {},
): Promise<JsonRecord> {
  const first = player.sent.size + 1;
  for (let attempt = 0;; attempt += 1) {
    try {
      if (attempt === 0) return await player.command(method, params);
      const answer = await player.client.call(method, { world: player.world, cseq: first, ...params });
      player.answers.set(first, answer);
      return answer;
    } catch (error) {
      if (error instanceof LinkLost) await reconnect();
      else if (!(error instanceof RpcError) || error.data.retry !== "same") throw error;
      else await new Promise((resolve) => setTimeout(resolve, Number(error.data.retryAfterMs ?? 0)));
    }
  }
}
