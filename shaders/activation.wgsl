// main:     output[i] = f(input[i])
// gradient: output[i] = cotangent[i] * f'(input[i])
// OPERATION chooses f, an activation of ONNX; alpha and beta are its parameters (clip: minimum and maximum; selu: alpha
// and gamma). 0 leakyRelu, 1 elu, 2 selu, 3 celu, 4 sigmoid, 5 hardSigmoid, 6 tanh, 7 softplus, 8 softsign, 9 gelu,
// 10 geluTanh, 11 silu, 12 hardSwish, 13 mish, 14 thresholdedRelu, 15 clip.
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

// exp takes negative arguments only, so that nothing overflows.
fn logistic(x: f32) -> f32 {
  let e = exp(-abs(x));
  return select(e, 1.0, x >= 0.0) / (1.0 + e);
}

fn logisticSlope(x: f32) -> f32 {
  let e = exp(-abs(x));
  return e / ((1.0 + e) * (1.0 + e));
}

// Cephes's tanhf; the builtin gives NaN for large arguments on SwiftShader.
fn hyperbolicTangent(x: f32) -> f32 {
  let z = abs(x);
  if (z < 0.625) {
    let s = x * x;
    let p = ((-5.70498872745e-3 * s + 2.06390887954e-2) * s - 5.37397155531e-2) * s + 1.33314422036e-1;
    return x + x * s * (p * s - 3.33332819422e-1);
  }
  let e = exp(-2.0 * z);
  return sign(x) * (1.0 - e) / (1.0 + e);
}

fn softplus(x: f32) -> f32 {
  return max(x, 0.0) + log(1.0 + exp(-abs(x)));
}

// The normal distribution function: 0.5 * (1 + erf(x / sqrt(2))), without cancellation on either side.
fn normalBelow(x: f32) -> f32 {
  let z = abs(x) * 0.70710678;
  if (z < 1.0) {
    let s = z * z;
    var p = 7.853861353153693e-5;
    p = p * s - 8.010193625184903e-4;
    p = p * s + 5.188327685732524e-3;
    p = p * s - 2.685381193529856e-2;
    p = p * s + 1.128358514861418e-1;
    p = p * s - 3.761262582423300e-1;
    return 0.5 + 0.5 * sign(x) * z * (p * s + 1.128379165726710);
  }
  let t = 1.0 / (1.0 + 0.3275911 * z);
  let p = (((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592;
  let tail = 0.5 * p * t * exp(-z * z);
  return select(tail, 1.0 - tail, x > 0.0);
}

fn geluArgument(x: f32) -> f32 {
  return 0.79788456 * (x + 0.044715 * x * x * x);
}

fn value(x: f32) -> f32 {
  let a = sizes.alpha;
  let b = sizes.beta;
  if (OPERATION == 0u) { return select(a * x, x, x > 0.0); }
  if (OPERATION == 1u) { return select(a * (exp(min(x, 0.0)) - 1.0), x, x > 0.0); }
  if (OPERATION == 2u) { return b * select(a * (exp(min(x, 0.0)) - 1.0), x, x > 0.0); }
  if (OPERATION == 3u) { return max(x, 0.0) + min(a * (exp(min(x / a, 60.0)) - 1.0), 0.0); }
  if (OPERATION == 4u) { return logistic(x); }
  if (OPERATION == 5u) { return clamp(a * x + b, 0.0, 1.0); }
  if (OPERATION == 6u) { return hyperbolicTangent(x); }
  if (OPERATION == 7u) { return softplus(x); }
  if (OPERATION == 8u) { return x / (1.0 + abs(x)); }
  if (OPERATION == 9u) { return x * normalBelow(x); }
  if (OPERATION == 10u) { return x * logistic(2.0 * geluArgument(x)); }
  if (OPERATION == 11u) { return x * logistic(a * x); }
  if (OPERATION == 12u) { return x * clamp(x / 6.0 + 0.5, 0.0, 1.0); }
  if (OPERATION == 13u) {
    // tanh(log(1 + e)) = n / (n + 2) with n = e * (e + 2); above 20 it is 1 in float32.
    let e = exp(min(x, 20.0));
    let n = e * (e + 2.0);
    return x * (n / (n + 2.0));
  }
  if (OPERATION == 14u) { return select(0.0, x, x > a); }
  return min(max(x, a), b);
}

fn slope(x: f32) -> f32 {
  let a = sizes.alpha;
  let b = sizes.beta;
  if (OPERATION == 0u) { return select(a, 1.0, x > 0.0); }
  if (OPERATION == 1u) { return select(a * exp(min(x, 0.0)), 1.0, x > 0.0); }
  if (OPERATION == 2u) { return b * select(a * exp(min(x, 0.0)), 1.0, x > 0.0); }
  if (OPERATION == 3u) { return select(exp(min(x / a, 60.0)), 1.0, x > 0.0); }
  if (OPERATION == 4u) { return logisticSlope(x); }
  if (OPERATION == 5u) { return select(0.0, a, a * x + b > 0.0 && a * x + b < 1.0); }
  if (OPERATION == 6u) { return 4.0 * logisticSlope(2.0 * x); }
  if (OPERATION == 7u) { return logistic(x); }
  if (OPERATION == 8u) { return 1.0 / ((1.0 + abs(x)) * (1.0 + abs(x))); }
  if (OPERATION == 9u) { return normalBelow(x) + x * 0.39894228 * exp(-0.5 * x * x); }
  if (OPERATION == 10u) {
    let u = 2.0 * geluArgument(x);
    return logistic(u) + x * logisticSlope(u) * 1.59576912 * (1.0 + 0.134145 * x * x);
  }
  if (OPERATION == 11u) { return logistic(a * x) + a * x * logisticSlope(a * x); }
  if (OPERATION == 12u) { return select(select(x / 3.0 + 0.5, 1.0, x >= 3.0), 0.0, x <= -3.0); }
  if (OPERATION == 13u) {
    let e = exp(min(x, 20.0));
    let n = e * (e + 2.0);
    return n / (n + 2.0) + x * 4.0 * (e * (e + 1.0) / (n + 2.0)) / (n + 2.0);
  }
  if (OPERATION == 14u) { return select(0.0, 1.0, x > a); }
  return select(0.0, 1.0, x > a && x < b);
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
