/** Every planted fault by its name, and the promises whose breaking may show it first. */
import type { Plant } from "./plant.ts";
import {
  doubledTimer,
  eventLeak,
  publishBeforeCommit,
  seqGap,
  soonAtOnce,
  stalePending,
  staleViews,
  viewLeak,
} from "./plants_host.ts";
import { batchBackwards, limitedAllTheSame, sameEpoch } from "./plants_doors.ts";
import {
  ackBeforeCommit,
  lateHead,
  lostRebase,
  packDropsEntry,
  receiptApart,
  retryWithNewId,
  snapshotOffByOne,
  snapshotWithoutReceipts,
  staleBase,
  tornPack,
  twoAtomics,
} from "./plants_store.ts";
import type { Promise_ } from "./witness.ts";

export interface PlantedFault {
  /** Made anew for each run. */
  readonly make: () => Plant;
  readonly shows: readonly Promise_[];
}

export const PLANTED = {
  ackBeforeCommit: { make: ackBeforeCommit, shows: ["acknowledged before commit"] },
  publishBeforeCommit: { make: publishBeforeCommit, shows: ["published before commit"] },
  receiptApart: { make: receiptApart, shows: ["receipt in the same commit"] },
  lostRebase: { make: lostRebase, shows: ["log is append only"] },
  doubledTimer: { make: doubledTimer, shows: ["a turn ends once"] },
  seqGap: { make: seqGap, shows: ["stream in order"] },
  viewLeak: { make: viewLeak, shows: ["view as the log says"] },
  eventLeak: { make: eventLeak, shows: ["nothing of a hidden audience"] },
  snapshotOffByOne: {
    make: snapshotOffByOne,
    shows: ["view as the log says", "loads to the same state", "snapshot as the log says"],
  },
  snapshotWithoutReceipts: { make: snapshotWithoutReceipts, shows: ["once"] },
  retryWithNewId: { make: retryWithNewId, shows: ["answer before message"] },
  stalePending: { make: stalePending, shows: ["the rules decided it", "no world stops", "view as the log says"] },
  soonAtOnce: { make: soonAtOnce, shows: ["answer before message"] },
  tornPack: {
    make: tornPack,
    shows: ["head as the log says", "log contiguous", "published before commit", "acknowledged before commit"],
  },
  staleViews: { make: staleViews, shows: ["read your writes"] },
  twoAtomics: { make: twoAtomics, shows: ["a world is in one atomic at a time"] },
  lateHead: { make: lateHead, shows: ["head as the log says"] },
  packDropsEntry: { make: packDropsEntry, shows: ["no world stops", "log is append only", "loads to the same state"] },
  staleBase: { make: staleBase, shows: ["base as the log says", "no world stops", "view as the log says"] },
  limitedAllTheSame: { make: limitedAllTheSame, shows: ["what a limit refuses is not done"] },
  batchBackwards: { make: batchBackwards, shows: ["one answer for each call"] },
  sameEpoch: {
    make: sameEpoch,
    shows: ["monotonic reads", "same message for all", "view as the log says", "hash equal", "no unforeseen fault"],
  },
} as const satisfies Readonly<Record<string, PlantedFault>>;

export type PlantName = keyof typeof PLANTED;

export function isPlant(name: string): name is PlantName {
  return Object.hasOwn(PLANTED, name);
}
