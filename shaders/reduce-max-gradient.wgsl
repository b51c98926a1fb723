// output[k, r] = cotangent[k] where r == positions[k], else 0
// Layout: output strided as the input of `reduce`'s maximum; its element i is decoded into k and r by the strides
// that each of its dimensions has in the kept and in the reduced index (one of them 0).
// Dispatch: one thread an output element, folded into x and y.

struct Sizes {
  count: u32,
  rank: u32,
  outputSize: array<vec4<u32>, 2>,
  keptStride: array<vec4<u32>, 2>,
  reducedStride: array<vec4<u32>, 2>,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> cotangent: array<f32>;
@group(0) @binding(2) var<storage, read> positions: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  var rest = i;
  var k = 0u;
  var r = 0u;
  for (var axis = sizes.rank; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let lane = (axis - 1u) % 4u;
    let size = sizes.outputSize[q][lane];
    let position = rest % size;
    rest = rest / size;
    k += position * sizes.keptStride[q][lane];
    r += position * sizes.reducedStride[q][lane];
  }
  output[i] = select(0.0, cotangent[k], positions[k] == i32(r));
}
