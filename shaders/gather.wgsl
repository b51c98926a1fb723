// forward:  output[o, j, i] = input[o, indices[j], i]
// gradient: sum[o, a, i] = sum of cotangent[o, j, i] over the j with indices[j] == a
// Negative indices count from the end; for one outside the axis the result is 0.
// Layout: tensors of 4-byte elements as [outer, axis, inner], outputs [outer, indices, inner].
// Dispatch: one thread an output element, folded into x and y. The gradient looks at every index for each element.

struct Sizes {
  count: u32,
  inner: u32,
  axis: u32,
  indexCount: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read> cotangent: array<f32>;
@group(0) @binding(2) var<storage, read> indices: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<u32>;
@group(0) @binding(3) var<storage, read_write> sum: array<f32>;

fn place(j: u32) -> i32 {
  let index = indices[j];
  return select(index, index + i32(sizes.axis), index < 0);
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.count) { return; }
  let i = t % sizes.inner;
  let a = place((t / sizes.inner) % sizes.indexCount);
  let o = t / (sizes.inner * sizes.indexCount);
  if (a >= 0 && a < i32(sizes.axis)) {
    output[t] = input[(o * sizes.axis + u32(a)) * sizes.inner + i];
  } else {
    output[t] = 0u;
  }
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.count) { return; }
  let i = t % sizes.inner;
  let a = i32((t / sizes.inner) % sizes.axis);
  let o = t / (sizes.inner * sizes.axis);
  var total = 0.0;
  for (var j = 0u; j < sizes.indexCount; j++) {
    if (place(j) == a) { total += cotangent[(o * sizes.indexCount + j) * sizes.inner + i]; }
  }
  sum[t] = total;
}
