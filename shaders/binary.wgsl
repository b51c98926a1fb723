// output[i] = f(a[i], b[i]); OPERATION chooses f. `gate` lets a through where b > 0.
// Layout: `same`: three tensors of one shape, flat, padded to a multiple of four elements.
// `broadcast`: up to eight dimensions, merged by the host; a stride of 0 repeats a dimension (numpy's rule).
// Dispatch: `same` ceil(count / 4) threads, `broadcast` one thread an output element; folded into x and y.

struct Sizes {
  count: u32,
  rank: u32,
  outputSize: array<vec4<u32>, 2>,
  aStride: array<vec4<u32>, 2>,
  bStride: array<vec4<u32>, 2>,
}

const OPERATION = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@group(0) @binding(1) var<storage, read> a4: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> b4: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output4: array<vec4<f32>>;

fn combine(x: vec4<f32>, y: vec4<f32>) -> vec4<f32> {
  if (OPERATION == 0u) { return x + y; }
  if (OPERATION == 1u) { return x - y; }
  if (OPERATION == 2u) { return x * y; }
  if (OPERATION == 3u) { return x / y; }
  return select(vec4<f32>(0.0), x, y > vec4<f32>(0.0)); // gate
}

@compute @workgroup_size(64, 1, 1)
fn same(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i * 4u >= sizes.count) { return; }
  output4[i] = combine(a4[i], b4[i]);
}

@compute @workgroup_size(64, 1, 1)
fn broadcast(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
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
  output[i] = combine(vec4<f32>(a[aIndex]), vec4<f32>(b[bIndex])).x;
}
