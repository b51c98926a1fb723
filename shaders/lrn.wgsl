// forward:  scale[n, c, s] = bias + alpha / size * sum of x[n, k, s]^2 over the channels k of c's window; y = x * scale^-beta
//           (Krizhevsky et al. 2012, as ONNX LRN has it); the window of c is c - (size - 1) / 2 … c + size / 2, clipped
// gradient: dx = g * scale^-beta - 2 * alpha * beta / size * x * sum of g * y / scale over the channels whose window holds c
// Layout: [N, C, S]. Dispatch: one thread an element, folded into x and y.

struct Sizes {
  count: u32,
  channels: u32,
  spatial: u32,
  before: u32,
  after: u32,
  // alpha / size
  factor: f32,
  beta: f32,
  bias: f32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read_write> scale: array<f32>;
@group(0) @binding(4) var<storage, read> givenScale: array<f32>;
@group(0) @binding(5) var<storage, read> cotangent: array<f32>;

// base^-beta for base > 0.
fn damping(base: f32) -> f32 {
  if (sizes.beta == 0.75) { return 1.0 / (sqrt(base) * sqrt(sqrt(base))); }
  return exp2(-sizes.beta * log2(base));
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  let c = (i / sizes.spatial) % sizes.channels;
  let first = c - min(c, sizes.before);
  let end = min(c + sizes.after + 1u, sizes.channels);
  let base = i - c * sizes.spatial;
  var total = 0.0;
  for (var k = first; k < end; k++) {
    let x = input[base + k * sizes.spatial];
    total += x * x;
  }
  let d = sizes.bias + sizes.factor * total;
  scale[i] = d;
  output[i] = input[i] * damping(d);
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  let c = (i / sizes.spatial) % sizes.channels;
  let first = c - min(c, sizes.after);
  let end = min(c + sizes.before + 1u, sizes.channels);
  let base = i - c * sizes.spatial;
  var total = 0.0;
  for (var k = first; k < end; k++) {
    let at = base + k * sizes.spatial;
    let d = givenScale[at];
    total += cotangent[at] * input[at] * damping(d) / d;
  }
  output[i] = cotangent[i] * damping(givenScale[i]) - 2.0 * sizes.factor * sizes.beta * input[i] * total;
}
