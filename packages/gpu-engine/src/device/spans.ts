/** A binding of a tensor that lies in several buffers, all but the last of which hold `size` elements. */
export interface Span {
  /** The buffers that are bound: [first, first + count) of the tensor's. Writes elsewhere are dropped. */
  readonly first: number;
  readonly count: number;
  readonly size: number;
  /** Elements of the whole tensor, not counting the padding of its last vector. */
  readonly total: number;
}

export type Spans = Readonly<Record<string, Span>>;

/** What vectors are made of. */
const scalars: ReadonlyMap<string, string> = new Map([
  ['vec4f', 'f32'],
  ['vec4i', 'i32'],
  ['vec4u', 'u32'],
]);

/** Binding numbers from here on belong to the second and later buffers of spans; shaders themselves use lower ones. */
const FIRST_FURTHER_BINDING = 32;

/** The binding number of each buffer of each span: the shader's own for the first one, further ones after it. */
export function spanBindings(
  bindings: readonly { readonly name: string; readonly binding: number }[],
  spans: Spans,
): ReadonlyMap<string, readonly number[]> {
  let next = FIRST_FURTHER_BINDING;
  const numbers = new Map<string, readonly number[]>();
  for (const { name, binding } of bindings) {
    const span = spans[name];
    if (span === undefined) continue;
    numbers.set(
      name,
      Array.from({ length: span.count }, (_, index) => (index === 0 ? binding : next++)),
    );
  }
  return numbers;
}

/**
 * The kernel with every `name[i]` of a span turned into calls that choose the buffer in which element i lies. Scalars
 * are addressed one by one, so that a vec4 may cross from one buffer to the next.
 */
export function spanSource(
  source: string,
  bindings: readonly { readonly name: string; readonly binding: number; readonly kind: string }[],
  spans: Spans,
): string {
  const numbers = spanBindings(bindings, spans);
  let code = source;
  for (const [name, span] of Object.entries(spans)) {
    const declaration = new RegExp(
      `@group\\(0\\)@binding\\(\\d+\\)var<storage,(read(?:_write)?)>${name}:array<([^;]+)>;`,
    );
    const [found, access = '', element = ''] = declaration.exec(code) ?? [];
    if (found === undefined) throw new Error(`the shader has no binding ${name}`);
    const scalar = scalars.get(element);
    code = redirect(code.replace(found, ''), name);
    code += accessors(
      name,
      { access, scalar: scalar ?? element, isVector: scalar !== undefined },
      span,
      numbers.get(name) ?? [],
    );
  }
  return code;
}

interface SpanType {
  readonly access: string;
  readonly scalar: string;
  readonly isVector: boolean;
}

function accessors(
  name: string,
  { access, scalar, isVector }: SpanType,
  { first, count, size, total }: Span,
  numbers: readonly number[],
): string {
  const lines = numbers.map(
    (binding, index) => `@group(0) @binding(${binding}) var<storage, ${access}> ${name}_${index}: array<${scalar}>;`,
  );
  const cases = (body: (place: string) => string) =>
    Array.from(
      { length: count },
      (_, index) => `    case ${first + index}u: { ${body(`${name}_${index}[i - ${(first + index) * size}u]`)} }`,
    ).join('\n');
  lines.push(`fn ${name}_at(i: u32) -> ${scalar} {
  switch (i / ${size}u) {
${cases((place) => `return ${place};`)}
    default: { return ${scalar}(); }
  }
}`);
  lines.push(
    isVector
      ? `fn ${name}_load(i: u32) -> vec4<${scalar}> {
  let e = 4u * i;
  return vec4<${scalar}>(${[0, 1, 2, 3].map((lane) => `${name}_at(e + ${lane}u)`).join(', ')});
}`
      : `fn ${name}_load(i: u32) -> ${scalar} { return ${name}_at(i); }`,
  );
  if (access === 'read') return `\n${lines.join('\n')}\n`;
  lines.push(`fn ${name}_put(i: u32, value: ${scalar}) {
  if (i >= ${total}u) { return; }
  switch (i / ${size}u) {
${cases((place) => `${place} = value;`)}
    default: {}
  }
}`);
  lines.push(
    isVector
      ? `fn ${name}_store(i: u32, value: vec4<${scalar}>) {
  let e = 4u * i;
${[0, 1, 2, 3].map((lane) => `  ${name}_put(e + ${lane}u, value[${lane}]);`).join('\n')}
}`
      : `fn ${name}_store(i: u32, value: ${scalar}) { ${name}_put(i, value); }`,
  );
  return `\n${lines.join('\n')}\n`;
}

/** Replaces `name[i] = v;`, `name[i] += v;` and reads of `name[i]`. */
function redirect(code: string, name: string): string {
  const access = new RegExp(`\\b${name}\\[`, 'g');
  let result = '';
  let done = 0;
  for (let match = access.exec(code); match !== null; match = access.exec(code)) {
    const open = match.index + match[0].length - 1;
    const close = closingBracket(code, open);
    const index = redirect(code.slice(open + 1, close), name);
    const assignment = /^\s*([-+*/|&^%]?)=(?!=)/.exec(code.slice(close + 1));
    result += code.slice(done, match.index);
    const load = `${name}_load(u32(${index}))`;
    if (assignment === null) {
      result += load;
      done = close + 1;
    } else {
      const start = close + 1 + assignment[0].length;
      const end = code.indexOf(';', start);
      const value = redirect(code.slice(start, end), name).trim();
      const combined = assignment[1] === '' ? value : `${load} ${assignment[1]} (${value})`;
      result += `${name}_store(u32(${index}), ${combined})`;
      done = end;
    }
    access.lastIndex = done;
  }
  return result + code.slice(done);
}

function closingBracket(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if (code[at] === '[') depth += 1;
    if (code[at] === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return code.length;
}

/** Whether the kernels of a file read what they write to a binding. */
export function readsBack(source: string, name: string): boolean {
  return redirect(source, name).includes(`${name}_load(`);
}
