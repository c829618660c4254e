import { z } from "zod";
import { attackExtras, AttackResult } from "../attack_result.ts";
import { CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const attack = command({
  name: "attack",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    character: CreatureRef,
    target: CreatureRef,
    weapon: ItemRef.exactOptional(),
    hand: z.enum(["main", "off"]).exactOptional(),
  }),
  result: AttackResult,
  cost: 2,
  errors: [
    "character/not_yours",
    "turn/not_yours",
    "turn/wrong_mode",
    "combat/out_of_range",
    "combat/no_line_of_sight",
    "combat/no_action",
    "combat/bad_target",
    "combat/no_weapon",
    "combat/no_ammunition",
    "combat/incapacitated",
  ],
  about: "One attack with a held weapon, or with what nature gave, at a legal target",
  example: { character: "c_aldric", target: "n_gob1" },
  intent: (params) => ({ type: "Attack", ...params }),
  extras: attackExtras,
});
