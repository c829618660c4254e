/** A tab holds the lowest lane on which it gets a Web Lock until it closes; lane 15 is shared when sixteen tabs are open. */
export async function takeLane(locks: LockManager | undefined): Promise<number> {
  if (locks === undefined) return 0;
  for (let lane = 0; lane < 15; lane++) {
    if (await holdLock(locks, `goldbox-lane-${lane}`)) return lane;
  }
  return 15;
}

function holdLock(locks: LockManager, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => {});
    }).catch(() => resolve(false)); // locks denied in this context: the next lane decides, 15 at last
  });
}
