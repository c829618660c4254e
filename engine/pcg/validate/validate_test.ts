import { assert, assertEquals } from "@std/assert";
import { rngAt } from "../../core/rng.ts";
import type { Group, Level } from "../../types/area.ts";
import type { EdgeKey, Point } from "../../types/ids.ts";
import type { Quest } from "../../types/state.ts";
import { cellKey, cellsOf, isFloor } from "../../world/geometry.ts";
import { generateLevels } from "../generate.ts";
import type { Fault, ValidatorId } from "./fault.ts";
import { validateArea, validateLevel } from "./mod.ts";

const STRENGTH = { partySize: 4, partyLevel: 1, difficulty: "normal" } as const;

function good(): { readonly first: Level; readonly second: Level; readonly quests: readonly Quest[] } {
  const { levels, quests } = generateLevels(rngAt("1f".repeat(16), "area"), { difficulty: "normal" });
  const [first, second] = levels;
  assert(first && second);
  return { first, second, quests };
}

function rulesOf(faults: readonly Fault[]): readonly ValidatorId[] {
  return [...new Set(faults.map((fault) => fault.rule))];
}

function levelRules(change: (level: Level) => Partial<Level>): readonly ValidatorId[] {
  const { first } = good();
  return rulesOf(validateLevel({ ...first, ...change(first) }, STRENGTH));
}

function areaRules(change: (level: Level) => Partial<Level>): readonly ValidatorId[] {
  const { first, second, quests } = good();
  return rulesOf(validateArea([{ ...first, ...change(first) }, second], quests));
}

function firstKey<K extends string>(table: Readonly<Record<K, unknown>>): K {
  const [key] = Object.keys(table) as K[];
  assert(key);
  return key;
}

function withGroup(level: Level, change: (group: Group) => Partial<Group>): Pick<Level, "groups"> {
  const id = firstKey(level.groups);
  const group = level.groups[id];
  assert(group);
  return { groups: { ...level.groups, [id]: { ...group, ...change(group) } } };
}

Deno.test("the validators find nothing wrong with what the generator accepts", () => {
  const { first, second, quests } = good();

  assertEquals(validateLevel(first, STRENGTH), []);
  assertEquals(validateLevel(second, { ...STRENGTH, partyLevel: 2 }), []);
  assertEquals(validateArea([first, second], quests), []);
});

Deno.test("V1 reports an edge that is a wall and a door at once", () => {
  const rules = levelRules((level) => ({ walls: { ...level.walls, [firstKey(level.doors)]: 1 } }));

  assert(rules.includes("V1"));
});

Deno.test("V1 reports an arch that is shut", () => {
  const rules = levelRules((level) => {
    const arch = (Object.keys(level.doors) as EdgeKey[]).find((edge) => level.doors[edge]?.kind === "arch");
    const door = arch && level.doors[arch];
    assert(arch && door);
    return { doors: { ...level.doors, [arch]: { ...door, open: false } } };
  });

  assertEquals(rules, ["V1"]);
});

Deno.test("V2 reports stairs that do not lead back", () => {
  const rules = areaRules((level) => {
    const at = cellKey(level.goal);
    const stairs = level.features[at];
    assert(stairs?.type === "stairs");
    const to = { ...stairs.to, at: [stairs.to.at[0], (stairs.to.at[1] + 1) % 16] as const };
    return { features: { ...level.features, [at]: { ...stairs, to } } };
  });

  assert(rules.includes("V2"));
});

Deno.test("V2 reports an area without a board", () => {
  const rules = areaRules((level) => {
    const { [cellKey(level.entry.at)]: _, ...features } = level.features;
    return { features };
  });

  assert(rules.includes("V2"));
});

Deno.test("V3 reports a lock whose key lies behind itself", () => {
  const { first, second, quests } = good();
  const locks = Object.values(first.doors).filter((door) => door.pass === 2 && door.key !== undefined);
  const keys = locks.map((door) => door.key);
  const goalCache = Object.values(second.caches).find((cache) => cache.heldBy === undefined);
  assert(goalCache);
  const moved = Object.values(first.caches).flatMap((cache) => cache.items.filter((one) => keys.includes(one.id)));
  const without = Object.fromEntries(
    Object.values(first.caches).map((
      cache,
    ) => [cache.id, { ...cache, items: cache.items.filter((one) => !keys.includes(one.id)) }]),
  );

  const faults = validateArea([{ ...first, caches: without }, {
    ...second,
    caches: { ...second.caches, [goalCache.id]: { ...goalCache, items: [...goalCache.items, ...moved] } },
  }], quests);

  assertEquals(rulesOf(faults), ["V3"]);
});

