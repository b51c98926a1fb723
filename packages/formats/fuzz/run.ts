import { parseArgs } from 'node:util';
import { fuzzOnnx } from './fuzz-onnx.ts';
import { fuzzSeeds } from './seeds.ts';

/** `npm run fuzz -- --count MUTANTS --seed FIRST`: 100,000 from 0 on where nothing is said. Gives the exit code. */
export function main(args: readonly string[], log: (line: string) => void): number {
  const asked = options(args);
  if (asked === undefined) {
    log('usage: npm run fuzz -- [--count MUTANTS] [--seed FIRST], numbers of at least 1 and 0');
    return 2;
  }
  const before = prototypes();
  const report = fuzzOnnx(fuzzSeeds(), asked.seed, asked.count);
  const { read, refused, broken, slowestMilliseconds, mostBytes } = report;
  log(
    `${read} read, ${refused} refused, ${broken.length} broken; the slowest took ${Math.round(slowestMilliseconds)} ms, ` +
      `the largest ${(mostBytes / 2 ** 20).toFixed(1)} MiB`,
  );
  for (const { seed, what } of broken.slice(0, 20)) log(`seed ${seed}: ${what}`);
  const changed = prototypes() !== before;
  if (changed) log('a prototype has changed');
  return broken.length > 0 || changed ? 1 : 0;
}

function options(args: readonly string[]): { readonly count: number; readonly seed: number } | undefined {
  const { values, positionals } = parse(args) ?? { values: {}, positionals: [''] };
  const [count, seed] = [Number(values.count ?? 100_000), Number(values.seed ?? 0)];
  const isFine = positionals.length === 0 && Number.isSafeInteger(count) && Number.isSafeInteger(seed);
  return isFine && count >= 1 && seed >= 0 ? { count, seed } : undefined;
}

function parse(args: readonly string[]) {
  try {
    const flags = { count: { type: 'string' }, seed: { type: 'string' } } as const;
    return parseArgs({ args: args.filter((argument) => argument !== '--'), options: flags, allowPositionals: true });
  } catch {
    return undefined;
  }
}

/** The names on the prototypes that a careless reader could write to. */
export function prototypes(): string {
  const owners = [Object.prototype, Array.prototype, Map.prototype, Function.prototype, String.prototype];
  return owners.map((owner) => Reflect.ownKeys(owner).map(String).join()).join('; ');
}
