import type { GpuDevice } from '../device/gpu-device.ts';
import { ConvscopeError } from '../graph/index.ts';
import type { Plan, PreparedStep } from './plan.ts';
import { Recorder, type Command } from './recorder.ts';

export interface ProfileSettings {
  /** Whole runs, of which each node's median is taken. Default: 5. A plan with updates changes its parameters in each. */
  readonly runs?: number;
  /** A clock in milliseconds (`() => performance.now()`), for devices without timestamp queries. */
  readonly clock?: () => number;
  /** `clock` measures by the clock also where there are timestamps. */
  readonly method?: 'timestamps' | 'clock';
}

/** What one node costs. */
export interface NodeProfile {
  readonly node: string;
  /** The node's op; `copy` for copies of results and updates. */
  readonly op: string;
  /** The kernels that it dispatches, in order, without repetition. */
  readonly kernels: readonly string[];
  readonly milliseconds: number;
  /** Estimated floating point operations. */
  readonly operations: number;
  /** Bytes of all tensors that its dispatches read or write. */
  readonly bytes: number;
}

export interface Profile {
  readonly method: 'timestamps' | 'clock';
  readonly runs: number;
  /** In the order in which nodes run. */
  readonly nodes: readonly NodeProfile[];
  /** The sum over the nodes. */
  readonly milliseconds: number;
  /** What one empty submit takes by the clock, already taken off each node; 0 with timestamps. */
  readonly overheadMilliseconds: number;
}

/** Consecutive commands of one node. */
interface Section {
  readonly node: string;
  readonly commands: readonly Command[];
}

/** Queries of one set, at most. */
const MOST_QUERIES = 4096;

/** How times are taken on this device. Throws `invalid-parameter` where there are neither timestamps nor a clock. */
export function profileMethod(device: GpuDevice, { method, clock }: ProfileSettings): 'timestamps' | 'clock' {
  const hasTimestamps = device.handle.features.has('timestamp-query');
  if (hasTimestamps && method !== 'clock') return 'timestamps';
  if (clock !== undefined && method !== 'timestamps') return 'clock';
  throw new ConvscopeError('invalid-parameter', 'the device has no timestamp queries, and no clock was given', {
    got: `method ${method ?? 'unset'}`,
    wanted: 'a clock in milliseconds',
  });
}

/** Runs a plan's commands section by section and gives each node's median time. `commands` are those of the steps. */
export async function profileCommands(
  plan: Plan,
  commands: readonly Command[],
  settings: ProfileSettings,
): Promise<Profile> {
  const { device } = plan;
  const { runs = 5, clock = () => 0 } = settings;
  const method = profileMethod(device, settings);
  const sections = sectionsOf(plan.steps, commands);
  const overhead = method === 'clock' ? await timeEmptySubmit(device, clock) : 0;
  const times: number[][] = sections.map(() => []);
  for (let run = 0; run < runs; run++) {
    const own =
      method === 'timestamps'
        ? await timeByTimestamps(device, sections)
        : await timeByClock(device, sections, clock, overhead);
    own.forEach((milliseconds, index) => times[index]?.push(milliseconds));
  }
  const byNode = new Map<string, number>();
  sections.forEach(({ node }, index) => byNode.set(node, (byNode.get(node) ?? 0) + median(times[index] ?? [])));
  const nodes = [...byNode].map(([node, milliseconds]) => ({ ...costOf(plan, node), milliseconds }));
  const milliseconds = nodes.reduce((sum, node) => sum + node.milliseconds, 0);
  return { method, runs, nodes, milliseconds, overheadMilliseconds: overhead };
}

function sectionsOf(steps: readonly PreparedStep[], commands: readonly Command[]): readonly Section[] {
  const sections: { node: string; commands: Command[] }[] = [];
  steps.forEach(({ node }, index) => {
    const last = sections.at(-1);
    const command = commands[index] as Command;
    if (last?.node === node) last.commands.push(command);
    else sections.push({ node, commands: [command] });
  });
  return sections;
}

function costOf({ graph, steps }: Plan, name: string): Omit<NodeProfile, 'milliseconds'> {
  const kernels = new Set<string>();
  let [operations, bytes] = [0, 0];
  for (const step of steps) {
    if (step.node !== name) continue;
    if (step.kind === 'copy') {
      bytes += 8 * step.from.elements;
      continue;
    }
    kernels.add(step.call.kernel);
    operations += step.call.operations;
    // Slices of one dispatch share its tensors.
    if ((step.call.firstRow ?? 0) > 0) continue;
    for (const { elements } of Object.values(step.call.bindings)) bytes += 4 * elements;
  }
  const op = graph.nodes.find((node) => node.name === name)?.op ?? 'copy';
  return { node: name, op, kernels: [...kernels], operations, bytes };
}

async function timeByClock(
  device: GpuDevice,
  sections: readonly Section[],
  clock: () => number,
  overhead: number,
): Promise<number[]> {
  const times: number[] = [];
  for (const { commands } of sections) {
    times.push(Math.max(0, (await timeSubmit(device, commands, clock)) - overhead));
  }
  return times;
}

async function timeEmptySubmit(device: GpuDevice, clock: () => number): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 9; index++) times.push(await timeSubmit(device, [], clock));
  return median(times);
}

async function timeSubmit(device: GpuDevice, commands: readonly Command[], clock: () => number): Promise<number> {
  const recorder = new Recorder(device.handle);
  for (const command of commands) recorder.add(command);
  const buffer = recorder.finish();
  const start = clock();
  device.handle.queue.submit([buffer]);
  await device.idle();
  return clock() - start;
}

/** Timestamps at the beginning and end of the passes of each section. */
async function timeByTimestamps(device: GpuDevice, sections: readonly Section[]): Promise<number[]> {
  const times: number[] = [];
  const perSet = MOST_QUERIES / 2;
  for (let start = 0; start < sections.length; start += perSet) {
    times.push(...(await timePart(device, sections.slice(start, start + perSet))));
  }
  return times;
}

async function timePart(device: GpuDevice, sections: readonly Section[]): Promise<number[]> {
  const { handle, memory } = device;
  const count = 2 * sections.length;
  const querySet = handle.createQuerySet({ type: 'timestamp', count });
  const buffers: GPUBuffer[] = [];
  try {
    buffers.push(...(await memory.allocate([8 * count], 'query')));
    buffers.push(...(await memory.allocate([8 * count], 'readback')));
    const [resolved, readback] = buffers as [GPUBuffer, GPUBuffer];
    for (const [index, { commands }] of sections.entries()) {
      const recorder = new Recorder(handle);
      recorder.timed(querySet, 2 * index, () => {
        for (const command of commands) recorder.add(command);
      });
      handle.queue.submit([recorder.finish()]);
    }
    const encoder = handle.createCommandEncoder();
    encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, readback, 0, 8 * count);
    handle.queue.submit([encoder.finish()]);
    await device.idle();
    await readback.mapAsync(1 /* GPUMapMode.READ */, 0, 8 * count);
    const ticks = new BigUint64Array(readback.getMappedRange(0, 8 * count).slice(0));
    readback.unmap();
    // Clocks of some GPUs go back between passes.
    return sections.map((_, index) => {
      const [begin, end] = [ticks[2 * index] as bigint, ticks[2 * index + 1] as bigint];
      return end > begin ? Number(end - begin) / 1e6 : 0;
    });
  } finally {
    memory.release(buffers);
    querySet.destroy();
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}
