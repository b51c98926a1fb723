// Training-time batch normalization (Ioffe & Szegedy, 1502.03167), per channel c over n and s:
//   mean = E[x], variance = E[(x - mean)^2] (biased), y = (x - mean) / sqrt(variance + epsilon) * scale + shift
//   gradient of x: scale / sqrt(variance + epsilon) * (g - E[g] - xhat * E[g * xhat])
// Layout: input, cotangent and output [N, C, S]; per-channel arrays [C]; partial sums [C, splits] (gradient: twice).
// Dispatch: partial* channels * splits threads; combine* channels threads; normalize and the gradients of the input
// N * C * ceil(S / runLength) threads, each for a run of one plane.
// tabulate, with a thread a channel, gives what normalize needs for each: mean, factor and shift.
// Each channel's N * S elements are cut into `splits` runs that are summed in order, and the runs are added in order.

struct Sizes {
  batch: u32,
  channels: u32,
  spatial: u32,
  splits: u32,
  runLength: u32,
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
@group(0) @binding(11) var<storage, read_write> table: array<vec4<f32>>;

// First and end of the run of elements (counted over n, then s) that thread t sums.
fn run(t: u32) -> vec2<u32> {
  let count = sizes.batch * sizes.spatial;
  let perSplit = (count + sizes.splits - 1u) / sizes.splits;
  let start = (t % sizes.splits) * perSplit;
  return vec2<u32>(min(start, count), min(start + perSplit, count));
}

// Where the elements of a run lie: `at` goes through a channel's planes, one after another.
struct Walk {
  at: u32,
  planeEnd: u32,
}

fn walkFrom(element: u32, channel: u32) -> Walk {
  let plane = ((element / sizes.spatial) * sizes.channels + channel) * sizes.spatial;
  return Walk(plane + element % sizes.spatial, plane + sizes.spatial);
}

fn next(walk: Walk) -> Walk {
  if (walk.at + 1u < walk.planeEnd) { return Walk(walk.at + 1u, walk.planeEnd); }
  let skipped = sizes.channels * sizes.spatial;
  return Walk(walk.planeEnd + skipped - sizes.spatial, walk.planeEnd + skipped);
}

fn deviation(channel: u32) -> f32 {
  return sqrt(variance[channel] + sizes.epsilon);
}

// The elements of one plane that thread t of an elementwise kernel takes: [x, y), and the plane's channel in z.
fn planeRun(t: u32) -> vec3<u32> {
  let runs = (sizes.spatial + sizes.runLength - 1u) / sizes.runLength;
  let plane = t / runs;
  if (plane >= sizes.batch * sizes.channels) { return vec3<u32>(); }
  let start = (t - plane * runs) * sizes.runLength;
  let place = plane * sizes.spatial;
  return vec3<u32>(place + start, place + min(start + sizes.runLength, sizes.spatial), plane % sizes.channels);
}

@compute @workgroup_size(64, 1, 1)
fn partialSums(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.channels * sizes.splits) { return; }
  let channel = t / sizes.splits;
  let bounds = run(t);
  var total = 0.0;
  var walk = walkFrom(bounds.x, channel);
  for (var e = bounds.x; e < bounds.y; e++) {
    total += input[walk.at];
    walk = next(walk);
  }
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
  var walk = walkFrom(bounds.x, channel);
  for (var e = bounds.x; e < bounds.y; e++) {
    let d = input[walk.at] - center;
    total += d * d;
    walk = next(walk);
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
  let bounds = planeRun(id.x + id.y * groups.x * 64u);
  let channel = bounds.z;
  let center = mean[channel];
  let factor = scale[channel] / deviation(channel);
  let added = shift[channel];
  for (var i = bounds.x; i < bounds.y; i++) { output[i] = (input[i] - center) * factor + added; }
}

@compute @workgroup_size(64, 1, 1)
fn tabulate(@builtin(global_invocation_id) id: vec3<u32>) {
  let channel = id.x;
  if (channel >= sizes.channels) { return; }
  table[channel] = vec4<f32>(mean[channel], scale[channel] / deviation(channel), shift[channel], 0.0);
}

@compute @workgroup_size(64, 1, 1)
fn partialGradients(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.channels * sizes.splits) { return; }
  let channel = t / sizes.splits;
  let bounds = run(t);
  var total = 0.0;
  var weighted = 0.0;
  let center = mean[channel];
  let scaling = 1.0 / deviation(channel);
  var walk = walkFrom(bounds.x, channel);
  for (var e = bounds.x; e < bounds.y; e++) {
    let g = cotangent[walk.at];
    total += g;
    weighted += g * ((input[walk.at] - center) * scaling);
    walk = next(walk);
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
  let bounds = planeRun(id.x + id.y * groups.x * 64u);
  let channel = bounds.z;
  let count = f32(sizes.batch * sizes.spatial);
  let center = mean[channel];
  let scaling = 1.0 / deviation(channel);
  let constant = shiftSums[channel] / count;
  let slope = scaleSums[channel] / count * scaling;
  let factor = scale[channel] * scaling;
  for (var i = bounds.x; i < bounds.y; i++) {
    output[i] = (cotangent[i] - constant - (input[i] - center) * slope) * factor;
  }
}

// Inference: mean and variance are given.
@compute @workgroup_size(64, 1, 1)
fn inferenceGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let bounds = planeRun(id.x + id.y * groups.x * 64u);
  let factor = scale[bounds.z] / deviation(bounds.z);
  for (var i = bounds.x; i < bounds.y; i++) { output[i] = cotangent[i] * factor; }
}
