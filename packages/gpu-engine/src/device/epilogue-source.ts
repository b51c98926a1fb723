import type { EpilogueForm, EpilogueStep } from '../graph/index.ts';

/** Functions of shaders that an epilogue replaces. Those that end in `At` are for kernels that know places and no channels. */
export type EpilogueHook = 'finished' | 'finishedVectors' | 'finishedAt' | 'finishedVectorsAt';

/** Binding numbers from here on belong to the operands of epilogues. */
const FIRST_BINDING = 16;

/** The operands' bindings, in the order of the steps that have one. */
export function epilogueBindings({
  steps,
}: EpilogueForm): readonly { readonly name: string; readonly binding: number }[] {
  return steps
    .filter(({ kind }) => operandOf[kind] !== undefined)
    .map((_, index) => ({ name: `epilogue${index}`, binding: FIRST_BINDING + index }));
}

/** What each step's operand has an element, or a vector of four numbers, for. */
const operandOf: Readonly<Record<EpilogueStep['kind'], 'channel' | 'channelVector' | 'place' | undefined>> = {
  bias: 'channel',
  normalize: 'channelVector',
  add: 'place',
  gate: 'place',
  relu: undefined,
  clip: undefined,
};

/** The shader whose hook does the steps. */
export function epilogueSource(source: string, hook: EpilogueHook, form: EpilogueForm): string {
  const isVector = hook === 'finishedVectors' || hook === 'finishedVectorsAt';
  const type = isVector ? 'vec4<f32>' : 'f32';
  const declarations: string[] = [];
  const lines: string[] = [];
  let operands = 0;
  for (const { kind, numbers = [] } of form.steps) {
    const use = operandOf[kind];
    if (use === undefined) {
      lines.push(`v = ${expression(kind, 'v', '', type, numbers)};`);
      continue;
    }
    const name = `epilogue${operands}`;
    const element = use === 'channelVector' || (use === 'place' && isVector) ? 'vec4<f32>' : 'f32';
    declarations.push(`@group(0) @binding(${FIRST_BINDING + operands}) var<storage, read> ${name}: array<${element}>;`);
    const step = (value: string, index: string, of: string) =>
      expression(kind, value, `${name}[${index}]`, of, numbers);
    if (use === 'place') lines.push(`v = ${step('v', 'place', type)};`);
    else if (hook === 'finished' || hook === 'finishedVectors') lines.push(`v = ${step('v', 'channel', type)};`);
    else lines.push(`v = ${atPlaces(hook, form.inner, name, step)};`);
    operands += 1;
  }
  const parameters = hook === 'finished' || hook === 'finishedVectors' ? 'channel: u32, place: u32' : 'place: u32';
  const code = [
    ...declarations,
    `fn ${hook}(value: ${type}, ${parameters}) -> ${type} {`,
    'var v = value;',
    ...lines,
    'return v;',
    '}',
  ].join('\n');
  const replaced = source.replace(new RegExp(`fn ${hook}\\([^{}]*\\{[^{}]*\\}`), code);
  if (replaced === source) throw new Error(`the shader has no function ${hook}`);
  return replaced;
}

/** A step whose channel follows from the place. The four places of a vector may have as many channels. */
function atPlaces(
  hook: 'finishedAt' | 'finishedVectorsAt',
  inner: number,
  name: string,
  step: (value: string, index: string, type: string) => string,
): string {
  const channel = (place: string) => `${place} / ${inner}u % arrayLength(&${name})`;
  if (hook === 'finishedAt') return step('v', channel('place'), 'f32');
  if (inner % 4 === 0) return step('v', channel('place * 4u'), 'vec4<f32>');
  const parts = ['x', 'y', 'z', 'w'].map((part, index) =>
    step(`v.${part}`, channel(`(place * 4u + ${index}u)`), 'f32'),
  );
  return `vec4<f32>(${parts.join(', ')})`;
}

/** As the kernels compute it that do these steps alone, so that fused and separate steps give the same bits. */
function expression(
  kind: EpilogueStep['kind'],
  value: string,
  other: string,
  type: string,
  numbers: readonly number[],
): string {
  const [low, high] = numbers.map((number) => `${type}(${literal(number)})`);
  switch (kind) {
    case 'normalize':
      return `(${value} - ${other}.x) * ${other}.y + ${other}.z`;
    case 'gate':
      return `select(${type}(0.0), ${value}, ${other} > ${type}(0.0))`;
    case 'relu':
      return `max(${value}, ${type}(0.0))`;
    case 'clip':
      return `min(max(${value}, ${low}), ${high})`;
    default:
      return `${value} + ${other}`;
  }
}

/** A float32 as WGSL writes it, exactly. */
function literal(number: number): string {
  const [bits] = new Uint32Array(Float32Array.of(number).buffer);
  return `bitcast<f32>(${bits}u)`;
}
