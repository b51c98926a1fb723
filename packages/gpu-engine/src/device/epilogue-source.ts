import type { EpilogueForm, EpilogueStep } from '../graph/index.ts';

/** Functions of shaders that an epilogue replaces. `finishedAt` is for kernels that know places and no channels. */
export type EpilogueHook = 'finished' | 'finishedVectors' | 'finishedAt';

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
  const isVector = hook === 'finishedVectors';
  const type = isVector ? 'vec4<f32>' : 'f32';
  const declarations: string[] = [];
  const lines: string[] = [];
  let operands = 0;
  for (const { kind, numbers = [] } of form.steps) {
    const use = operandOf[kind];
    if (use === undefined) {
      lines.push(`v = ${expression(kind, '', type, numbers)};`);
      continue;
    }
    const name = `epilogue${operands}`;
    const element = use === 'channelVector' || (use === 'place' && isVector) ? 'vec4<f32>' : 'f32';
    declarations.push(`@group(0) @binding(${FIRST_BINDING + operands}) var<storage, read> ${name}: array<${element}>;`);
    const channel = hook === 'finishedAt' ? `place / ${form.inner}u % arrayLength(&${name})` : 'channel';
    lines.push(`let other${operands} = ${name}[${use === 'place' ? 'place' : channel}];`);
    lines.push(`v = ${expression(kind, `other${operands}`, type, numbers)};`);
    operands += 1;
  }
  const parameters = hook === 'finishedAt' ? 'place: u32' : 'channel: u32, place: u32';
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

/** As the kernels compute it that do these steps alone, so that fused and separate steps give the same bits. */
function expression(kind: EpilogueStep['kind'], other: string, type: string, numbers: readonly number[]): string {
  const [low, high] = numbers.map((number) => `${type}(${literal(number)})`);
  switch (kind) {
    case 'normalize':
      return `(v - ${other}.x) * ${other}.y + ${other}.z`;
    case 'gate':
      return `select(${type}(0.0), v, ${other} > ${type}(0.0))`;
    case 'relu':
      return `max(v, ${type}(0.0))`;
    case 'clip':
      return `min(max(v, ${low}), ${high})`;
    default:
      return `v + ${other}`;
  }
}

/** A float32 as WGSL writes it, exactly. */
function literal(number: number): string {
  const [bits] = new Uint32Array(Float32Array.of(number).buffer);
  return `bitcast<f32>(${bits}u)`;
}
