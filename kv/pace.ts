/** Called after a slice of work with how long it took (ms); waits as long as others should have the machine. */
export type Pace = (workedMs: number) => Promise<void>;

/** Rests `factor` times as long as was worked, at least a turn of the event loop. */
export function resting(factor: number): Pace {
  return (workedMs) => new Promise((resolve) => setTimeout(resolve, workedMs * factor));
}

/** Works on; for those who have the machine to themselves. */
export const STEADY: Pace = () => Promise.resolve();
