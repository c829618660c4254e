/** Laying a lasting area on squares (game design 6.2). */
import type { Play } from "../core/play.ts";
import { touchClouds } from "../effects/mod.ts";
import { creaturesOn } from "../grid/mod.ts";
import type { SpellOperation } from "../types/content.ts";
import type { CreatureId, EffectId, Point } from "../types/ids.ts";

interface CloudInput {
  readonly by: CreatureId;
  readonly source: string;
  readonly dc: number;
  readonly effect: EffectId;
  readonly squares: readonly Point[];
  readonly operation: Extract<SpellOperation, { type: "cloud" }>;
}

/** The cloud stands from now on. One that needs no concentration (grease) touches who is in it at once, as the SRD has it. */
export function layCloud(play: Play, input: CloudInput): void {
  if (!play.state.battle || input.squares.length === 0) return;
  const { operation } = input;
  play.emit({
    type: "CloudBegan",
    cloud: {
      id: input.effect,
      spell: input.source,
      caster: input.by,
      squares: input.squares,
      dc: input.dc,
      endsAt: play.state.clock + operation.duration,
      concentration: operation.concentration,
      difficult: operation.difficult,
      blocksSight: operation.blocksSight,
      touched: [],
    },
  });
  if (operation.concentration) return;
  for (const id of creaturesOn(play.state, input.squares)) touchClouds(play, id, "enter");
}
