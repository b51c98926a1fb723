// forward:  y = x / norm, norm = sum of |x| (p = 1) or sqrt(sum of x^2) (p = 2) along an axis; y = 0 where norm is 0
// gradient: dx = (g - d * sum of g * y) / norm, d = sign(x) (p = 1) or y (p = 2); 0 where norm is 0
// Layout: [outer, axis, inner]; norm [outer, inner]. Dispatch: one thread a line along the axis, folded into x and y.

struct Sizes {
  lines: u32,
  axis: u32,
  inner: u32,
  p: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read> cotangent: array<f32>;

fn normFrom(start: u32) -> f32 {
  var largest = 0.0;
  for (var k = 0u; k < sizes.axis; k++) { largest = max(largest, abs(input[start + k * sizes.inner])); }
  if (largest == 0.0) { return 0.0; }
  var total = 0.0;
  for (var k = 0u; k < sizes.axis; k++) {
    let x = abs(input[start + k * sizes.inner]) / largest;
    total += select(x * x, x, sizes.p == 1u);
  }
  return largest * select(sqrt(total), total, sizes.p == 1u);
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let l = id.x + id.y * groups.x * 64u;
  if (l >= sizes.lines) { return; }
  let start = (l / sizes.inner) * sizes.axis * sizes.inner + l % sizes.inner;
  let norm = normFrom(start);
  let divisor = select(norm, 1.0, norm == 0.0);
  for (var k = 0u; k < sizes.axis; k++) {
    let at = start + k * sizes.inner;
    output[at] = input[at] / divisor;
  }
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let l = id.x + id.y * groups.x * 64u;
  if (l >= sizes.lines) { return; }
  let start = (l / sizes.inner) * sizes.axis * sizes.inner + l % sizes.inner;
  let norm = normFrom(start);
  let divisor = select(norm, 1.0, norm == 0.0);
  var total = 0.0;
  for (var k = 0u; k < sizes.axis; k++) {
    let at = start + k * sizes.inner;
    total += cotangent[at] * (input[at] / divisor);
  }
  for (var k = 0u; k < sizes.axis; k++) {
    let at = start + k * sizes.inner;
    let x = input[at];
    let direction = select(x / divisor, sign(x), sizes.p == 1u);
    output[at] = select((cotangent[at] - direction * total) / divisor, 0.0, norm == 0.0);
  }
}
