// topK:    values[o, j, i] = the j-th largest (LARGEST: smallest where 0) of input[o, :, i], indices its place; of equal
//          ones the first comes first, and a NaN counts as the largest of all
// cumSum:  values[o, a, i] = sum of input[o, b, i] over b <= a; over b < a where exclusive, from the end where reverse
// hardmax: values[o, a, i] = 1 where a is the first maximum of input[o, :, i], else 0
// oneHot:  values[o, d, i] = onValue where indices[o, i] is d (or d - depth), else offValue; `axis` is the depth here
// Layout: tensors of 4-byte elements as [outer, axis, inner]; topK's outputs [outer, k, inner]. INTEGER: input is int32.
// Dispatch: one thread a row (outer * inner), folded into x and y; oneHot one thread an output element.

struct Sizes {
  rows: u32,
  axis: u32,
  inner: u32,
  k: u32,
  exclusive: u32,
  reverse: u32,
  onValue: f32,
  offValue: f32,
}

const LARGEST = 1u; // variant
const INTEGER = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(2) var<storage, read_write> values: array<u32>;
@group(0) @binding(3) var<storage, read_write> indices: array<i32>;
@group(0) @binding(3) var<storage, read> givenIndices: array<i32>;

fn rowStart(row: u32, axis: u32) -> u32 {
  return (row / sizes.inner) * axis * sizes.inner + row % sizes.inner;
}

// A number whose order as u32 is the order wanted, best first being largest; never 0 for what is compared with >.
fn keyOf(bits: u32) -> u32 {
  var key = bits ^ 0x80000000u;
  if (INTEGER == 0u) {
    let magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u) {
      key = 0xffffffffu;
    } else if (magnitude == 0u) {
      key = 0x80000000u; // both zeros are equal
    } else if (bits > 0x80000000u) {
      key = ~bits;
    } else {
      key = bits | 0x80000000u;
    }
  }
  return select(~key, key, LARGEST == 1u);
}

@compute @workgroup_size(64, 1, 1)
fn topK(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= sizes.rows) { return; }
  let start = rowStart(row, sizes.axis);
  let first = rowStart(row, sizes.k);
  var lastKey = 0xffffffffu;
  var lastPlace = -1;
  for (var j = 0u; j < sizes.k; j++) {
    // The best of those that come after the last one taken.
    var bestKey = 0u;
    var best = -1;
    for (var a = 0u; a < sizes.axis; a++) {
      let key = keyOf(input[start + a * sizes.inner]);
      let comesAfter = key < lastKey || (key == lastKey && i32(a) > lastPlace);
      if (comesAfter && (best < 0 || key > bestKey)) {
        bestKey = key;
        best = i32(a);
      }
    }
    values[first + j * sizes.inner] = input[start + u32(max(best, 0)) * sizes.inner];
    indices[first + j * sizes.inner] = best;
    lastKey = bestKey;
    lastPlace = best;
  }
}

@compute @workgroup_size(64, 1, 1)
fn cumSum(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= sizes.rows) { return; }
  let start = rowStart(row, sizes.axis);
  var total = 0.0;
  var count = 0;
  for (var b = 0u; b < sizes.axis; b++) {
    let at = start + select(b, sizes.axis - 1u - b, sizes.reverse == 1u) * sizes.inner;
    let before = select(bitcast<u32>(total), bitcast<u32>(count), INTEGER == 1u);
    total += bitcast<f32>(input[at]);
    count += bitcast<i32>(input[at]);
    let after = select(bitcast<u32>(total), bitcast<u32>(count), INTEGER == 1u);
    values[at] = select(after, before, sizes.exclusive == 1u);
  }
}

@compute @workgroup_size(64, 1, 1)
fn hardmax(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= sizes.rows) { return; }
  let start = rowStart(row, sizes.axis);
  var best = 0u;
  for (var a = 1u; a < sizes.axis; a++) {
    if (bitcast<f32>(input[start + a * sizes.inner]) > bitcast<f32>(input[start + best * sizes.inner])) { best = a; }
  }
  for (var a = 0u; a < sizes.axis; a++) {
    values[start + a * sizes.inner] = bitcast<u32>(select(0.0, 1.0, a == best));
  }
}

@compute @workgroup_size(64, 1, 1)
fn oneHot(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.rows * sizes.axis) { return; }
  let d = i32((t / sizes.inner) % sizes.axis);
  let index = givenIndices[(t / (sizes.inner * sizes.axis)) * sizes.inner + t % sizes.inner];
  let isOn = index == d || index == d - i32(sizes.axis);
  values[t] = bitcast<u32>(select(sizes.offValue, sizes.onValue, isOn));
}
