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
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_action",
    "combat/no_bonus_action",
    "combat/bad_target",
    "combat/out_of_range",
    "combat/no_line_of_sight",
    "combat/no_weapon",
    "combat/no_ammunition",
  ],
  about: "One attack with a held weapon, or with what nature gave, at a legal target",
  example: { character: "c_aldric", target: "n_gob1" },
  intent: (params) => ({ type: "Attack", ...params }),
  extras: attackExtras,
});
