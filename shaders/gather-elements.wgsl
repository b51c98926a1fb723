// forward:  output[c] = input[c with its coordinate along the axis replaced by indices[c]]
// gradient: sum[c] = sum of cotangent[d] over the d that differ from c along the axis alone and whose indices[d] is c's
//           coordinate there; 0 where c lies outside the other sizes of `indices`
// Negative indices count from the end; for one outside the axis the result is 0.
// Layout: tensors of 4-byte elements. `outputSize` and `ownStride` are the sizes of the tensor that is written and the
// strides of the one that is read, with stride 0 along the axis; `otherSize` the sizes of the tensor that is read.
// Dispatch: one thread an output element, folded into x and y.
// Example: axisSize = 1, axisLength = 1

struct Sizes {
  count: u32,
  rank: u32,
  axis: u32,
  axisSize: u32,
  axisStride: u32,
  axisLength: u32,
  outputSize: array<vec4<u32>, 2>,
  otherSize: array<vec4<u32>, 2>,
  ownStride: array<vec4<u32>, 2>,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read> cotangent: array<f32>;
@group(0) @binding(2) var<storage, read> indices: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<u32>;
@group(0) @binding(3) var<storage, read_write> sum: array<f32>;

fn place(index: i32) -> i32 {
  return select(index, index + i32(sizes.axisSize), index < 0);
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.count) { return; }
  var rest = t;
  var start = 0u;
  for (var axis = sizes.rank; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let r = (axis - 1u) % 4u;
    start += (rest % sizes.outputSize[q][r]) * sizes.ownStride[q][r];
    rest = rest / sizes.outputSize[q][r];
  }
  let a = place(indices[t]);
  if (a >= 0 && a < i32(sizes.axisSize)) {
    output[t] = input[start + u32(a) * sizes.axisStride];
  } else {
    output[t] = 0u;
  }
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.count) { return; }
  var rest = t;
  var start = 0u;
  var own = 0;
  var inside = true;
  for (var axis = sizes.rank; axis > 0u; axis--) {
    let q = (axis - 1u) / 4u;
    let r = (axis - 1u) % 4u;
    let coordinate = rest % sizes.outputSize[q][r];
    rest = rest / sizes.outputSize[q][r];
    start += coordinate * sizes.ownStride[q][r];
    if (axis - 1u == sizes.axis) {
      own = i32(coordinate);
    } else if (coordinate >= sizes.otherSize[q][r]) {
      inside = false;
    }
  }
  var total = 0.0;
  if (inside) {
    for (var j = 0u; j < sizes.axisLength; j++) {
      let at = start + j * sizes.axisStride;
      if (place(indices[at]) == own) { total += cotangent[at]; }
    }
  }
  sum[t] = total;
}
