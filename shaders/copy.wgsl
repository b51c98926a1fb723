// copy: output[o, outputStart + a * outputStep, i] = input[o, inputStart + a * inputStep, i] for a < length
// fill: output[j] = 0
// Layout: tensors as [outer, axis, inner]. Concat and slice are made of these.
// Dispatch: copy outer * length * inner threads, fill one a element; folded into x and y.

struct Sizes {
  count: u32,
  length: u32,
  inner: u32,
  inputAxis: u32,
  inputStart: u32,
  inputStep: i32,
  outputAxis: u32,
  outputStart: u32,
  outputStep: i32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;

@compute @workgroup_size(64, 1, 1)
fn copy(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.count) { return; }
  let i = t % sizes.inner;
  let a = (t / sizes.inner) % sizes.length;
  let o = t / (sizes.inner * sizes.length);
  let to = (o * sizes.outputAxis + u32(i32(sizes.outputStart) + i32(a) * sizes.outputStep)) * sizes.inner + i;
  let source = (o * sizes.inputAxis + u32(i32(sizes.inputStart) + i32(a) * sizes.inputStep)) * sizes.inner + i;
  output[to] = input[source];
}

@compute @workgroup_size(64, 1, 1)
fn fill(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.count) { return; }
  output[t] = 0u;
}
