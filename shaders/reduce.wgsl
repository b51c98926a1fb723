// sum:     output[k, s] = scale * sum of input[k, r] over the r of split s
// maximum: output[k] = max over r of input[k, r]; positions[k] = the first r that has it
// Layout: input strided; its kept dimensions (k) and reduced dimensions (r) are each listed outermost first, up to
// eight of each, merged by the host. `sum` writes [kept, splits]; a second pass over that array adds the splits, so
// that the tree of additions is fixed.
// Dispatch: kept * splits threads (maximum: kept), folded into x and y.
// Example: reduced = 8, splits = 2, perSplit = 4

struct Sizes {
  kept: u32,
  reduced: u32,
  splits: u32,
  perSplit: u32,
  keptRank: u32,
  reducedRank: u32,
  scale: f32,
  keptSize: array<vec4<u32>, 2>,
  keptStride: array<vec4<u32>, 2>,
  reducedSize: array<vec4<u32>, 2>,
  reducedStride: array<vec4<u32>, 2>,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read_write> positions: array<i32>;

fn keptOffset(k: u32) -> u32 {
  var rest = k;
  var offset = 0u;
  for (var axis = sizes.keptRank; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let r = (axis - 1u) % 4u;
    let size = sizes.keptSize[q][r];
    offset += (rest % size) * sizes.keptStride[q][r];
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
    let r = (axis - 1u) % 4u;
    let size = sizes.reducedSize[q][r];
    offset += (rest % size) * sizes.reducedStride[q][r];
    rest = rest / size;
  }
  return offset;
}

@compute @workgroup_size(64, 1, 1)
fn sum(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.kept * sizes.splits) { return; }
  let start = (i % sizes.splits) * sizes.perSplit;
  let end = min(start + sizes.perSplit, sizes.reduced);
  let base = keptOffset(i / sizes.splits);
  let last = sizes.reducedRank - 1u;
  let innerSize = sizes.reducedSize[last / 4u][last % 4u];
  let innerStride = sizes.reducedStride[last / 4u][last % 4u];
  var total = 0.0;
  var r = start;
  while (r < end) {
    let inner = r % innerSize;
    let stop = min(end, r - inner + innerSize);
    var at = base + rowOffset(r / innerSize) + inner * innerStride;
    for (; r < stop; r++) {
      total += input[at];
      at += innerStride;
    }
  }
  output[i] = total * sizes.scale;
}

@compute @workgroup_size(64, 1, 1)
fn maximum(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let k = id.x + id.y * groups.x * 64u;
  if (k >= sizes.kept) { return; }
  let base = keptOffset(k);
  let last = sizes.reducedRank - 1u;
  let innerSize = sizes.reducedSize[last / 4u][last % 4u];
  let innerStride = sizes.reducedStride[last / 4u][last % 4u];
  var best = input[base];
  var position = 0u;
  for (var r = 1u; r < sizes.reduced; r++) {
    let x = input[base + rowOffset(r / innerSize) + (r % innerSize) * innerStride];
    if (x > best) {
      best = x;
      position = r;
    }
  }
  output[k] = best;
  positions[k] = i32(position);
}
