// forward:  output[k] = product over r of input[k, r]
// gradient: output[k, r] = cotangent[k] * product over the other r of input[k, r]
// Layout: input strided; its kept dimensions (k) and reduced dimensions (r) are each listed outermost first, up to
// eight of each, merged by the host; the gradient's output lies as the input.
// Dispatch: kept threads (gradient: kept * reduced), folded into x and y.
// Example: kept = 4, reduced = 4, keptStride = 8 4, reducedStride = 2 1

struct Sizes {
  kept: u32,
  reduced: u32,
  keptRank: u32,
  reducedRank: u32,
  keptSize: array<vec4<u32>, 2>,
  keptStride: array<vec4<u32>, 2>,
  reducedSize: array<vec4<u32>, 2>,
  reducedStride: array<vec4<u32>, 2>,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read> cotangent: array<f32>;

fn keptOffset(k: u32) -> u32 {
  var rest = k;
  var offset = 0u;
  for (var axis = sizes.keptRank; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let lane = (axis - 1u) % 4u;
    let size = sizes.keptSize[q][lane];
    offset += (rest % size) * sizes.keptStride[q][lane];
    rest = rest / size;
  }
  return offset;
}

// The offset of the reduced element whose innermost coordinate is 0 and whose outer coordinates are `row`.
fn rowOffset(row: u32) -> u32 {
  var rest = row;
  var offset = 0u;
  for (var axis = sizes.reducedRank - 1u; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let lane = (axis - 1u) % 4u;
    let size = sizes.reducedSize[q][lane];
    offset += (rest % size) * sizes.reducedStride[q][lane];
    rest = rest / size;
  }
  return offset;
}

// The offset of the reduced element r.
fn reducedOffset(r: u32) -> u32 {
  let last = sizes.reducedRank - 1u;
  let innerSize = sizes.reducedSize[last / 4u][last % 4u];
  return rowOffset(r / innerSize) + (r % innerSize) * sizes.reducedStride[last / 4u][last % 4u];
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let k = id.x + id.y * groups.x * 64u;
  if (k >= sizes.kept) { return; }
  let base = keptOffset(k);
  var total = 1.0;
  for (var r = 0u; r < sizes.reduced; r++) { total *= input[base + reducedOffset(r)]; }
  output[k] = total;
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.kept * sizes.reduced) { return; }
  let k = i / sizes.reduced;
  let own = i % sizes.reduced;
  let base = keptOffset(k);
  var total = cotangent[k];
  for (var r = 0u; r < sizes.reduced; r++) {
    if (r != own) { total *= input[base + reducedOffset(r)]; }
  }
  output[base + reducedOffset(own)] = total;
}
