// softmax:            y[a] = exp(x[a] - m) / sum exp(x - m), m = max x; along the axis dimension
// logSoftmax:         y[a] = x[a] - m - log(sum exp(x - m))
// softmaxGradient:    dx[a] = y[a] * (g[a] - sum g * y)
// logSoftmaxGradient: dx[a] = g[a] - exp(y[a]) * sum g
// Layout: tensors as [outer, axis, inner].
// Dispatch: one thread a row (outer * inner), folded into x and y.

struct Sizes {
  rows: u32,
  axis: u32,
  inner: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> cotangent: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

fn rowStart(row: u32) -> u32 {
  return (row / sizes.inner) * sizes.axis * sizes.inner + row % sizes.inner;
}

fn rowMaximum(start: u32) -> f32 {
  var best = input[start];
  for (var a = 1u; a < sizes.axis; a++) { best = max(best, input[start + a * sizes.inner]); }
  return best;
}

fn rowSum(start: u32, largest: f32) -> f32 {
  var total = 0.0;
  for (var a = 0u; a < sizes.axis; a++) { total += exp(input[start + a * sizes.inner] - largest); }
  return total;
}

@compute @workgroup_size(64, 1, 1)
fn softmax(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= sizes.rows) { return; }
  let start = rowStart(row);
  let largest = rowMaximum(start);
  let total = rowSum(start, largest);
  for (var a = 0u; a < sizes.axis; a++) {
    let at = start + a * sizes.inner;
    output[at] = exp(input[at] - largest) / total;
  }
}

@compute @workgroup_size(64, 1, 1)
fn logSoftmax(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= sizes.rows) { return; }
  let start = rowStart(row);
  let largest = rowMaximum(start);
  let logTotal = log(rowSum(start, largest));
  for (var a = 0u; a < sizes.axis; a++) {
    let at = start + a * sizes.inner;
    output[at] = input[at] - largest - logTotal;
  }
}

@compute @workgroup_size(64, 1, 1)
fn softmaxGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= sizes.rows) { return; }
  let start = rowStart(row);
  var total = 0.0;
  for (var a = 0u; a < sizes.axis; a++) {
    let at = start + a * sizes.inner;
    total += cotangent[at] * input[at];
  }
  for (var a = 0u; a < sizes.axis; a++) {
    let at = start + a * sizes.inner;
    output[at] = input[at] * (cotangent[at] - total);
  }
}

@compute @workgroup_size(64, 1, 1)
fn logSoftmaxGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= sizes.rows) { return; }
  let start = rowStart(row);
  var total = 0.0;
  for (var a = 0u; a < sizes.axis; a++) { total += cotangent[start + a * sizes.inner]; }
  for (var a = 0u; a < sizes.axis; a++) {
    let at = start + a * sizes.inner;
    output[at] = cotangent[at] - exp(input[at]) * total;
  }
}
