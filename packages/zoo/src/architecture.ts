import { ConvscopeError, type Dimension, type Graph } from '@convscope/gpu-engine/graph';
import { architectures } from './architectures/index.gen.ts';

/** What a network is built for. */
export interface ArchitectureSizes {
  /** `training` has dropout, whose seed is the scalar `seed`; `inference` has none. Parameters are the same. */
  readonly mode: 'training' | 'inference';
  /** Pictures in a batch, or a symbol such as `N`. */
  readonly batch: Dimension;
  readonly channels: number;
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  readonly classes: number;
}

/** A family of networks with input `x` [N, C, H, W] and output `logits` [N, classes]. */
export interface Architecture {
  readonly name: string;
  readonly build: (sizes: ArchitectureSizes) => Graph;
}

export const architectureNames: readonly string[] = /* @__PURE__ */ Object.values(architectures).map(
  ({ name }) => name,
);

/** The architecture of this name. Throws `unknown-name`. */
export function architectureNamed(name: string): Architecture {
  const found = Object.values<Architecture>(architectures).find((architecture) => architecture.name === name);
  if (found !== undefined) return found;
  throw new ConvscopeError('unknown-name', 'no such architecture', {
    got: JSON.stringify(name),
    wanted: architectureNames.join(', '),
  });
}
