import { isTunedFor, kernelChoices, readKernelTuning } from '@convscope/gpu-engine';
import type { Context } from './command.ts';
import { readUserFile } from './read-file.ts';
import { printable } from './text.ts';

/** For every command that computes. */
export const choicesFlags = {
  choices: { type: 'text', placeholder: 'FILE', description: 'kernels as `convscope tune` has measured them' },
} as const;

/** The context whose devices take the kernels of this file. Throws `invalid-file`. */
export async function withChoices(context: Context, path: string | undefined): Promise<Context> {
  if (path === undefined) return context;
  const tuning = readKernelTuning(new TextDecoder().decode(await readUserFile(path, context.signal)));
  return {
    ...context,
    requestDevice: async () => {
      const device = await context.requestDevice();
      device.kernelChoices = kernelChoices(tuning);
      if (!isTunedFor(tuning, device.adapter)) {
        const { vendor, architecture, description } = tuning.adapter;
        const name = [vendor, architecture, description].filter((word) => word !== '').join(' ');
        context.stderr.write(`note: the kernels of --choices were measured on another adapter: ${printable(name)}\n`);
      }
      return device;
    },
  };
}
