// output[n, c, s] = input[n, c, s] + bias[c]
// Layout: input and output [N, C, S] (S = all spatial elements), bias [C].
// Dispatch: one thread an element, folded into x and y.

struct Sizes {
  count: u32,
  channels: u32,
  spatial: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  output[i] = input[i] + bias[(i / sizes.spatial) % sizes.channels];
}
