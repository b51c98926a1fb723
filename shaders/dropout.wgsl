// output[i] = input[i] / (1 - rate) where the hash of (seed, stream, i) falls in the kept part, else 0
// The hash is Wellons's lowbias32; 24 of its bits are compared with the threshold round(rate * 2^24).
// Layout: any tensor, flat. The same seed and stream give the same mask, which is how the gradient finds it again.
// Dispatch: one thread an element, folded into x and y.

struct Sizes {
  count: u32,
  stream: u32,
  threshold: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> seed: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

fn mix(value: u32) -> u32 {
  var v = value;
  v = (v ^ (v >> 16u)) * 0x7feb352du;
  v = (v ^ (v >> 15u)) * 0x846ca68bu;
  return v ^ (v >> 16u);
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  let hash = mix(mix(u32(seed[0]) + 0x9E3779B9u * sizes.stream) ^ i);
  output[i] = select(0.0, input[i] * sizes.scale, (hash >> 8u) >= sizes.threshold);
}
