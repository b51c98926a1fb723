// sum:        output[k, s] = scale * sum of f(input[k, r]) over the r of split s; TERM chooses f: 0 x, 1 |x|, 2 x^2;
//             FINISH what becomes of the sum: 0 nothing, 1 its root, 2 its logarithm
// extremum:   output[k] = max over r of input[k, r]; positions[k] = the first r that has it; CHOICE: 0 so, 1 the minimum,
//             2 and 3 the same two with the last r that has it
// logSumExp:  output[k] = m + log(sum over r of exp(input[k, r] - m)), m the maximum
// Where nothing is reduced, a sum is 0, and the others are `bottom`: the infinity that the host gives, which is also
// the logarithm of 0.
// Layout: input strided; its kept dimensions (k) and reduced dimensions (r) are each listed outermost first, up to
// eight of each, merged by the host; `sum` writes [kept, splits]; a second pass
// over that array adds the splits, so that the tree of additions is fixed.
// Dispatch: kept * splits threads (the others: kept), folded into x and y.
// Example: reduced = 8, splits = 2, perSplit = 4

const TERM = 0u; // variant
const FINISH = 0u; // variant
const CHOICE = 0u; // variant

struct Sizes {
  kept: u32,
  reduced: u32,
  splits: u32,
  perSplit: u32,
  keptRank: u32,
  reducedRank: u32,
  scale: f32,
  bottom: f32,
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

fn term(x: f32) -> f32 {
  if (TERM == 0u) { return x; }
  if (TERM == 1u) { return abs(x); }
  return x * x;
}

fn resultOf(total: f32) -> f32 {
  if (FINISH == 0u) { return total; }
  if (FINISH == 1u) { return sqrt(total); }
  return select(log(total), sizes.bottom, total == 0.0);
}

fn isBetter(x: f32, best: f32) -> bool {
  if (CHOICE == 0u) { return x > best; }
  if (CHOICE == 1u) { return x < best; }
  if (CHOICE == 2u) { return x >= best; }
  return x <= best;
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
      total += term(input[at]);
      at += innerStride;
    }
  }
  output[i] = resultOf(total * sizes.scale);
}

@compute @workgroup_size(64, 1, 1)
fn extremum(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let k = id.x + id.y * groups.x * 64u;
  if (k >= sizes.kept) { return; }
  let base = keptOffset(k);
  var best = sizes.bottom;
  var position = 0u;
  for (var r = 0u; r < sizes.reduced; r++) {
    let x = input[base + reducedOffset(r)];
    if (r == 0u || isBetter(x, best)) {
      best = x;
      position = r;
    }
  }
  output[k] = best;
  positions[k] = i32(position);
}

@compute @workgroup_size(64, 1, 1)
fn logSumExp(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let k = id.x + id.y * groups.x * 64u;
  if (k >= sizes.kept) { return; }
  let base = keptOffset(k);
  var largest = sizes.bottom;
  for (var r = 0u; r < sizes.reduced; r++) { largest = max(largest, input[base + reducedOffset(r)]); }
  var total = 0.0;
  for (var r = 0u; r < sizes.reduced; r++) { total += exp(input[base + reducedOffset(r)] - largest); }
  output[k] = select(largest + log(total), sizes.bottom, sizes.reduced == 0u || largest == sizes.bottom);
}