Deno.test("V3 does not count on secret doors or on breaking bars", () => {
  const { first, second, quests } = good();
  const doors = Object.fromEntries(
    Object.entries(first.doors).map((
      [edge, door],
    ) => [edge, door.kind === "arch" ? door : { ...door, pass: 3 as const }]),
  );

  assert(rulesOf(validateArea([{ ...first, doors }, second], quests)).includes("V3"));
});

Deno.test("V4 reports a door to nothing", () => {
  const rules = levelRules((level) => {
    const edge = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].flatMap((y): EdgeKey[] =>
      [...Array(16).keys()].map((x): EdgeKey => `n${x},${y}`)
    ).find((one) => {
      const [a, b] = cellsOf(one);
      return isFloor(level, a) !== isFloor(level, b);
    });
    assert(edge);
    return { doors: { ...level.doors, [edge]: { kind: "wood", pass: 1, open: false, dc: 13 } } };
  });

  assertEquals(rules, ["V4"]);
});

Deno.test("V4 reports sealed floor", () => {
  const rules = levelRules((level) => {
    const walls = { ...level.walls };
    const [x, y]: Point = level.goal;
    const doors = { ...level.doors };
    for (const edge of [`n${x},${y}`, `w${x},${y}`, `n${x},${y + 1}`, `w${x + 1},${y}`] as const) {
      const [a, b] = cellsOf(edge);
      delete doors[edge];
      if (isFloor(level, a) && isFloor(level, b)) walls[edge] = 1;
    }
    return { walls, doors };
  });

  assertEquals(rules, ["V4"]);
});

Deno.test("V6 reports a level worth far more experience than its budget", () => {
  const rules = levelRules((level) => ({
    groups: Object.fromEntries(Object.values(level.groups).map((group) => [group.id, { ...group, xp: group.xp * 2 }])),
  }));

  assert(rules.includes("V6"));
});

Deno.test("V7 reports a level poorer than its experience deserves", () => {
  const rules = levelRules((level) => ({
    caches: Object.fromEntries(Object.values(level.caches).map((cache) => [cache.id, { ...cache, coins: 0 }])),
  }));

  assertEquals(rules, ["V7"]);
});

Deno.test("V8 reports a group over the high budget", () => {
  const rules = levelRules((level) => withGroup(level, () => ({ xp: 401 })));

  assert(rules.includes("V8"));
});

Deno.test("V8 reports a first fight that is more than low", () => {
  const rules = levelRules((level) => withGroup(level, () => ({ at: level.entry.at, xp: 210 })));

  assert(rules.includes("V8"));
});

Deno.test("V9 reports a level without a place to rest", () => {
  const rules = levelRules((level) => ({
    zones: Object.fromEntries(Object.entries(level.zones).map(([letter, zone]) => [letter, { ...zone, safe: false }])),
  }));

  assertEquals(rules, ["V9"]);
});

Deno.test("V12 reports a monster, a thing and a key that do not exist", () => {
  assertEquals(areaRules((level) => withGroup(level, () => ({ monsters: [{ monster: "nobody", count: 1 }] }))), [
    "V12",
  ]);
  assertEquals(
    areaRules((level) => {
      const id = firstKey(level.caches);
      const cache = level.caches[id];
      assert(cache);
      return {
        caches: { ...level.caches, [id]: { ...cache, items: cache.items.map((one) => ({ ...one, item: "nothing" })) } },
      };
    }),
    ["V12"],
  );
});

Deno.test("V12 reports a commission about somebody who is not there", () => {
  const { first, second, quests } = good();
  const boss = Object.values(second.groups).find((group) => group.boss);
  assert(boss);
  const { [boss.id]: _, ...groups } = second.groups;

  assert(rulesOf(validateArea([first, { ...second, groups }], quests)).includes("V12"));
});

Deno.test("V14 reports a name with an empty slot", () => {
  assertEquals(areaRules(() => ({ name: "Halls of {person}" })), ["V14"]);
});
