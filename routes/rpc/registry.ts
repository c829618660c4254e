/** The list of all methods. Nothing else knows which there are. */
import type { Method } from "./method.ts";
import { adminBackupCreate } from "./methods/admin_backup_create.ts";
import { adminBackupList } from "./methods/admin_backup_list.ts";
import { adminJobGet } from "./methods/admin_job_get.ts";
import { adminWorldExport } from "./methods/admin_world_export.ts";
import { adminWorldImport } from "./methods/admin_world_import.ts";
import { attack } from "./methods/attack.ts";
import { bandage } from "./methods/bandage.ts";
import { campBreak } from "./methods/camp_break.ts";
import { campMake } from "./methods/camp_make.ts";
import { campOrder } from "./methods/camp_order.ts";
import { campPrepare } from "./methods/camp_prepare.ts";
import { campRest } from "./methods/camp_rest.ts";
import { campSpendHitDice } from "./methods/camp_spend_hit_dice.ts";
import { castSpell } from "./methods/cast_spell.ts";
import { characterRoll } from "./methods/character_roll.ts";
import { completeQuest } from "./methods/complete_quest.ts";
import { createCharacter } from "./methods/create_character.ts";
import { dash } from "./methods/dash.ts";
import { delay } from "./methods/delay.ts";
import { dodge } from "./methods/dodge.ts";
import { encounterChoose } from "./methods/encounter_choose.ts";
import { endTurn } from "./methods/end_turn.ts";
import { equipItem } from "./methods/equip_item.ts";
import { eventsList } from "./methods/events_list.ts";
import { getAllSpells } from "./methods/get_all_spells.ts";
import { getEquipment } from "./methods/get_equipment.ts";
import { getGameState } from "./methods/get_game_state.ts";
import { getOptions } from "./methods/get_options.ts";
import { getQuestLog } from "./methods/get_quest_log.ts";
import { getSpell } from "./methods/get_spell.ts";
import { giveLead } from "./methods/give_lead.ts";
import { guard } from "./methods/guard.ts";
import { help } from "./methods/help.ts";
import { interact } from "./methods/interact.ts";
import { itemGive } from "./methods/item_give.ts";
import { itemTake } from "./methods/item_take.ts";
import { joinGame } from "./methods/join_game.ts";
import { leaveGame } from "./methods/leave_game.ts";
import { levelUp } from "./methods/level_up.ts";
import { light } from "./methods/light.ts";
import { lootAssign } from "./methods/loot_assign.ts";
import { lootClaim } from "./methods/loot_claim.ts";
import { lootFinish } from "./methods/loot_finish.ts";
import { move } from "./methods/move.ts";
import { openDoor } from "./methods/open_door.ts";
import { ping } from "./methods/ping.ts";
import { quick } from "./methods/quick.ts";
import { react } from "./methods/react.ts";
import { rosterList } from "./methods/roster_list.ts";
import { rpcDiscover } from "./methods/rpc_discover.ts";
import { search } from "./methods/search.ts";
import { serverStatus } from "./methods/server_status.ts";
import { sessionEnd } from "./methods/session_end.ts";
import { sessionGet } from "./methods/session_get.ts";
import { sessionGuest } from "./methods/session_guest.ts";
import { sessionReturn } from "./methods/session_return.ts";
import { sessionReturnKey } from "./methods/session_return_key.ts";
import { sessionTicket } from "./methods/session_ticket.ts";
import { setPolicy } from "./methods/set_policy.ts";
import { slip } from "./methods/slip.ts";
import { standUp } from "./methods/stand_up.ts";
import { startCombat } from "./methods/start_combat.ts";
import { startQuest } from "./methods/start_quest.ts";
import { streamDesync } from "./methods/stream_desync.ts";
import { streamSubscribe } from "./methods/stream_subscribe.ts";
import { streamUnsubscribe } from "./methods/stream_unsubscribe.ts";
import { talkSay } from "./methods/talk_say.ts";
import { travel } from "./methods/travel.ts";
import { turn } from "./methods/turn.ts";
import { unequipItem } from "./methods/unequip_item.ts";
import { useFeature } from "./methods/use_feature.ts";
import { useItem } from "./methods/use_item.ts";
import { worldCreate } from "./methods/world_create.ts";
import { worldEnd } from "./methods/world_end.ts";
import { worldInvite } from "./methods/world_invite.ts";
import { worldList } from "./methods/world_list.ts";
import { worldLog } from "./methods/world_log.ts";

export const API_GENERATION = 1;

export const METHODS: readonly Method[] = [
  adminBackupCreate,
  adminBackupList,
  adminJobGet,
  adminWorldExport,
  adminWorldImport,
  attack,
  bandage,
  campBreak,
  campMake,
  campOrder,
  campPrepare,
  campRest,
  campSpendHitDice,
  castSpell,
  characterRoll,
  completeQuest,
  createCharacter,
  dash,
  delay,
  dodge,
  encounterChoose,
  endTurn,
  equipItem,
  eventsList,
  getAllSpells,
  getEquipment,
  getGameState,
  getOptions,
  getQuestLog,
  getSpell,
  giveLead,
  guard,
  help,
  interact,
  itemGive,
  itemTake,
  joinGame,
  leaveGame,
  levelUp,
  light,
  lootAssign,
  lootClaim,
  lootFinish,
  move,
  openDoor,
  ping,
  quick,
  react,
  rosterList,
  rpcDiscover,
  search,
  serverStatus,
  sessionEnd,
  sessionGet,
  sessionGuest,
  sessionReturn,
  sessionReturnKey,
  sessionTicket,
  setPolicy,
  slip,
  standUp,
  startCombat,
  startQuest,
  streamDesync,
  streamSubscribe,
  streamUnsubscribe,
  talkSay,
  travel,
  turn,
  unequipItem,
  useFeature,
  useItem,
  worldCreate,
  worldEnd,
  worldInvite,
  worldList,
  worldLog,
];

/** A method under each name it answers to: `move`, `v1.move`. Strangers' names find nothing. */
const BY_NAME: ReadonlyMap<string, Method> = index();

export function findMethod(name: string): Method | undefined {
  return BY_NAME.get(name);
}

/** `vN.x` is the newest record with `since` ≤ N; the bare name is an alias of the newest generation. */
function index(): ReadonlyMap<string, Method> {
  const names = new Map<string, Method>();
  for (const method of METHODS.toSorted((a, b) => a.since - b.since)) {
    if (method.name === "rpc.discover") {
      names.set(method.name, method);
      continue;
    }
    names.set(method.name, method);
    for (let generation = method.since; generation <= API_GENERATION; generation++) {
      names.set(`v${generation}.${method.name}`, method);
    }
  }
  return names;
}
