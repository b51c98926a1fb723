// output[i] = a[i] where condition[i] is not 0, else b[i]
// Layout: tensors of 4-byte elements; up to eight dimensions, merged by the host; a stride of 0 repeats a dimension.
// Dispatch: one thread an output element, folded into x and y.

struct Sizes {
  count: u32,
  rank: u32,
  outputSize: array<vec4<u32>, 2>,
  conditionStride: array<vec4<u32>, 2>,
  aStride: array<vec4<u32>, 2>,
  bStride: array<vec4<u32>, 2>,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> condition: array<i32>;
@group(0) @binding(2) var<storage, read> a: array<u32>;
@group(0) @binding(3) var<storage, read> b: array<u32>;
@group(0) @binding(4) var<storage, read_write> output: array<u32>;

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  var rest = i;
  var conditionIndex = 0u;
  var aIndex = 0u;
  var bIndex = 0u;
  for (var axis = sizes.rank; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let r = (axis - 1u) % 4u;
    let size = sizes.outputSize[q][r];
    let position = rest % size;
    rest = rest / size;
    conditionIndex += position * sizes.conditionStride[q][r];
    aIndex += position * sizes.aStride[q][r];
    bIndex += position * sizes.bStride[q][r];
  }
  output[i] = select(b[bIndex], a[aIndex], condition[conditionIndex] != 0);
}
