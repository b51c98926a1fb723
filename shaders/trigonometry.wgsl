// main:     output[i] = f(input[i])
// gradient: output[i] = cotangent[i] * f'(input[i])
// OPERATION chooses f: 0 sin, 1 cos, 2 tan, 3 asin, 4 acos, 5 atan, 6 sinh, 7 cosh, 8 asinh, 9 acosh, 10 atanh.
// WGSL allows its builtins errors of 2^-11 here; these are the polynomials of Cephes (Moshier, single precision), within
// 4e-7 of the result's size for |x| < 10,000 radians.
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

// (sin x, cos x): x less a multiple of pi / 2, in three parts, lies in -pi/4..pi/4.
fn sineCosine(x: f32) -> vec2<f32> {
  let turns = round(x * 0.636619772);
  let r = fma(turns, -7.54978995489188216e-8, fma(turns, -4.837512969970703125e-4, fma(turns, -1.5703125, x)));
  let z = r * r;
  let s = r + r * z * ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1);
  let c = 1.0 - 0.5 * z + z * z * ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2);
  let quarter = i32(turns) & 3;
  let swapped = select(vec2<f32>(s, c), vec2<f32>(c, s), (quarter & 1) == 1);
  return vec2<f32>(select(swapped.x, -swapped.x, quarter >= 2), select(swapped.y, -swapped.y, quarter == 1 || quarter == 2));
}

// asin on -0.5..0.5.
fn smallArcSine(x: f32) -> f32 {
  let z = x * x;
  var p = 4.2163199048e-2;
  p = p * z + 2.4181311049e-2;
  p = p * z + 4.5470025998e-2;
  p = p * z + 7.4953002686e-2;
  return x + x * z * (p * z + 1.6666752422e-1);
}

fn arcSine(x: f32) -> f32 {
  let z = abs(x);
  if (z <= 0.5) { return smallArcSine(x); }
  return sign(x) * (1.57079633 - 2.0 * smallArcSine(sqrt(0.5 * (1.0 - z))));
}

fn arcCosine(x: f32) -> f32 {
  let z = abs(x);
  if (z <= 0.5) { return 1.57079633 - smallArcSine(x); }
  let small = 2.0 * smallArcSine(sqrt(0.5 * (1.0 - z)));
  return select(3.14159265 - small, small, x > 0.0);
}

fn arcTangent(x: f32) -> f32 {
  let z = abs(x);
  var offset = 0.0;
  var y = z;
  if (z > 2.41421356) {
    offset = 1.57079633;
    y = -1.0 / z;
  } else if (z > 0.41421356) {
    offset = 0.78539816;
    y = (z - 1.0) / (z + 1.0);
  }
  let s = y * y;
  let p = ((8.05374449538e-2 * s - 1.38776856032e-1) * s + 1.99777106478e-1) * s - 3.33329491539e-1;
  return sign(x) * (offset + (y + y * s * p));
}

fn hyperbolicSine(x: f32) -> f32 {
  let z = abs(x);
  if (z < 1.0) {
    let s = x * x;
    return x + x * s * ((2.03721912945e-4 * s + 8.33028376239e-3) * s + 1.66667160211e-1);
  }
  let e = exp(0.5 * z);
  return sign(x) * (0.5 * e * e - 0.5 / (e * e));
}

fn hyperbolicCosine(x: f32) -> f32 {
  let e = exp(0.5 * abs(x));
  return 0.5 * e * e + 0.5 / (e * e);
}

fn inverseHyperbolicSine(x: f32) -> f32 {
  let z = abs(x);
  if (z < 0.5) {
    let s = x * x;
    let p = (2.0122003309e-2 * s - 4.2699340972e-2) * s + 7.4847586088e-2;
    return x + x * s * (p * s - 1.6666288134e-1);
  }
  if (z > 1500.0) { return sign(x) * (log(z) + 0.69314718); }
  return sign(x) * log(z + sqrt(z * z + 1.0));
}

fn inverseHyperbolicCosine(x: f32) -> f32 {
  let z = x - 1.0;
  if (z < 0.5) {
    let p = ((1.7596881071e-3 * z - 7.5272886713e-3) * z + 2.6454905019e-2) * z - 1.1784741703e-1;
    return sqrt(z) * (p * z + 1.4142135263);
  }
  if (x > 1500.0) { return log(x) + 0.69314718; }
  return log(x + sqrt(z * (x + 1.0)));
}

fn inverseHyperbolicTangent(x: f32) -> f32 {
  let z = abs(x);
  if (z < 0.5) {
    let s = x * x;
    var p = 1.81740078349e-1;
    p = p * s + 8.24370301058e-2;
    p = p * s + 1.46691431730e-1;
    p = p * s + 1.99782164500e-1;
    return x + x * s * (p * s + 3.33337300303e-1);
  }
  return sign(x) * 0.5 * log((1.0 + z) / (1.0 - z));
}

fn value(x: f32) -> f32 {
  if (OPERATION == 0u) { return sineCosine(x).x; }
  if (OPERATION == 1u) { return sineCosine(x).y; }
  if (OPERATION == 2u) {
    let both = sineCosine(x);
    return both.x / both.y;
  }
  if (OPERATION == 3u) { return arcSine(x); }
  if (OPERATION == 4u) { return arcCosine(x); }
  if (OPERATION == 5u) { return arcTangent(x); }
  if (OPERATION == 6u) { return hyperbolicSine(x); }
  if (OPERATION == 7u) { return hyperbolicCosine(x); }
  if (OPERATION == 8u) { return inverseHyperbolicSine(x); }
  if (OPERATION == 9u) { return inverseHyperbolicCosine(x); }
  return inverseHyperbolicTangent(x);
}

fn slope(x: f32) -> f32 {
  if (OPERATION == 0u) { return sineCosine(x).y; }
  if (OPERATION == 1u) { return -sineCosine(x).x; }
  if (OPERATION == 2u) {
    let c = sineCosine(x).y;
    return 1.0 / (c * c);
  }
  if (OPERATION == 3u) { return 1.0 / sqrt((1.0 - x) * (1.0 + x)); }
  if (OPERATION == 4u) { return -1.0 / sqrt((1.0 - x) * (1.0 + x)); }
  if (OPERATION == 5u) { return 1.0 / (1.0 + x * x); }
  if (OPERATION == 6u) { return hyperbolicCosine(x); }
  if (OPERATION == 7u) { return hyperbolicSine(x); }
  if (OPERATION == 8u) { return 1.0 / sqrt(1.0 + x * x); }
  if (OPERATION == 9u) { return 1.0 / sqrt((x - 1.0) * (x + 1.0)); }
  return 1.0 / ((1.0 - x) * (1.0 + x));
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
