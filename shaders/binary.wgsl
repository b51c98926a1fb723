// output[i] = f(a[i], b[i]); OPERATION chooses f. `gate` lets a through where b > 0. `modulo` has the sign of b (numpy's
// mod), `remainder` that of a (C's fmod). `powerByBase` and `powerByExponent` are the partial derivatives of a^b.
// Layout: `same`: three tensors of one shape, flat, padded to a multiple of four elements.
// `broadcast`: up to eight dimensions, merged by the host; a stride of 0 repeats a dimension (numpy's rule).
// Dispatch: `same` ceil(count / 4) threads, `broadcast` one thread an output element; folded into x and y.

struct Sizes {
  count: u32,
  rank: u32,
  outputSize: array<vec4<u32>, 2>,
  aStride: array<vec4<u32>, 2>,
  bStride: array<vec4<u32>, 2>,
}

const OPERATION = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@group(0) @binding(1) var<storage, read> a4: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> b4: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output4: array<vec4<f32>>;

// pow is exp2(y * log2(x)): it needs x > 0, and is not exact for squares.
fn power(x: f32, y: f32) -> f32 {
  if (y == 0.0) { return 1.0; }
  if (y == 1.0) { return x; }
  if (y == 2.0) { return x * x; }
  if (x == 0.0) { return select(1.0 / abs(x), 0.0, y > 0.0); }
  if (x > 0.0) { return pow(x, y); }
  if (y != floor(y)) { return sqrt(x); } // NaN
  let size = pow(-x, y);
  return select(size, -size, y != 2.0 * floor(0.5 * y));
}

fn modulo(x: f32, y: f32) -> f32 {
  var r = x - y * floor(x / y);
  // Where x / y was rounded to the other side of an integer.
  if (r != 0.0 && (r < 0.0) != (y < 0.0)) { r += y; }
  if (abs(r) >= abs(y)) { r -= y; }
  return r;
}

fn remainder(x: f32, y: f32) -> f32 {
  return select(modulo(abs(x), abs(y)), -modulo(abs(x), abs(y)), x < 0.0);
}

fn powerByBase(x: f32, y: f32) -> f32 {
  if (y == 0.0) { return 0.0; }
  return y * power(x, y - 1.0);
}

fn powerByExponent(x: f32, y: f32) -> f32 {
  if (x == 0.0 && y >= 0.0) { return 0.0; }
  return power(x, y) * log(x);
}

fn combineOne(x: f32, y: f32) -> f32 {
  if (OPERATION == 5u) { return power(x, y); }
  if (OPERATION == 6u) { return modulo(x, y); }
  if (OPERATION == 7u) { return remainder(x, y); }
  if (OPERATION == 11u) { return powerByBase(x, y); }
  return powerByExponent(x, y);
}

fn combine(x: vec4<f32>, y: vec4<f32>) -> vec4<f32> {
  if (OPERATION == 0u) { return x + y; }
  if (OPERATION == 1u) { return x - y; }
  if (OPERATION == 2u) { return x * y; }
  if (OPERATION == 3u) { return x / y; }
  if (OPERATION == 4u) { return select(vec4<f32>(0.0), x, y > vec4<f32>(0.0)); } // gate
  if (OPERATION == 8u) { return min(x, y); }
  if (OPERATION == 9u) { return max(x, y); }
  if (OPERATION == 10u) { return select(x * y, x, x > vec4<f32>(0.0)); } // prelu
  return vec4<f32>(combineOne(x.x, y.x), combineOne(x.y, y.y), combineOne(x.z, y.z), combineOne(x.w, y.w));
}

@compute @workgroup_size(64, 1, 1)
fn same(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i * 4u >= sizes.count) { return; }
  output4[i] = combine(a4[i], b4[i]);
}

@compute @workgroup_size(64, 1, 1)
fn broadcast(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  var rest = i;
  var aIndex = 0u;
  var bIndex = 0u;
  for (var axis = sizes.rank; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let r = (axis - 1u) % 4u;
    let size = sizes.outputSize[q][r];
    let position = rest % size;
    rest = rest / size;
    aIndex += position * sizes.aStride[q][r];
    bIndex += position * sizes.bStride[q][r];
  }
  output[i] = combine(vec4<f32>(a[aIndex]), vec4<f32>(b[bIndex])).x;
}
