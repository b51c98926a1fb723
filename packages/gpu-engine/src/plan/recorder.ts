import { encodeCopy, type Piece } from '../device/chunks.ts';
import type { PreparedCall } from './plan.ts';

export type Command =
  | {
      readonly kind: 'dispatch';
      readonly call: Pick<PreparedCall, 'pipeline' | 'workgroups'>;
      readonly bindGroup: GPUBindGroup;
      /** The nodes whose work it does. */
      readonly nodes: readonly string[];
    }
  | { readonly kind: 'copy'; readonly from: readonly Piece[]; readonly to: readonly Piece[] };

/** Records commands into passes; consecutive dispatches share one. */
export class Recorder {
  readonly #device: GPUDevice;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;
  #pipeline: GPUComputePipeline | undefined;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  add(command: Command | undefined): void {
    if (command === undefined) return;
    this.#encoder ??= this.#device.createCommandEncoder();
    if (command.kind === 'copy') {
      this.#endPass();
      encodeCopy(this.#encoder, command.from, command.to);
      return;
    }
    this.#pass ??= this.#encoder.beginComputePass();
    const { pipeline } = command.call;
    if (pipeline !== this.#pipeline) this.#pass.setPipeline(pipeline);
    this.#pipeline = pipeline;
    this.#pass.setBindGroup(0, command.bindGroup);
    this.#pass.dispatchWorkgroups(...command.call.workgroups);
  }

  /** Writes timestamps before and after what `record` adds, as queries `first` and `first + 1`. */
  timed(querySet: GPUQuerySet, first: number, record: () => void): void {
    this.#stamp({ querySet, beginningOfPassWriteIndex: first });
    record();
    this.#endPass();
    this.#stamp({ querySet, endOfPassWriteIndex: first + 1 });
  }

  #stamp(timestampWrites: GPUComputePassTimestampWrites): void {
    this.#encoder ??= this.#device.createCommandEncoder();
    this.#encoder.beginComputePass({ timestampWrites }).end();
  }

  finish(): GPUCommandBuffer {
    this.#endPass();
    const buffer = (this.#encoder ?? this.#device.createCommandEncoder()).finish();
    this.#encoder = undefined;
    return buffer;
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
    this.#pipeline = undefined;
  }
}
