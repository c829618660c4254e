/** After any act in battle: is it over, and can the one whose turn it is still act? No rule can forget it. */
import { stepAside } from "./step_aside.ts";
import type { Play } from "../core/play.ts";
import { endIfOver } from "./ending.ts";
import { canAct, finishTurn } from "./turn.ts";

/** Called by the rules' front door after every rule that succeeded. Waits while a question is open. */
export function settleBattle(play: Play): void {
  const battle = play.state.battle;
  if (play.state.mode !== "battle" || !battle || battle.prompt || endIfOver(play)) return;
  stepAside(play);
  if (!canAct(play, battle.turn)) finishTurn(play, battle.turn);
}
