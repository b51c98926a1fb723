// forward:  output[n, c, oy, ox] = sum of the window / divisor
// gradient: output[n, c, y, x] = sum of cotangent / divisor over the windows that cover (y, x)
// The divisor counts the window's cells inside the input; with countPadding also those inside the padded input
// (PyTorch's and ONNX's rule, which matters where ceil mode lets windows hang over the padding).
// Layout: planes [N * C, H, W] and [N * C, OH, OW].
// Dispatch: one thread an output element, folded into x and y.

struct Sizes {
  planes: u32,
  height: u32,
  width: u32,
  outputHeight: u32,
  outputWidth: u32,
  kernelHeight: u32,
  kernelWidth: u32,
  strideY: u32,
  strideX: u32,
  padTop: u32,
  padLeft: u32,
  padBottom: u32,
  padRight: u32,
  countPadding: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;

// Cells of [start, start + kernel) that count, along one dimension.
fn counted(start: i32, kernel: u32, size: u32, padBefore: u32, padAfter: u32) -> f32 {
  var low = 0;
  var high = i32(size);
  if (sizes.countPadding == 1u) {
    low = -i32(padBefore);
    high = i32(size + padAfter);
  }
  return f32(max(min(start + i32(kernel), high) - max(start, low), 0));
}

fn divisor(oy: u32, ox: u32) -> f32 {
  let top = i32(oy * sizes.strideY) - i32(sizes.padTop);
  let left = i32(ox * sizes.strideX) - i32(sizes.padLeft);
  return max(counted(top, sizes.kernelHeight, sizes.height, sizes.padTop, sizes.padBottom)
    * counted(left, sizes.kernelWidth, sizes.width, sizes.padLeft, sizes.padRight), 1.0);
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.outputHeight * sizes.outputWidth;
  if (i >= sizes.planes * area) { return; }
  let plane = (i / area) * sizes.height * sizes.width;
  let oy = (i / sizes.outputWidth) % sizes.outputHeight;
  let ox = i % sizes.outputWidth;
  let top = i32(oy * sizes.strideY) - i32(sizes.padTop);
  let left = i32(ox * sizes.strideX) - i32(sizes.padLeft);
  let bottom = min(top + i32(sizes.kernelHeight), i32(sizes.height));
  let right = min(left + i32(sizes.kernelWidth), i32(sizes.width));
  var total = 0.0;
  for (var y = max(top, 0); y < bottom; y++) {
    for (var x = max(left, 0); x < right; x++) {
      total += input[plane + u32(y) * sizes.width + u32(x)];
    }
  }
  output[i] = total / divisor(oy, ox);
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.height * sizes.width;
  if (i >= sizes.planes * area) { return; }
  let plane = (i / area) * sizes.outputHeight * sizes.outputWidth;
  let y = (i / sizes.width) % sizes.height + sizes.padTop;
  let x = i % sizes.width + sizes.padLeft;
  // Windows oy with oy * stride <= y < oy * stride + kernel.
  let firstY = (max(y + 1u, sizes.kernelHeight) - sizes.kernelHeight + sizes.strideY - 1u) / sizes.strideY;
  let firstX = (max(x + 1u, sizes.kernelWidth) - sizes.kernelWidth + sizes.strideX - 1u) / sizes.strideX;
  let endY = min(y / sizes.strideY + 1u, sizes.outputHeight);
  let endX = min(x / sizes.strideX + 1u, sizes.outputWidth);
  var total = 0.0;
  for (var oy = firstY; oy < endY; oy++) {
    for (var ox = firstX; ox < endX; ox++) {
      total += input[plane + oy * sizes.outputWidth + ox] / divisor(oy, ox);
    }
  }
  output[i] = total;
}
