import type { GpuDevice } from '../device/gpu-device.ts';
import { ConvscopeError } from '../graph/index.ts';
import type { Instance, RunOptions } from './instance.ts';
import { median } from './median.ts';
import type { Plan, PreparedStep } from './plan.ts';
import { Recorder, type Command } from './recorder.ts';

export interface ProfileSettings {
  /** Whole runs, of which each node's median is taken. Default: 5. A plan with updates changes its parameters in each. */
  readonly runs?: number;
  /**
   * How often a node's commands follow one another in one measurement, whose time is divided: for coarse clocks.
   * Default: 1. For plans without updates.
   */
  readonly repeats?: number;
  /** A clock in milliseconds (`() => performance.now()`), for devices without timestamp queries. */
  readonly clock?: () => number;
  /** `clock` measures by the clock also where there are timestamps. */
  readonly method?: 'timestamps' | 'clock';
}

export interface ProfileOptions extends Pick<RunOptions, 'inputs' | 'scalars'>, ProfileSettings {}

/** What one node costs. */
export interface NodeProfile {
  /** Its name; `… and 5 more` where one dispatch does the work of several. */
  readonly node: string;
  /** The names of all nodes whose work it is, in order. */
  readonly names: readonly string[];
  /** The first node's op; `copy` for copies of results and updates. */
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

/** Consecutive commands of one node, or of several that one dispatch does. */
interface Section {
  readonly nodes: readonly string[];
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

/**
 * Runs an instance's plan node by node and gives what each one takes. Slower than a run: every node is a submit of its
 * own. Throws as `Instance.run`, and `invalid-parameter` where the device has no timestamp queries and no clock is given.
 */
export async function profileRun(instance: Instance, options: ProfileOptions = {}): Promise<Profile> {
  const { plan } = instance;
  profileMethod(plan.device, options);
  return instance.submitBy(options, async (commands) => profileCommands(plan, commands, options));
}

/** Runs a plan's commands section by section and gives each node's median time. `commands` are those of the steps. */
async function profileCommands(
  plan: Plan,
  commands: readonly (Command | undefined)[],
  settings: ProfileSettings,
): Promise<Profile> {
  const { device } = plan;
  const { runs = 5, repeats = 1, clock = () => 0 } = settings;
  const method = profileMethod(device, settings);
  const sections = sectionsOf(plan.steps, commands).map((section) => ({
    ...section,
    commands: Array.from({ length: repeats }, () => section.commands).flat(),
  }));
  const overhead = method === 'clock' ? await timeEmptySubmit(device, clock) : 0;
  const times: number[][] = sections.map(() => []);
  for (let run = 0; run < runs; run++) {
    const own =
      method === 'timestamps'
        ? await timeByTimestamps(device, sections)
        : await timeByClock(device, sections, clock, overhead);
    own.forEach((milliseconds, index) => times[index]?.push(milliseconds / repeats));
  }
  const byNode = new Map<string, { nodes: readonly string[]; milliseconds: number }>();
  sections.forEach((section, index) => {
    const label = labelOf(section.nodes);
    const before = byNode.get(label)?.milliseconds ?? 0;
    byNode.set(label, { nodes: section.nodes, milliseconds: before + median(times[index] ?? []) });
  });
  const nodes = [...byNode.values()].map((entry) => ({
    ...costOf(plan, entry.nodes),
    milliseconds: entry.milliseconds,
  }));
  const milliseconds = nodes.reduce((sum, node) => sum + node.milliseconds, 0);
  return { method, runs, nodes, milliseconds, overheadMilliseconds: overhead };
}

function sectionsOf(steps: readonly PreparedStep[], commands: readonly (Command | undefined)[]): readonly Section[] {
  const sections: { nodes: readonly string[]; commands: Command[] }[] = [];
  steps.forEach(({ node }, index) => {
    const last = sections.at(-1);
    const command = commands[index];
    if (command === undefined) return;
    const nodes = command.kind === 'dispatch' ? command.nodes : [node];
    if (last !== undefined && labelOf(last.nodes) === labelOf(nodes)) last.commands.push(command);
    else sections.push({ nodes, commands: [command] });
  });
  return sections;
}

/** The node's name; of several the first one's, and how many more there are. */
function labelOf(nodes: readonly string[]): string {
  const further = new Set(nodes).size - 1;
  return further === 0 ? (nodes[0] as string) : `${nodes[0]} and ${further} more`;
}

function costOf({ graph, steps }: Plan, names: readonly string[]): Omit<NodeProfile, 'milliseconds'> {
  const kernels = new Set<string>();
  let [operations, bytes] = [0, 0];
  for (const step of steps) {
    if (!names.includes(step.node)) continue;
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
  const op = graph.nodes.find((node) => node.name === names[0])?.op ?? 'copy';
  return { node: labelOf(names), names: [...new Set(names)], op, kernels: [...kernels], operations, bytes };
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
    await device.waitFor(readback.mapAsync(1 /* GPUMapMode.READ */, 0, 8 * count));
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
