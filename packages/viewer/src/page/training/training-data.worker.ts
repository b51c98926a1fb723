import { digitTrainingSets, shapeTrainingSets, type TrainingSets } from '@convscope/zoo';
import { trainingSetsFrom } from './dropped-files.ts';
import type { DataReply, DataRequest } from './training-data.ts';

/** What this module uses of its global scope, which TypeScript's `dom` library takes for a window. */
interface WorkerScope {
  addEventListener: (name: 'message', listener: (event: MessageEvent<DataRequest>) => void) => void;
  postMessage: (message: DataReply, transfer: Transferable[]) => void;
}

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('message', ({ data }) => void reply(data));

async function reply(request: DataRequest): Promise<void> {
  try {
    const sets = await setsFor(request);
    const tensors = [sets.training, sets.validation].flatMap(({ images, labels }) => [images, labels]);
    const buffers = new Set(tensors.map(({ data: { buffer } }) => buffer as ArrayBuffer));
    scope.postMessage({ sets }, [...buffers]);
  } catch (error) {
    scope.postMessage({ message: error instanceof Error ? error.message : String(error) }, []);
  }
}

async function setsFor(request: DataRequest): Promise<TrainingSets> {
  if (request.kind === 'files') return trainingSetsFrom(request.files);
  const draw = request.kind === 'digits' ? digitTrainingSets : shapeTrainingSets;
  return draw(request.trainingCount, request.validationCount);
}
