// forward:  loss[n] = log(sum_k exp(logits[n, k] - m)) + m - logits[n, labels[n]], m = max_k logits[n, k]
// gradient: output[n, k] = cotangent[n] * (softmax(logits[n])[k] - [k == labels[n]])
// Layout: logits [N, K], labels [N] (a label outside 0..K-1 counts as no class: its row gets loss 0 and gradient 0).
// Dispatch: one thread a row n.

struct Sizes {
  batch: u32,
  classes: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read> labels: array<i32>;
@group(0) @binding(3) var<storage, read> cotangent: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;

fn rowMaximum(start: u32) -> f32 {
  var best = logits[start];
  for (var k = 1u; k < sizes.classes; k++) { best = max(best, logits[start + k]); }
  return best;
}

fn rowSum(start: u32, largest: f32) -> f32 {
  var total = 0.0;
  for (var k = 0u; k < sizes.classes; k++) { total += exp(logits[start + k] - largest); }
  return total;
}

fn valid(label: i32) -> bool {
  return label >= 0 && label < i32(sizes.classes);
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let n = id.x + id.y * groups.x * 64u;
  if (n >= sizes.batch) { return; }
  let label = labels[n];
  if (!valid(label)) {
    output[n] = 0.0;
    return;
  }
  let start = n * sizes.classes;
  let largest = rowMaximum(start);
  output[n] = log(rowSum(start, largest)) + (largest - logits[start + u32(label)]);
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let n = id.x + id.y * groups.x * 64u;
  if (n >= sizes.batch) { return; }
  let start = n * sizes.classes;
  let label = labels[n];
  let largest = rowMaximum(start);
  let total = rowSum(start, largest);
  let seed = select(0.0, cotangent[n], valid(label));
  for (var k = 0u; k < sizes.classes; k++) {
    let hot = select(0.0, 1.0, i32(k) == label);
    output[start + k] = seed * (exp(logits[start + k] - largest) / total - hot);
  }
}
