import { fuzzOnnx } from './fuzz-onnx.ts';
import { fuzzSeeds } from './seeds.ts';

/** `npm run fuzz [COUNT] [FIRST SEED]`: 100,000 mutants where no count is given. Gives the exit code. */
export function main([count = '100000', first = '0']: readonly string[], log: (line: string) => void): number {
  const before = prototypes();
  const { read, refused, broken, slowestMilliseconds } = fuzzOnnx(fuzzSeeds(), Number(first), Number(count));
  log(`${read} read, ${refused} refused, ${broken.length} broken, slowest ${Math.round(slowestMilliseconds)} ms`);
  for (const { seed, what } of broken.slice(0, 20)) log(`seed ${seed}: ${what}`);
  const changed = prototypes() !== before;
  if (changed) log('a prototype has changed');
  return broken.length > 0 || changed ? 1 : 0;
}

/** The names on the prototypes that a careless reader could write to. */
export function prototypes(): string {
  const owners = [Object.prototype, Array.prototype, Map.prototype, Function.prototype, String.prototype];
  return owners.map((owner) => Reflect.ownKeys(owner).map(String).join()).join('; ');
}
