/** V12 and V14: every id leads to something, no name has an empty slot. */
import { ITEMS, MONSTERS } from "../../content/mod.ts";
import type { Level } from "../../types/area.ts";
import { cellKey, isFloor, pointOf } from "../../world/geometry.ts";
import type { AreaInput, Fault } from "./fault.ts";

/** V12: monsters, things, caches, keys, stairs and the targets of commissions exist. */
export function checkReferences({ levels, quests }: AreaInput): readonly Fault[] {
  const faults: Fault[] = levels.flatMap((level) => checkLevel(level, levels));
  const fault = (at: string, what: string) => faults.push({ rule: "V12", at, what });
  const stacks = new Set(
    levels.flatMap((level) => Object.values(level.caches)).flatMap((one) => one.items.map((s) => s.id)),
  );
  const all = levels.flatMap((level) => Object.values(level.caches)).flatMap((one) => one.items);
  if (all.length !== stacks.size) fault("items", "each stack must have an id of its own");
  for (const quest of quests) {
    for (const { target } of quest.steps) {
      switch (target.type) {
        case "group":
          if (!levels.some((level) => level.groups[target.id])) fault(quest.id, `group ${target.id} must exist`);
          break;
        case "item":
          if (!all.some((stack) => stack.id === target.id)) fault(quest.id, `item ${target.id} must exist`);
          break;
        case "cell": {
          const level = levels.find((one) => one.id === target.level);
          if (!level || !isFloor(level, target.at)) {
            fault(quest.id, `place ${target.level}:${cellKey(target.at)} must be floor`);
          }
          break;
        }
        case "board":
          if (!levels.some((level) => Object.values(level.features).some((one) => one.type === "board"))) {
            fault(quest.id, "the board must exist");
          }
      }
    }
  }
  return faults;
}

function checkLevel(level: Level, levels: readonly Level[]): readonly Fault[] {
  const faults: Fault[] = [];
  const fault = (at: string, what: string) => faults.push({ rule: "V12", at: `${level.id}:${at}`, what });
  for (const group of Object.values(level.groups)) {
    for (const { monster } of group.monsters) {
      if (!Object.hasOwn(MONSTERS, monster)) fault(group.id, `monster ${monster} must exist`);
    }
    if (group.monsters.length === 0) fault(group.id, "a group must have members");
    if (group.cache !== undefined && level.caches[group.cache]?.heldBy !== group.id) {
      fault(group.id, `cache ${group.cache} must be held by the group`);
    }
    if (!isFloor(level, group.at)) fault(group.id, "a group must stand on floor");
  }
  for (const cache of Object.values(level.caches)) {
    for (const { item } of cache.items) if (!Object.hasOwn(ITEMS, item)) fault(cache.id, `item ${item} must exist`);
    if (cache.heldBy !== undefined && !level.groups[cache.heldBy]) fault(cache.id, `group ${cache.heldBy} must exist`);
    const here = level.features[cellKey(cache.at)];
    if (cache.heldBy === undefined && !(here?.type === "cache" && here.cache === cache.id)) {
      fault(cache.id, "treasure that nobody carries must lie on its cell");
    }
  }
  const held = new Set(levels.flatMap((one) => Object.values(one.caches)).flatMap((one) => one.items.map((s) => s.id)));
  for (const [edge, door] of Object.entries(level.doors)) {
    if (door.key !== undefined && !held.has(door.key)) fault(edge, `key ${door.key} must exist`);
  }
  for (const [key, feature] of Object.entries(level.features)) {
    if (!isFloor(level, pointOf(key as `${number},${number}`))) fault(key, "a feature must stand on floor");
    if (feature.type === "cache" && !level.caches[feature.cache]) fault(key, `cache ${feature.cache} must exist`);
    if (feature.type === "stairs" && !levels.some((one) => one.id === feature.to.level)) {
      fault(key, `level ${feature.to.level} must exist`);
    }
  }
  for (const letter of new Set(level.rows.join(""))) {
    if (letter !== "#" && !level.zones[letter]) fault(letter, `zone ${letter} must exist`);
  }
  return faults;
}

/** V14: no text has an unfilled slot or is empty; zone names differ. */
export function checkTexts({ levels, quests }: AreaInput): readonly Fault[] {
  const faults: Fault[] = [];
  const check = (at: string, text: string) => {
    if (text.trim() === "" || /[{}]/.test(text)) {
      faults.push({ rule: "V14", at, what: `a text must have every slot filled: got ${text}` });
    }
  };
  for (const level of levels) {
    check(level.id, level.name);
    const names = Object.values(level.zones).map((zone) => zone.name);
    for (const [letter, zone] of Object.entries(level.zones)) check(`${level.id}:${letter}`, zone.name);
    if (new Set(names).size !== names.length) {
      faults.push({ rule: "V14", at: level.id, what: "zones must differ in name" });
    }
  }
  for (const quest of quests) {
    for (const text of [quest.title, quest.text, quest.giver, ...quest.steps.map((step) => step.text)]) {
      check(quest.id, text);
    }
  }
  return faults;
}
