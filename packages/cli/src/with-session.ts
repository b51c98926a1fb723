import type { GpuDevice } from '@convscope/gpu-engine';
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
    await closeDevice(device);
  }
}

/** Disposes of a device once it has done what was submitted: software drivers may crash when it goes in mid-work. */
export async function closeDevice(device: GpuDevice): Promise<void> {
  await device.idle().catch(() => undefined);
  device.dispose();
}
