import { Session } from '@convscope/xai';
import type { Model } from '@convscope/formats';
import { throwIfCancelled } from '@convscope/gpu-engine/graph';
import type { Context } from './command.ts';

/** Opens the GPU and the model on it, and frees both when `work` has ended, so that Node can end too. */
export async function withSession<T>(
  model: Model,
  { requestDevice, signal }: Context,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  throwIfCancelled(signal);
  const device = await requestDevice();
  try {
    const session = await Session.create(device, model);
    try {
      return await work(session);
    } finally {
      session.dispose();
    }
  } finally {
    device.dispose();
  }
}
