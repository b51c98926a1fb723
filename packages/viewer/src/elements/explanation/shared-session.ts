import type { Model } from '@convscope/formats';
import { ConvscopeError, throwIfCancelled } from '@convscope/gpu-engine/graph';
import { Session } from '@convscope/xai';
import { sharedDevice } from '../../shared/shared-device.ts';

export type NetworkProgress = (bytes: number, of: number | undefined) => void;
export type OpenNetwork = (signal: AbortSignal, onProgress: NetworkProgress) => Promise<Model>;

/** One network on the page's device, used by all elements that show it. */
interface Shared {
  readonly session: Promise<Session>;
  readonly cancel: AbortController;
  readonly listeners: Set<NetworkProgress>;
  users: number;
  /** Ends when the explanation that was asked for last is made: they are made one after the other. */
  last: Promise<unknown>;
}

const all = new Map<string, Shared>();

/** A user's hold on a network. */
export interface SessionLease {
  readonly session: Promise<Session>;
  /** Runs `work` when the others' work on this network is done. */
  readonly run: <Result>(signal: AbortSignal, work: (session: Session) => Promise<Result>) => Promise<Result>;
  /** The last user's release frees the network's memory. */
  readonly release: () => void;
}

/**
 * The session of the network that `key` stands for, opened by the first who asks. After a failure or a lost device the
 * next to ask opens it anew. The session throws what `open` throws, and `no-webgpu`, `no-adapter`, `device-lost`.
 */
export function leaseSession(key: string, open: OpenNetwork, onProgress: NetworkProgress): SessionLease {
  const shared = all.get(key) ?? openShared(key, open);
  shared.users++;
  shared.listeners.add(onProgress);
  let isReleased = false;
  return {
    session: shared.session,
    run: async (signal, work) => {
      const turn = shared.last.then(async () => {
        throwIfCancelled(signal);
        return work(await shared.session);
      });
      shared.last = turn.catch(() => undefined);
      return turn;
    },
    release: () => {
      if (isReleased) return;
      isReleased = true;
      shared.listeners.delete(onProgress);
      if (--shared.users === 0) close(key, shared);
    },
  };
}

function openShared(key: string, open: OpenNetwork): Shared {
  const cancel = new AbortController();
  const listeners = new Set<NetworkProgress>();
  const session = createSession(open, cancel.signal, (bytes, of) => {
    for (const listener of listeners) listener(bytes, of);
  });
  const shared: Shared = { session, cancel, listeners, users: 0, last: Promise.resolve() };
  const forget = (): void => {
    if (all.get(key) === shared) all.delete(key);
  };
  session.then(async ({ device }) => device.lost.then(forget), forget);
  all.set(key, shared);
  return shared;
}

async function createSession(open: OpenNetwork, signal: AbortSignal, onProgress: NetworkProgress): Promise<Session> {
  // Where there is no WebGPU, nothing is fetched.
  const device = await sharedDevice();
  const model = await open(signal, onProgress);
  throwIfCancelled(signal);
  const session = await Session.create(device, model);
  if (!signal.aborted) return session;
  session.dispose();
  throw new ConvscopeError('cancelled', 'nobody shows the network any more');
}

function close(key: string, shared: Shared): void {
  if (all.get(key) === shared) all.delete(key);
  shared.cancel.abort();
  const dispose = async (): Promise<void> => {
    await shared.last;
    (await shared.session).dispose();
  };
  dispose().catch(() => undefined);
}
