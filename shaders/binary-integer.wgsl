// output[i] = f(a[i], b[i]) for int32; OPERATION chooses f. Comparisons and logic give 0 or 1, and logic takes what is not 0
// for true. Division cuts towards zero; `modulo` has the sign of b, `remainder` that of a. What WGSL says of divisions by
// zero holds here: x / 0 = x, x % 0 = 0.
// Layout: up to eight dimensions, merged by the host; a stride of 0 repeats a dimension (numpy's rule).
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
@group(0) @binding(1) var<storage, read> a: array<i32>;
@group(0) @binding(2) var<storage, read> b: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<i32>;

// By squaring; a negative exponent gives 1 / x cut towards zero.
fn power(x: i32, y: i32) -> i32 {
  if (y < 0) {
    if (x == -1) { return select(1, -1, (y & 1) == 1); }
    return select(0, 1, x == 1);
  }
  var result = 1;
  var base = x;
  for (var rest = y; rest > 0; rest = rest >> 1u) {
    if ((rest & 1) == 1) { result *= base; }
    base *= base;
  }
  return result;
}

fn combine(x: i32, y: i32) -> i32 {
  if (OPERATION == 0u) { return i32(x == y); }
  if (OPERATION == 1u) { return i32(x < y); }
  if (OPERATION == 2u) { return i32(x <= y); }
  if (OPERATION == 3u) { return i32(x > y); }
  if (OPERATION == 4u) { return i32(x >= y); }
  if (OPERATION == 5u) { return i32(x != 0 && y != 0); }
  if (OPERATION == 6u) { return i32(x != 0 || y != 0); }
  if (OPERATION == 7u) { return i32((x != 0) != (y != 0)); }
  if (OPERATION == 8u) { return x + y; }
  if (OPERATION == 9u) { return x - y; }
  if (OPERATION == 10u) { return x * y; }
  if (OPERATION == 11u) { return x / y; }
  if (OPERATION == 12u) { return power(x, y); }
  if (OPERATION == 13u) {
    let r = x % y;
    return select(r, r + y, r != 0 && (r < 0) != (y < 0));
  }
  if (OPERATION == 14u) { return x % y; }
  if (OPERATION == 15u) { return min(x, y); }
  return max(x, y);
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
