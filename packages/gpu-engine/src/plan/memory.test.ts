import { expect, test } from 'vitest';
import type { Graph } from '../graph/index.ts';
import { trainingStep } from '../training/training-step.ts';
import { findBatches } from './batches.ts';
import { lowerGraph } from './lower.ts';
import { assignMemory, operandsOf, type MemoryPlan } from './memory.ts';
import { inputGradient, mobileNetV2, resNet18, seedNetwork, squeezeNet } from './networks.test-support.ts';
import { mostAlive, packLives, type Life } from './packing.ts';

const limits = {
  maxBindingBytes: 2 ** 27,
  maxBindings: 8,
  subgroupSize: undefined,
  operationsPerSubmit: 5e8,
  operationsPerElement: 4,
} as const;

function memoryOf(graph: Graph, adapterClass: 'software' | 'gpu'): MemoryPlan {
  const lowered = lowerGraph(graph, {
    ...limits,
    outputs: graph.outputs,
    adapterClass,
    kernels: 'fast',
    epilogues: 'fused',
  });
  const batches = findBatches(lowered.steps, new Set([lowered.steps.length - 1]));
  const memory = assignMemory(graph, lowered, limits.maxBindingBytes, batches);
  for (const { name } of lowered.steps.flatMap(operandsOf)) {
    expect(memory.storages.has(lowered.storageOf.get(name) ?? name), name).toBe(true);
  }
  return memory;
}

function seedStep(): Graph {
  const step = trainingStep(seedNetwork(100), { logits: 'logits', optimizer: { kind: 'adam' } });
  return { ...step.graph, outputs: [step.loss] };
}

test.each([
  ['the training step of the seed network', seedStep],
  ['the forward pass of the seed network', () => seedNetwork(100)],
  ['the forward pass of ResNet-18', resNet18],
  ['the input gradient of ResNet-18', () => inputGradient(resNet18())],
  ['the input gradient of MobileNetV2', () => inputGradient(mobileNetV2())],
  ['the input gradient of SqueezeNet', () => inputGradient(squeezeNet())],
])('%s needs at most 1.25 times what is alive at once', (_what, make) => {
  for (const adapterClass of ['software', 'gpu'] as const) {
    const memory = memoryOf(make(), adapterClass);
    expect(memory.bytes).toBe(memory.slots.reduce((sum, bytes) => sum + bytes, 0));
    expect(memory.lowerBound).toBeGreaterThan(2 ** 20);
    expect(memory.ratio).toBeCloseTo(memory.bytes / memory.lowerBound, 10);
    expect(memory.ratio).toBeGreaterThan(0.99);
    expect(memory.ratio).toBeLessThanOrEqual(1.25);
  }
});

const life = (first: number, last: number, sizes: readonly number[], more: Partial<Life> = {}): Life => ({
  first,
  last,
  sizes,
  apart: new Set(),
  isResult: false,
  ...more,
});

test('gradients of all parameters lie in one buffer', () => {
  const graph = seedStep();
  const lowered = lowerGraph(graph, { ...limits, outputs: graph.outputs, adapterClass: 'software', kernels: 'fast' });
  const batches = findBatches(lowered.steps, new Set());
  expect(batches.map(({ steps }) => steps.length)).toEqual([8]);
  const { storages } = assignMemory(graph, lowered, limits.maxBindingBytes, batches);
  const slots = lowered.steps.flatMap((step) => {
    const gradient = step.kind === 'dispatch' ? step.call.bindings['gradient'] : undefined;
    const storage = storages.get(lowered.storageOf.get(gradient?.name ?? '') ?? '');
    return storage?.kind === 'slots' && step.node.startsWith('optimizer:') ? [storage.places[0]?.slot] : [];
  });
  expect(slots.length).toBe(8);
  expect(new Set(slots).size).toBe(1);
});

test('lives that meet lie apart: in ranges of one buffer, or in two buffers where one step reads and writes them', () => {
  const lives = [
    life(0, 3, [1024], { apart: new Set([1]) }),
    life(1, 2, [2048], { apart: new Set([0]) }),
    life(0, 9, [512]),
    life(4, 9, [700, 300], { isResult: true }),
    life(5, 6, [4096]),
  ];
  const { slots, places } = packLives(lives, 4096);
  lives.forEach((a, i) => {
    a.sizes.forEach((size, chunk) => {
      const own = places[i]?.[chunk] ?? { slot: -1, offset: 0 };
      expect(own.offset % 256).toBe(0);
      expect(own.offset + size).toBeLessThanOrEqual(slots[own.slot] ?? 0);
      if (a.isResult) expect(own.offset).toBe(0);
      lives.forEach((b, j) => {
        if (i === j || a.first > b.last || b.first > a.last) return;
        b.sizes.forEach((otherSize, otherChunk) => {
          const other = places[j]?.[otherChunk] ?? { slot: -1, offset: 0 };
          if (own.slot !== other.slot) return;
          expect(a.apart.has(j)).toBe(false);
          expect(own.offset + size <= other.offset || other.offset + otherSize <= own.offset).toBe(true);
        });
      });
    });
  });
  expect(slots.every((bytes) => bytes <= 4096)).toBe(true);
  expect(mostAlive(lives, 10)).toBe(512 + 1000 + 4096);
});
