/** Faults planted around the doors and the restore of backups. */
import type { Plant } from "./plant.ts";

/** Says that a limit was met, and does what was asked all the same. */
export function limitedAllTheSame(): Plant {
  return {
    dispatcher: (dispatcher) => ({
      ...dispatcher,
      decline(prepared, refusal, context) {
        void dispatcher.run(prepared, context);
        return dispatcher.decline(prepared, refusal, context);
      },
    }),
  };
}

/** Answers the calls of a batch beginning with the last. */
export function batchBackwards(): Plant {
  return {
    dispatcher: (dispatcher) => ({
      ...dispatcher,
      async run(prepared, context) {
        const reply = await dispatcher.run(prepared, context);
        if (prepared.message.type !== "batch" || reply.text === undefined) return reply;
        const answers = JSON.parse(reply.text) as readonly unknown[];
        return { ...reply, text: JSON.stringify([...answers].reverse()) };
      },
    }),
  };
}

/** Restores a backup and lets its worlds go on under the numbers their histories had. */
export function sameEpoch(): Plant {
  return { raise: (before) => before };
}
