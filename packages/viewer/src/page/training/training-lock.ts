const NAME = 'convscope-training';

/**
 * Holds the browser's lock of trainings while `work` goes on, which is told whether it could be had: one tab at a time
 * keeps checkpoints. Browsers do not freeze hidden pages that hold a lock.
 */
export async function withTrainingLock(work: (isHeld: boolean) => Promise<void>): Promise<void> {
  const locks = (globalThis.navigator as Partial<Navigator>).locks;
  if (locks === undefined) await work(true);
  else await locks.request(NAME, { ifAvailable: true }, async (lock) => work(lock !== null));
}
