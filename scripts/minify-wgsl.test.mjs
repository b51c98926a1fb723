import { expect, test } from 'vitest';
import { declaredBindings, minifyPrograms } from './minify-wgsl.mjs';

const minified = (source, ...kept) => minifyPrograms(new Map([['one', { source, kept: new Set(kept) }]])).get('one');

test('what readers need goes, what the engine knows stays', () => {
  const source = `// y = x
const SIDE = 4u; // variant
struct Sizes { count: u32, size: array<vec4<u32>, 2>, }
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(3) var<storage, read_write> output: array<vec4<f32>>;
/* two lines
   of it */
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, ) {
  let count = id.x * SIDE;
  if (count < sizes.count) { output[count] = vec4<f32>(1.0, 0.5, 2.0e1, f32(count)); }
}`;
  const text = minified(source, 'SIDE', 'Sizes', 'sizes', 'output', 'main');
  expect(text).toBe(
    'const SIDE=4u;struct Sizes{count:u32,size:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;' +
      '@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;@compute@workgroup_size(64,1,1)' +
      'fn main(@builtin(global_invocation_id)b:vec3u){let a=b.x*SIDE;' +
      'if(a<sizes.count){output[a]=vec4f(1.,0.5,2.0e1,f32(a));}}',
  );
  expect(declaredBindings(text)).toEqual([
    { name: 'sizes', binding: 0, kind: 'uniform', type: 'Sizes' },
    { name: 'output', binding: 3, kind: 'write', type: 'array<vec4f>' },
  ]);
});

test('tokens that space keeps apart stay apart', () => {
  expect(minified('fn f(x: i32) -> i32 { return x - -x + i32(x > 0 && x < 4); }')).toBe(
    'fn b(a:i32)->i32{return a- -a+i32(a>0&&a<4);}',
  );
});

test('members, address spaces and builtin functions keep their names where a variable has the same', () => {
  const source = `struct Walk { at: u32, end: u32 }
var<workgroup> tile: array<f32, 64>;
fn f(workgroup: u32, at: u32) -> u32 { let walk = Walk(at, workgroup); let step = min(walk.at, walk.end); return step; }`;
  expect(minified(source)).toBe(
    'struct b{at:u32,end:u32}var<workgroup>e:array<f32,64>;' +
      'fn d(workgroup:u32,c:u32)->u32{let a=b(c,workgroup);let step=min(a.at,a.end);return step;}',
  );
});

test('one name is short in the same way in every program, and never a name that any of them keeps', () => {
  const programs = new Map([
    ['first', { source: 'fn f(value: f32) -> f32 { return value * a[0]; }', kept: new Set(['a']) }],
    ['second', { source: 'fn g(value: f32) -> f32 { return value; }', kept: new Set() }],
  ]);
  const texts = [...minifyPrograms(programs).values()];
  expect(texts).toEqual(['fn c(b:f32)->f32{return b*a[0];}', 'fn d(b:f32)->f32{return b;}']);
});
