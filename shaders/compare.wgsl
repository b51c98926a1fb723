// output[i] = 1 where the comparison of a[i] with b[i] holds, else 0; OPERATION chooses it: 0 equal, 1 less, 2 lessOrEqual,
// 3 greater, 4 greaterOrEqual. A NaN, known by its bits since adapters may take x == x for true, compares as false.
// Layout: float32 in, int32 out; up to eight dimensions, merged by the host; a stride of 0 repeats a dimension.
// Dispatch: one thread an output element, folded into x and y.

struct Sizes {
  count: u32,
  rank: u32,
  outputSize: array<vec4<u32>, 2>,
  aStride: array<vec4<u32>, 2>,
  bStride: array<vec4<u32>, 2>,
}

const OPERATION = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<u32>;
@group(0) @binding(2) var<storage, read> b: array<u32>;
@group(0) @binding(3) var<storage, read_write> output: array<i32>;

fn isNan(bits: u32) -> bool {
  return (bits & 0x7fffffffu) > 0x7f800000u;
}

fn combine(aBits: u32, bBits: u32) -> i32 {
  if (isNan(aBits) || isNan(bBits)) { return 0; }
  let x = bitcast<f32>(aBits);
  let y = bitcast<f32>(bBits);
  if (OPERATION == 0u) { return i32(x == y); }
  if (OPERATION == 1u) { return i32(x < y); }
  if (OPERATION == 2u) { return i32(x <= y); }
  if (OPERATION == 3u) { return i32(x > y); }
  return i32(x >= y);
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  var rest = i;
  var aIndex = 0u;
  var bIndex = 0u;
  for (var axis = sizes.rank; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let r = (axis - 1u) % 4u;
    let size = sizes.outputSize[q][r];
    let position = rest % size;
    rest = rest / size;
    aIndex += position * sizes.aStride[q][r];
    bIndex += position * sizes.bStride[q][r];
  }
  output[i] = combine(a[aIndex], b[bIndex]);
}
