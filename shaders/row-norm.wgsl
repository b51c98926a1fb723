// y[r, i] = (x[r, i] - mean[r]) * inverse[r] * scale[a] + shift[a], inverse[r] = 1 / sqrt(variance[r] + epsilon);
// with center = 0: x[r, i] * inverse[r] * scale[a] + shift[a], inverse[r] = 1 / sqrt(variance[r] + mean[r]^2 + epsilon);
// where a = (flat index / affineInner) % affineCount: per position of a row (layer norm) or per channel (instance, group).
// `plain` leaves scale and shift out, `scaled` the shift.
// Layout: x as rows [R, size]; mean, variance and inverse [R]. Statistics come from batch-norm.wgsl, rows as channels.
// Dispatch: invert one thread a row, the others one an element; folded into x and y.

struct Sizes {
  rows: u32,
  size: u32,
  affineInner: u32,
  affineCount: u32,
  epsilon: f32,
  center: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> inverse: array<f32>;
@group(0) @binding(4) var<storage, read> scale: array<f32>;
@group(0) @binding(5) var<storage, read> shift: array<f32>;
@group(0) @binding(6) var<storage, read_write> output: array<f32>;
@group(0) @binding(7) var<storage, read> variance: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn invert(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let r = id.x + id.y * groups.x * 64u;
  if (r >= sizes.rows) { return; }
  let square = select(mean[r] * mean[r], 0.0, sizes.center == 1u);
  output[r] = 1.0 / sqrt(variance[r] + square + sizes.epsilon);
}

fn standardized(e: u32) -> f32 {
  let r = e / sizes.size;
  return (input[e] - select(0.0, mean[r], sizes.center == 1u)) * inverse[r];
}

@compute @workgroup_size(64, 1, 1)
fn plain(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let e = id.x + id.y * groups.x * 64u;
  if (e >= sizes.rows * sizes.size) { return; }
  output[e] = standardized(e);
}

@compute @workgroup_size(64, 1, 1)
fn scaled(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let e = id.x + id.y * groups.x * 64u;
  if (e >= sizes.rows * sizes.size) { return; }
  output[e] = standardized(e) * scale[(e / sizes.affineInner) % sizes.affineCount];
}

@compute @workgroup_size(64, 1, 1)
fn affine(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let e = id.x + id.y * groups.x * 64u;
  if (e >= sizes.rows * sizes.size) { return; }
  let a = (e / sizes.affineInner) % sizes.affineCount;
  output[e] = standardized(e) * scale[a] + shift[a];
}
