import type { AdapterDescription, NodeProfile, Profile } from '@convscope/gpu-engine';
import { shapeText, type Graph } from '@convscope/gpu-engine/graph';

/** What one node costs, as it is shown. */
export interface ProfileRow extends NodeProfile {
  /** Of the whole time, 0 to 1. */
  readonly share: number;
  /** The shape of the first node's first output, `1x32x28x28`; empty for copies. */
  readonly shape: string;
  /** The place of its op among the ops by time; equal for nodes of one op. */
  readonly opRank: number;
}

/** All nodes of one op together. */
export interface OpRow {
  readonly op: string;
  readonly count: number;
  readonly milliseconds: number;
  readonly share: number;
}

export interface ProfileContent {
  readonly model: string;
  readonly pass: string;
  readonly inputShape: readonly number[];
  readonly adapter: AdapterDescription;
  readonly profile: Omit<Profile, 'nodes'>;
  /** In the order in which they run. */
  readonly rows: readonly ProfileRow[];
  /** Those that take longest first. */
  readonly ops: readonly OpRow[];
}

export function profileContent(
  { nodes, ...profile }: Profile,
  { graph, ...about }: Pick<ProfileContent, 'model' | 'pass' | 'inputShape' | 'adapter'> & { readonly graph: Graph },
): ProfileContent {
  const total = Math.max(profile.milliseconds, 1e-12);
  const byOp = new Map<string, { count: number; milliseconds: number }>();
  for (const { op, milliseconds } of nodes) {
    const known = byOp.get(op) ?? { count: 0, milliseconds: 0 };
    byOp.set(op, { count: known.count + 1, milliseconds: known.milliseconds + milliseconds });
  }
  const ops = [...byOp]
    .map(([op, own]) => ({ op, ...own, share: own.milliseconds / total }))
    .toSorted((a, b) => b.milliseconds - a.milliseconds);
  const ranks = new Map(ops.map(({ op }, rank) => [op, rank]));
  const outputs = new Map(graph.nodes.map(({ name, outputs: [first = ''] }) => [name, first]));
  const rows = nodes.map((node) => {
    const output = outputs.get(node.names[0] ?? '');
    const shape = output === undefined ? undefined : graph.values.get(output)?.shape;
    return {
      ...node,
      share: node.milliseconds / total,
      shape: shape === undefined ? '' : shapeText(shape),
      opRank: ranks.get(node.op) ?? 0,
    };
  });
  return { ...about, profile, rows, ops };
}

/** The rows that take longest, longest first. */
export function slowest(rows: readonly ProfileRow[], count: number): readonly ProfileRow[] {
  return rows.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, count);
}

/** Milliards of operations a second; undefined where none are counted. */
export function rateOf({ operations, milliseconds }: NodeProfile): number | undefined {
  return operations > 0 && milliseconds > 0 ? operations / milliseconds / 1e6 : undefined;
}

/** One line that says what was measured, and how. */
export function headingOf({ model, pass, inputShape }: ProfileContent): string {
  return `${model}, ${pass}, input ${shapeText(inputShape)}`;
}

export function methodText({ adapter, profile: { method, runs, overheadMilliseconds } }: ProfileContent): string {
  const name = adapter.description || `${adapter.vendor} ${adapter.architecture}`;
  const how =
    method === 'timestamps'
      ? 'timestamps of the GPU'
      : `by the clock, ${overheadMilliseconds.toPrecision(2)} ms of an empty submit taken off each node`;
  return `${name}; median of ${runs} ${runs === 1 ? 'run' : 'runs'}, ${how}`;
}
