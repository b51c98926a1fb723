// output[i] = f(input[i]), four elements a thread; OPERATION chooses f.
// Layout: any tensor, flat; buffers are padded to a multiple of four elements.
// Dispatch: ceil(count / 4) threads, folded into x and y.

struct Sizes {
  count: u32,
  factor: f32,
}

const OPERATION = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> output: array<vec4<f32>>;

fn apply(x: vec4<f32>) -> vec4<f32> {
  if (OPERATION == 0u) { // relu
    return max(x, vec4<f32>(0.0));
  }
  return sizes.factor * x; // scale
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i * 4u >= sizes.count) { return; }
  output[i] = apply(input[i]);
}
