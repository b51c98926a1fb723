// Makes WGSL short for the way to a page: no comments, no needless spaces, and short names for what only the file itself names.

/** Names with a meaning of their own, wherever they stand; short ones that WGSL reserves among them. */
const languageNames = new Set(
  `abs acos acosh alias all any arrayLength array as asin asinh atan atan2 atanh atomicAdd bitcast bool break case ceil
  clamp const const_assert continue continuing cos cosh countLeadingZeros countOneBits countTrailingZeros cross default
  degrees determinant diagnostic discard distance do dot dot4I8Packed dot4U8Packed dpdx dpdy else enable exp exp2
  extractBits f16 f32 faceForward false firstLeadingBit firstTrailingBit floor fma fn for fract frexp from function fwidth
  go i32 if in insertBits inverseSqrt is ldexp length let log log2 loop mat2x2 mat3x3 mat4x4 max min mix modf my new
  normalize of or override pack2x16float pack4x8unorm pow private ptr quantizeToF16 radians read read_write ref reflect
  refract requires return reverseBits round saturate select sign sin sinh smoothstep sqrt step storage storageBarrier
  struct switch tan tanh to transpose true trunc try u32 uniform unpack2x16float unpack4x8unorm us use using var vec2 vec3
  vec4 while with workgroup workgroupBarrier workgroupUniformLoad write`.split(/\s+/),
);

/** Two characters that are one token side by side, and two apart. */
const joined = new Set('-- ++ && || == <= >= != << >> -> += -= *= /= %= &= |= ^= // /*'.split(' '));

const isName = (token) => /^[A-Za-z_]/.test(token);

/** The tokens of a program without comments; a blank token stands where there was space. */
function tokensOf(source) {
  const code = source.replace(/\/\/.*$/gm, ' ').replace(/\/\*[\s\S]*?\*\//g, ' ');
  return code.match(/\s+|[A-Za-z_]\w*|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\w*|0[xX][\da-fA-F]+\w*|[^\s\w]/g) ?? [];
}

/** Where the tokens are names that a renaming may change: not those of members, attributes and address spaces. */
function freePlaces(tokens) {
  const places = new Set();
  let isStruct = false;
  tokens.forEach((token, index) => {
    if (token === 'struct') isStruct = true;
    if (token === '}') isStruct = false;
    if (!isName(token) || (isStruct && tokens[index + 1] === ':')) return;
    const before = tokens.slice(Math.max(0, index - 4), index).join('');
    if (!/\.$|@$|@builtin\($|\b(?:var|ptr)<(?:storage,)?$/.test(before)) places.add(index);
  });
  return places;
}

/** Names that the program gives to functions, structs, constants, variables and parameters, and to nothing else. */
function ownNames(tokens, places, kept) {
  const names = new Set();
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    const afterKeyword = /^(?:fn|let|const|struct)$/.test(token) ? next : undefined;
    if (afterKeyword !== undefined) names.add(afterKeyword);
    if (token === 'var') names.add(next === '<' ? tokens[tokens.indexOf('>', index) + 1] : next);
    if (places.has(index) && next === ':' && /^[(,)]$/.test(tokens[index - 1])) names.add(token);
  });
  return new Set([...names].filter((name) => !kept.has(name) && !languageNames.has(name)));
}

function* shortNames(taken) {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (let length = 1; ; length += 1) {
    for (let index = 0; index < letters.length ** length; index += 1) {
      let [name, rest] = ['', index];
      for (let place = 0; place < length; place += 1) {
        name += letters[rest % letters.length];
        rest = Math.floor(rest / letters.length);
      }
      if (!taken.has(name)) yield name;
    }
  }
}

/** One text of tokens, with spaces only where two tokens would be read as another. */
function textOf(tokens) {
  let text = '';
  tokens.forEach((token, index) => {
    const last = text.at(-1) ?? '';
    const wasApart = index > 0 && tokens[index - 1] === ' ';
    if (token === ' ') return;
    if (/[)}]/.test(token) && last === ',') text = text.slice(0, -1);
    if (/\w/.test(last) && /\w/.test(token[0])) text += ' ';
    else if (wasApart && joined.has(last + token[0])) text += ' ';
    text += token;
  });
  return text;
}

/**
 * Programs by name, each with the names in it that others know: bindings, entry points, what is substituted. The same
 * name becomes the same short one in all of them, the most frequent the shortest.
 *
 * @param {ReadonlyMap<string, {source: string, kept: ReadonlySet<string>}>} programs
 * @returns {Map<string, string>}
 */
export function minifyPrograms(programs) {
  const parsed = [...programs].map(([stem, { source, kept }]) => {
    const tokens = tokensOf(source).map((token) => (/^\s/.test(token) ? ' ' : token));
    const dense = tokens.filter((token) => token !== ' ');
    const places = freePlaces(dense);
    return { stem, tokens, dense, places, own: ownNames(dense, places, kept) };
  });
  const uses = new Map();
  const taken = new Set(languageNames);
  for (const { dense, places, own } of parsed) {
    dense.forEach((token, index) => {
      if (!isName(token)) return;
      if (places.has(index) && own.has(token)) uses.set(token, (uses.get(token) ?? 0) + 1);
      else taken.add(token);
    });
  }
  const names = shortNames(taken);
  const order = [...uses].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const renamed = new Map(order.map(([name]) => [name, names.next().value]));
  return new Map(
    parsed.map(({ stem, tokens, places, own }) => {
      let index = -1;
      const short = tokens.map((token) => {
        if (token === ' ') return token;
        index += 1;
        if (/^\d+\.0+$/.test(token)) return token.replace(/0+$/, '');
        return places.has(index) && own.has(token) ? renamed.get(token) : token;
      });
      return [stem, textOf(short).replaceAll(/vec([234])<([fiu])32>/g, 'vec$1$2')];
    }),
  );
}

/** The bindings that a minified program declares, in their order, as the engine reads them (device/kernel-entry.ts). */
export function declaredBindings(source) {
  const pattern = /@group\(0\)@binding\((\d+)\)var<(uniform|storage,read|storage,read_write)>(\w+):([^;]+);/g;
  return [...source.matchAll(pattern)].map(([, binding, space, name, type]) => ({
    name,
    binding: Number(binding),
    kind: space === 'uniform' ? 'uniform' : space === 'storage,read' ? 'read' : 'write',
    type,
  }));
}
