// fromSwitches: flat[i] = plane * H * W + (y * W + x), or + (x * H + y) in column-major order, of switch y * W + x
// scatter:      output = 0, then output[indices[i]] = input[i] for all i in order
// gather:       output[i] = input[indices[i]]
// An index outside its own plane is dropped (scatter) or gives 0 (gather): so one thread owns a plane of the output.
// Layout: pooled planes [N * C, OH * OW]; planes [N * C, H, W].
// Dispatch: scatter one thread a plane, else one an element of the pooled planes; folded into x and y.

struct Sizes {
  planes: u32,
  pooledArea: u32,
  height: u32,
  width: u32,
  columnMajor: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> switches: array<i32>;
@group(0) @binding(2) var<storage, read_write> flat: array<i32>;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read> indices: array<i32>;

@compute @workgroup_size(64, 1, 1)
fn fromSwitches(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.planes * sizes.pooledArea) { return; }
  let start = i32((i / sizes.pooledArea) * sizes.height * sizes.width);
  let position = switches[i];
  if (position < 0) {
    flat[i] = -1;
  } else if (sizes.columnMajor == 1u) {
    flat[i] = start + (position % i32(sizes.width)) * i32(sizes.height) + position / i32(sizes.width);
  } else {
    flat[i] = start + position;
  }
}

@compute @workgroup_size(64, 1, 1)
fn scatter(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = id.x + id.y * groups.x * 64u;
  if (p >= sizes.planes) { return; }
  let area = sizes.height * sizes.width;
  let start = p * area;
  for (var k = 0u; k < area; k++) { output[start + k] = 0.0; }
  for (var k = 0u; k < sizes.pooledArea; k++) {
    let at = indices[p * sizes.pooledArea + k] - i32(start);
    if (at >= 0 && at < i32(area)) { output[start + u32(at)] = input[p * sizes.pooledArea + k]; }
  }
}

@compute @workgroup_size(64, 1, 1)
fn gather(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.planes * sizes.pooledArea) { return; }
  let area = sizes.height * sizes.width;
  let start = (i / sizes.pooledArea) * area;
  let at = indices[i] - i32(start);
  var value = 0.0;
  if (at >= 0 && at < i32(area)) { value = input[start + u32(at)]; }
  output[i] = value;
}
