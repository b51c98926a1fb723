// Training-time batch normalization (Ioffe & Szegedy, 1502.03167), per channel c over n and s:
//   mean = E[x], variance = E[(x - mean)^2] (biased), y = (x - mean) / sqrt(variance + epsilon) * scale + shift
//   gradient of x: scale / sqrt(variance + epsilon) * (g - E[g] - xhat * E[g * xhat])
// Layout: input, cotangent and output [N, C, S]; per-channel arrays [C]; partial sums [C, splits] (gradient: twice).
// Dispatch: partial* channels * splits threads; combine* channels threads; normalize, inputGradient N * C * S threads.
// Each channel's N * S elements are cut into `splits` runs that are summed in order, and the runs are added in order.

struct Sizes {
  batch: u32,
  channels: u32,
  spatial: u32,
  splits: u32,
  epsilon: f32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> variance: array<f32>;
@group(0) @binding(4) var<storage, read> scale: array<f32>;
@group(0) @binding(5) var<storage, read> shift: array<f32>;
@group(0) @binding(6) var<storage, read> cotangent: array<f32>;
@group(0) @binding(7) var<storage, read_write> output: array<f32>;
@group(0) @binding(8) var<storage, read> partials: array<f32>;
@group(0) @binding(9) var<storage, read_write> scaleGradient: array<f32>;
@group(0) @binding(10) var<storage, read_write> shiftGradient: array<f32>;

// First and end of the run of elements (counted over n, then s) that thread t sums.
fn run(t: u32) -> vec2<u32> {
  let count = sizes.batch * sizes.spatial;
  let perSplit = (count + sizes.splits - 1u) / sizes.splits;
  let start = (t % sizes.splits) * perSplit;
  return vec2<u32>(min(start, count), min(start + perSplit, count));
}

fn address(element: u32, channel: u32) -> u32 {
  return ((element / sizes.spatial) * sizes.channels + channel) * sizes.spatial + element % sizes.spatial;
}

fn normalized(at: u32, channel: u32) -> f32 {
  return (input[at] - mean[channel]) / sqrt(variance[channel] + sizes.epsilon);
}

@compute @workgroup_size(64, 1, 1)
fn partialSums(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.channels * sizes.splits) { return; }
  let channel = t / sizes.splits;
  let bounds = run(t);
  var total = 0.0;
  for (var e = bounds.x; e < bounds.y; e++) { total += input[address(e, channel)]; }
  output[t] = total;
}

@compute @workgroup_size(64, 1, 1)
fn partialSquares(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.channels * sizes.splits) { return; }
  let channel = t / sizes.splits;
  let bounds = run(t);
  let center = mean[channel];
  var total = 0.0;
  for (var e = bounds.x; e < bounds.y; e++) {
    let d = input[address(e, channel)] - center;
    total += d * d;
  }
  output[t] = total;
}

// The mean over n and s of what was summed: the mean after partialSums, the variance after partialSquares.
@compute @workgroup_size(64, 1, 1)
fn combine(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let channel = id.x + id.y * groups.x * 64u;
  if (channel >= sizes.channels) { return; }
  var total = 0.0;
  for (var i = 0u; i < sizes.splits; i++) { total += partials[channel * sizes.splits + i]; }
  output[channel] = total / f32(sizes.batch * sizes.spatial);
}

@compute @workgroup_size(64, 1, 1)
fn normalize(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.batch * sizes.channels * sizes.spatial) { return; }
  let channel = (i / sizes.spatial) % sizes.channels;
  output[i] = normalized(i, channel) * scale[channel] + shift[channel];
}

@compute @workgroup_size(64, 1, 1)
fn partialGradients(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.channels * sizes.splits) { return; }
  let channel = t / sizes.splits;
  let bounds = run(t);
  var total = 0.0;
  var weighted = 0.0;
  for (var e = bounds.x; e < bounds.y; e++) {
    let at = address(e, channel);
    total += cotangent[at];
    weighted += cotangent[at] * normalized(at, channel);
  }
  output[2u * t] = total;
  output[2u * t + 1u] = weighted;
}

@compute @workgroup_size(64, 1, 1)
fn combineGradients(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let channel = id.x + id.y * groups.x * 64u;
  if (channel >= sizes.channels) { return; }
  var total = 0.0;
  var weighted = 0.0;
  for (var i = 0u; i < sizes.splits; i++) {
    total += partials[2u * (channel * sizes.splits + i)];
    weighted += partials[2u * (channel * sizes.splits + i) + 1u];
  }
  shiftGradient[channel] = total;
  scaleGradient[channel] = weighted;
}

@group(0) @binding(9) var<storage, read> scaleSums: array<f32>;
@group(0) @binding(10) var<storage, read> shiftSums: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn inputGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.batch * sizes.channels * sizes.spatial) { return; }
  let channel = (i / sizes.spatial) % sizes.channels;
  let count = f32(sizes.batch * sizes.spatial);
  let centered = cotangent[i] - (shiftSums[channel] + normalized(i, channel) * scaleSums[channel]) / count;
  output[i] = centered * scale[channel] / sqrt(variance[channel] + sizes.epsilon);
}

// Inference: mean and variance are given.
@compute @workgroup_size(64, 1, 1)
fn inferenceGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.batch * sizes.channels * sizes.spatial) { return; }
  let channel = (i / sizes.spatial) % sizes.channels;
  output[i] = cotangent[i] * scale[channel] / sqrt(variance[channel] + sizes.epsilon);
}
