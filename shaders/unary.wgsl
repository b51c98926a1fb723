// main:     output[i] = f(input[i])
// gradient: output[i] = cotangent[i] * f'(input[i])
// OPERATION chooses f; alpha and beta are its parameters. 0 relu, 1 scale (by alpha), 2 abs, 3 sign, 4 floor, 5 ceil,
// 6 round (half to even), 7 exp, 8 log (alpha = -infinity, what log(0) is), 9 sqrt, 10 reciprocal, 11 erf.
// Layout: any tensor, flat; buffers are padded to a multiple of four elements.
// Dispatch: ceil(count / 4) threads, folded into x and y.

struct Sizes {
  count: u32,
  alpha: f32,
  beta: f32,
}

const OPERATION = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> cotangent: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<vec4<f32>>;

// Within 2e-7: Cephes's erff below 1, Abramowitz and Stegun 7.1.26 above.
fn erf(x: f32) -> f32 {
  let z = abs(x);
  if (z < 1.0) {
    let s = x * x;
    var p = 7.853861353153693e-5;
    p = p * s - 8.010193625184903e-4;
    p = p * s + 5.188327685732524e-3;
    p = p * s - 2.685381193529856e-2;
    p = p * s + 1.128358514861418e-1;
    p = p * s - 3.761262582423300e-1;
    return x * (p * s + 1.128379165726710);
  }
  let t = 1.0 / (1.0 + 0.3275911 * z);
  let p = (((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592;
  return sign(x) * (1.0 - p * t * exp(-z * z));
}

fn value(x: f32) -> f32 {
  if (OPERATION == 0u) { return max(x, 0.0); }
  if (OPERATION == 1u) { return sizes.alpha * x; }
  if (OPERATION == 2u) { return abs(x); }
  if (OPERATION == 3u) { return sign(x); }
  if (OPERATION == 4u) { return floor(x); }
  if (OPERATION == 5u) { return ceil(x); }
  if (OPERATION == 6u) { return round(x); }
  if (OPERATION == 7u) { return exp(x); }
  if (OPERATION == 8u) { return select(log(x), sizes.alpha, x == 0.0); }
  if (OPERATION == 9u) { return sqrt(x); }
  if (OPERATION == 10u) { return 1.0 / x; }
  return erf(x);
}

fn slope(x: f32) -> f32 {
  if (OPERATION == 0u) { return select(0.0, 1.0, x > 0.0); }
  if (OPERATION == 1u) { return sizes.alpha; }
  if (OPERATION == 2u) { return sign(x); }
  if (OPERATION < 7u) { return 0.0; }
  if (OPERATION == 7u) { return exp(x); }
  if (OPERATION == 8u) { return 1.0 / x; }
  if (OPERATION == 9u) { return 0.5 / sqrt(x); }
  if (OPERATION == 10u) { return -1.0 / (x * x); }
  return 1.1283791671 * exp(-x * x);
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i * 4u >= sizes.count) { return; }
  let x = input[i];
  output[i] = vec4<f32>(value(x.x), value(x.y), value(x.z), value(x.w));
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i * 4u >= sizes.count) { return; }
  let x = input[i];
  output[i] = cotangent[i] * vec4<f32>(slope(x.x), slope(x.y), slope(x.z), slope(x.w));
}
