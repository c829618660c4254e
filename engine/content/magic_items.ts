/** Magic things found in the first two floors of the dark. */
import type { ItemRecord } from "../types/content.ts";
import { ARMOUR } from "./armour.ts";
import { MARTIAL_WEAPONS, SIMPLE_WEAPONS } from "./weapons.ts";

const MUNDANE: readonly ItemRecord[] = [...SIMPLE_WEAPONS, ...MARTIAL_WEAPONS, ...ARMOUR];

function mundane(id: string): ItemRecord {
  const found = MUNDANE.find((one) => one.id === id);
  if (!found) throw new RangeError(`Cannot make a magic item as its base must exist: got ${id}`);
  return found;
}

/** SRD 5.1, Weapon +1: one better to hit and to hurt. */
function weaponPlusOne(base: string, text: string): ItemRecord {
  const record = mundane(base);
  if (!record.weapon) throw new RangeError(`Cannot make a +1 weapon of what is no weapon: ${base}`);
  return {
    ...record,
    id: `${base}Plus1`,
    name: `${record.name} +1`,
    text,
    price: record.price + 40000,
    rarity: "uncommon",
    weapon: { ...record.weapon, bonus: 1 },
    stack: 1,
  };
}

/** SRD 5.1, Armour +1. */
function armourPlusOne(base: string, text: string): ItemRecord {
  const record = mundane(base);
  if (!record.armour) throw new RangeError(`Cannot make +1 armour of what is no armour: ${base}`);
  return {
    ...record,
    id: `${base}Plus1`,
    name: `${record.name} +1`,
    text,
    price: record.price + 80000,
    rarity: "rare",
    armour: { ...record.armour, bonus: 1 },
  };
}

export const MAGIC_ITEMS: readonly ItemRecord[] = [
  weaponPlusOne("longsword", "Runes run down the fuller. +1 to hit and to damage."),
  weaponPlusOne("shortsword", "It leaves the sheath without a sound. +1 to hit and to damage."),
  weaponPlusOne("dagger", "Always a little colder than the hand. +1 to hit and to damage."),
  weaponPlusOne("mace", "Its flanges never dent. +1 to hit and to damage."),
  weaponPlusOne("longbow", "Horn and heartwood that hum when drawn. +1 to hit and to damage."),
  weaponPlusOne("shortbow", "Strung with something's hair. +1 to hit and to damage."),
  weaponPlusOne("warhammer", "The head rings a true note. +1 to hit and to damage."),
  weaponPlusOne("quarterstaff", "Rowan, shod with silver. +1 to hit and to damage."),
  weaponPlusOne("greataxe", "Old notches, new edge. +1 to hit and to damage."),
  armourPlusOne("leather", "Dark hide that mends itself overnight. One better than it looks."),
  armourPlusOne("scaleMail", "Each scale bears a tiny mark. One better than it looks."),
  armourPlusOne("chainMail", "Blue steel rings without a seam. One better than it looks."),
  {
    ...mundane("shield"),
    id: "shieldPlus1",
    name: "Shield +1",
    text: "Painted with an open eye. +3 to armour class in all.",
    price: 41000,
    rarity: "uncommon",
    shield: { ac: 3 },
    icon: "eye-shield",
  },
  {
    id: "ringProtection",
    name: "Ring of protection",
    text: "A plain band: +1 to armour class and to every saving throw.",
    source: "SRD 5.1",
    kind: "ring",
    slot: "rings",
    price: 350000,
    weight: 0,
    rarity: "rare",
    worn: [{ stat: "ac", op: "add", value: 1 }, { stat: "save", op: "add", value: 1 }],
    stack: 1,
    icon: "ring",
  },
  {
    id: "ringWarding",
    name: "Ring of warding",
    text: "Iron with a charcoal stone. Fire harms its wearer half.",
    source: "SRD 5.1",
    kind: "ring",
    slot: "rings",
    price: 300000,
    weight: 0,
    rarity: "rare",
    wornResist: ["fire"],
    stack: 1,
    icon: "fire-ring",
  },
  {
    id: "cloakProtection",
    name: "Cloak of protection",
    text: "Grey wool that turns in the wind before the blow: +1 to armour class and saving throws.",
    source: "SRD 5.1",
    kind: "wondrous",
    slot: "neck",
    price: 350000,
    weight: 10,
    rarity: "uncommon",
    worn: [{ stat: "ac", op: "add", value: 1 }, { stat: "save", op: "add", value: 1 }],
    stack: 1,
    icon: "cloak",
  },
  {
    id: "bootsQuickstep",
    name: "Boots of quickstep",
    text: "Soft soles with a spring in them: ten feet more on every turn.",
    source: "own",
    kind: "wondrous",
    slot: "feet",
    price: 50000,
    weight: 10,
    rarity: "uncommon",
    worn: [{ stat: "speed", op: "add", value: 10 }],
    stack: 1,
    icon: "boots",
  },
  {
    id: "broochShielding",
    name: "Brooch of shielding",
    text: "A silver clasp that drinks force: damage of that kind is halved.",
    source: "SRD 5.1",
    kind: "wondrous",
    slot: "neck",
    price: 45000,
    weight: 0,
    rarity: "uncommon",
    wornResist: ["force"],
    stack: 1,
    icon: "gem-pendant",
  },
  {
    id: "wardenGloves",
    name: "Warden's gloves",
    text: "Stitched with hawk feathers: +1 to hit with whatever they hold.",
    source: "own",
    kind: "wondrous",
    slot: "hands",
    price: 60000,
    weight: 5,
    rarity: "uncommon",
    worn: [{ stat: "attack", op: "add", value: 1, only: "weapon" }],
    stack: 1,
    icon: "gloves",
  },
  {
    id: "helmWatch",
    name: "Helm of the watch",
    text: "Its wearer is never the last to draw: +2 to initiative.",
    source: "own",
    kind: "wondrous",
    slot: "head",
    price: 50000,
    weight: 30,
    rarity: "uncommon",
    worn: [{ stat: "initiative", op: "add", value: 2 }],
    stack: 1,
    icon: "visored-helm",
  },
  {
    id: "wandMissiles",
    name: "Wand of magic missiles",
    text: "Seven charges. Each looses three darts that do not miss, 1d4 + 1 force apiece.",
    source: "SRD 5.1",
    kind: "wondrous",
    price: 80000,
    weight: 10,
    rarity: "uncommon",
    use: {
      time: "action",
      targets: "foe",
      range: 120,
      consumed: false,
      charges: 7,
      operations: [{ type: "darts", count: 3, dice: "1d4+1", damageType: "force", perSlot: 1 }],
    },
    stack: 1,
    icon: "fairy-wand",
  },
];
