/** Armour and shields of SRD 5.1 (Equipment). */
import type { ItemRecord } from "../types/content.ts";

interface Sketch {
  readonly text: string;
  readonly icon: string;
  readonly price: number;
  readonly weight: number;
  readonly ac: number;
  readonly maxDex: number | null;
  readonly strength?: number;
  readonly noisy?: boolean;
}

function armour(kind: "light" | "medium" | "heavy", id: string, name: string, sketch: Sketch): ItemRecord {
  return {
    id,
    name,
    text: sketch.text,
    source: "SRD 5.1",
    kind: "armour",
    slot: "chest",
    price: sketch.price,
    weight: sketch.weight,
    rarity: "common",
    armour: {
      class: kind,
      ac: sketch.ac,
      maxDex: sketch.maxDex,
      stealthDisadvantage: sketch.noisy ?? false,
      ...(sketch.strength === undefined ? {} : { strength: sketch.strength }),
    },
    stack: 1,
    icon: sketch.icon,
  };
}

export const ARMOUR: readonly ItemRecord[] = [
  armour("light", "padded", "Padded armour", {
    text: "Quilted layers that rustle at every step.",
    icon: "abdominal-armor",
    price: 500,
    weight: 80,
    ac: 11,
    maxDex: null,
    noisy: true,
  }),
  armour("light", "leather", "Leather armour", {
    text: "Boiled leather, supple where it must be.",
    icon: "leather-armor",
    price: 1000,
    weight: 100,
    ac: 11,
    maxDex: null,
  }),
  armour("light", "studdedLeather", "Studded leather", {
    text: "Tough leather set with close rivets.",
    icon: "leather-vest",
    price: 4500,
    weight: 130,
    ac: 12,
    maxDex: null,
  }),
  armour("medium", "hide", "Hide armour", {
    text: "Thick furs and pelts, cut rough.",
    icon: "fur-shirt",
    price: 1000,
    weight: 120,
    ac: 12,
    maxDex: 2,
  }),
  armour("medium", "chainShirt", "Chain shirt", {
    text: "Rings worn between cloth and coat. Quiet for metal.",
    icon: "mail-shirt",
    price: 5000,
    weight: 200,
    ac: 13,
    maxDex: 2,
  }),
  armour("medium", "scaleMail", "Scale mail", {
    text: "Overlapping scales on leather; everyone hears it come.",
    icon: "scale-mail",
    price: 5000,
    weight: 450,
    ac: 14,
    maxDex: 2,
    noisy: true,
  }),
  armour("medium", "breastplate", "Breastplate", {
    text: "A fitted plate over the chest, the limbs left free.",
    icon: "breastplate",
    price: 40000,
    weight: 200,
    ac: 14,
    maxDex: 2,
  }),
  armour("medium", "halfPlate", "Half plate", {
    text: "Shaped plates over most of the body.",
    icon: "chest-armor",
    price: 75000,
    weight: 400,
    ac: 15,
    maxDex: 2,
    noisy: true,
  }),
  armour("heavy", "ringMail", "Ring mail", {
    text: "Leather with heavy rings sewn on. Better than prayer.",
    icon: "layered-armor",
    price: 3000,
    weight: 400,
    ac: 14,
    maxDex: 0,
    noisy: true,
  }),
  armour("heavy", "chainMail", "Chain mail", {
    text: "Interlocking rings from neck to knee. Wants strength 13.",
    icon: "chain-mail",
    price: 7500,
    weight: 550,
    ac: 16,
    maxDex: 0,
    strength: 13,
    noisy: true,
  }),
  armour("heavy", "splint", "Splint armour", {
    text: "Strips of steel riveted to leather. Wants strength 15.",
    icon: "armor-vest",
    price: 20000,
    weight: 600,
    ac: 17,
    maxDex: 0,
    strength: 15,
    noisy: true,
  }),
  armour("heavy", "plate", "Plate armour", {
    text: "Shaped steel over the whole body. Wants strength 15 and a fortune.",
    icon: "lamellar",
    price: 150000,
    weight: 650,
    ac: 18,
    maxDex: 0,
    strength: 15,
    noisy: true,
  }),
  {
    id: "shield",
    name: "Shield",
    text: "Wood and hide on one arm: +2 to armour class, and one hand less.",
    source: "SRD 5.1",
    kind: "shield",
    slot: "weaponOff",
    price: 1000,
    weight: 60,
    rarity: "common",
    shield: { ac: 2 },
    stack: 1,
    icon: "round-shield",
  },
];
