import { pictureToTensor, tensorToPicture, type Model } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { decodeFile } from '../elements/image-input/decode-file.ts';
import type { InputSample } from '../elements/image-input/cs-image-input.ts';
import { isCancelled, type Lab } from './lab/lab.ts';
import { drawingOf } from './state/drawing-text.ts';
import type { InputReference } from './state/lab-state.ts';

export interface ChosenInput {
  readonly tensor: TensorData<'float32'> | undefined;
  readonly reference: InputReference | undefined;
}

export interface InputSources {
  readonly model: Model;
  readonly samples: readonly InputSample[];
  /** What the address asks for. */
  readonly wanted: InputReference | undefined;
  /** The user's picture: every network that is opened gets it in its own size. */
  readonly picture: File | undefined;
  /** What is shown now, by another network perhaps. */
  readonly before: Lab | undefined;
  readonly signal: AbortSignal;
}

/**
 * The input for a network that is being opened: the user's picture, what the address asks for, what is shown now, or a
 * sample; nothing where there is none of these.
 */
export async function chooseInput(sources: InputSources): Promise<ChosenInput> {
  const { model, samples, wanted, picture, before, signal } = sources;
  const { preprocessing } = model;
  if (picture !== undefined) {
    try {
      const tensor = await decodeFile(picture, preprocessing, { signal, onProgress: () => undefined });
      return { tensor, reference: wanted };
    } catch (error) {
      // A tensor for another network does not fit this one.
      if (isCancelled(error)) throw error;
    }
  }
  if (wanted?.kind === 'pixels' && preprocessing.channels === 1) {
    try {
      return { tensor: await drawingOf(wanted, preprocessing), reference: wanted };
    } catch {
      // A sample is shown in place of a drawing that cannot be read.
    }
  }
  const sample = wanted?.kind === 'sample' ? samples[wanted.number] : undefined;
  if (sample !== undefined) return { tensor: sample.tensor, reference: wanted };
  const shown = before?.input;
  const old = before?.model.preprocessing;
  if (shown !== undefined && old !== undefined && old.channels === preprocessing.channels && samples.length === 0) {
    return { tensor: pictureToTensor(tensorToPicture(shown, old), preprocessing), reference: before?.state.input };
  }
  const number = Math.max(
    samples.findIndex(({ label }) => label === '2'),
    0,
  );
  const first = samples[number]?.tensor;
  return { tensor: first, reference: first === undefined ? undefined : { kind: 'sample', number } };
}
