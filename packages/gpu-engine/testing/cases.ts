import type { Attributes } from '../src/graph/attributes.ts';
import { Random, seedFrom } from './random.ts';
import type { CaseOptions, OpCase, OpInput } from './reference.ts';
import { ValueSource } from './values.ts';

/** How an op's cases come about, from configurations to inputs. */
export interface CasePlan<Configuration> {
  /** Configurations that are always there, first of all. */
  readonly odd: readonly Configuration[];
  /** One more configuration. It may repeat: repetitions are drawn again. */
  draw(random: Random): Configuration;
  build(configuration: Configuration, values: ValueSource): CaseParts;
}

export interface CaseParts {
  readonly inputs: readonly OpInput[];
  readonly attributes?: Attributes;
}

/** The `cases` function of a suite. Each case has its own generator, so that it does not depend on those before it. */
export function casesFrom<Configuration>(op: string, plan: CasePlan<Configuration>) {
  return function* cases(seed: number, count: number, options: CaseOptions = {}): Generator<OpCase> {
    const seen = new Set<string>();
    let attempt = 0;
    while (seen.size < count) {
      if (attempt > 20 * count + plan.odd.length) throw new RangeError(`${op} has fewer than ${count} distinct cases`);
      const random = new Random(seedFrom(op, seed, attempt));
      const configuration = plan.odd[attempt] ?? plan.draw(random);
      const { inputs, attributes = {} } = plan.build(configuration, new ValueSource(random, options));
      const description = describe(op, inputs, attributes);
      attempt += 1;
      if (seen.has(description)) continue;
      seen.add(description);
      yield { description, inputs, attributes };
    }
  };
}

function describe(op: string, inputs: readonly OpInput[], attributes: Attributes): string {
  const operands = inputs.map(({ shape }) => `[${shape.join(',')}]`).join(' ');
  const settings = Object.entries(attributes).map(([name, value]) => `${name}=${String(value)}`);
  return [op, operands, ...settings].join(' ');
}

/** Draws until a configuration passes; throws RangeError where none of many does. */
export function drawUntil<Configuration>(
  draw: () => Configuration,
  accept: (configuration: Configuration) => boolean,
): Configuration {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const configuration = draw();
    if (accept(configuration)) return configuration;
  }
  throw new RangeError('no configuration was accepted');
}
