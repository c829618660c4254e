/** Initiative (SRD 5.1, Combat; ties as in game design 6.2). */
import { abilitiesOf, initiativeBonus } from "../character/mod.ts";
import type { Play } from "../core/play.ts";
import { findCreature } from "../core/fold.ts";
import type { Roll } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";

/** Up to this many identical foes share one roll. */
const SHARE = 4;

/** Rolls for everyone on the field and settles the order: total, DEX score, party first, id. */
export function rollInitiative(play: Play): void {
  const battle = play.state.battle;
  if (!battle) return;
  const dice = play.dice("initiative");
  const shared = new Map<string, { readonly roll: Roll; left: number }>();
  const rolls: { readonly creature: CreatureId; readonly roll: Roll }[] = [];
  for (const key of Object.keys(battle.on)) {
    const id = key as CreatureId;
    const creature = findCreature(play.state, id);
    if (!creature) continue;
    const kind = creature.type === "monster" && !creature.leader ? creature.monster : id;
    const known = shared.get(kind);
    if (known && known.left > 0) {
      known.left -= 1;
      rolls.push({ creature: id, roll: known.roll });
      continue;
    }
    const roll = dice.d20(initiativeBonus(creature));
    shared.set(kind, { roll, left: creature.type === "monster" ? SHARE - 1 : 0 });
    rolls.push({ creature: id, roll });
  }
  const dexterity = (id: CreatureId) => {
    const creature = findCreature(play.state, id);
    return creature ? abilitiesOf(creature).dex : 0;
  };
  const side = (id: CreatureId) => battle.on[id]?.side === "party" ? 0 : 1;
  const order = [...rolls].sort((a, b) =>
    b.roll.total - a.roll.total || dexterity(b.creature) - dexterity(a.creature) ||
    side(a.creature) - side(b.creature) || (a.creature < b.creature ? -1 : 1)
  ).map(({ creature }) => creature);
  play.emit({ type: "InitiativeRolled", rolls, order });
}
