import { encodeCopy, type Piece } from '../device/chunks.ts';
import type { PreparedCall } from './plan.ts';

export type Command =
  | { readonly kind: 'dispatch'; readonly call: PreparedCall; readonly bindGroup: GPUBindGroup }
  | { readonly kind: 'copy'; readonly from: readonly Piece[]; readonly to: readonly Piece[] };

/** Records commands into passes; consecutive dispatches share one. */
export class Recorder {
  readonly #device: GPUDevice;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  add(command: Command): void {
    this.#encoder ??= this.#device.createCommandEncoder();
    if (command.kind === 'copy') {
      this.#endPass();
      encodeCopy(this.#encoder, command.from, command.to);
      return;
    }
    this.#pass ??= this.#encoder.beginComputePass();
    this.#pass.setPipeline(command.call.pipeline);
    this.#pass.setBindGroup(0, command.bindGroup);
    this.#pass.dispatchWorkgroups(...command.call.workgroups);
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
  }
}
