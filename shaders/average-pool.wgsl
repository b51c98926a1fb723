// forward:  output[n, c, oy, ox] = sum of the window / divisor
// gradient: output[n, c, y, x] = sum of cotangent / divisor over the windows that cover (y, x)
// The divisor counts the window's cells inside the input; with countPadding also those inside the padded input
// (PyTorch's and ONNX's rule, which matters where ceil mode lets windows hang over the padding). Cell k of a window lies
// at start + k * dilation.
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
  dilationY: u32,
  dilationX: u32,
  padTop: u32,
  padLeft: u32,
  padBottom: u32,
  padRight: u32,
  countPadding: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;

// The cells of a window from `start` that lie in [low, high), as a range of k.
fn cellsWithin(start: i32, kernel: u32, dilation: u32, low: i32, high: i32) -> vec2<u32> {
  let last = u32(max(high - start, 0)) + dilation - 1u;
  return vec2<u32>((u32(max(low - start, 0)) + dilation - 1u) / dilation, min(kernel, last / dilation));
}

// Cells of a window from `start` that count, along one dimension.
fn counted(start: i32, kernel: u32, dilation: u32, size: u32, padBefore: u32, padAfter: u32) -> f32 {
  var low = 0;
  var high = i32(size);
  if (sizes.countPadding == 1u) {
    low = -i32(padBefore);
    high = i32(size + padAfter);
  }
  let cells = cellsWithin(start, kernel, dilation, low, high);
  return f32(max(cells.y, cells.x) - cells.x);
}

fn divisor(oy: u32, ox: u32) -> f32 {
  let top = i32(oy * sizes.strideY) - i32(sizes.padTop);
  let left = i32(ox * sizes.strideX) - i32(sizes.padLeft);
  return max(counted(top, sizes.kernelHeight, sizes.dilationY, sizes.height, sizes.padTop, sizes.padBottom)
    * counted(left, sizes.kernelWidth, sizes.dilationX, sizes.width, sizes.padLeft, sizes.padRight), 1.0);
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
  let rows = cellsWithin(top, sizes.kernelHeight, sizes.dilationY, 0, i32(sizes.height));
  let columns = cellsWithin(left, sizes.kernelWidth, sizes.dilationX, 0, i32(sizes.width));
  var total = 0.0;
  for (var ky = rows.x; ky < rows.y; ky++) {
    let row = plane + u32(top + i32(ky * sizes.dilationY)) * sizes.width;
    for (var kx = columns.x; kx < columns.y; kx++) {
      total += input[row + u32(left + i32(kx * sizes.dilationX))];
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
  // Windows oy with oy * stride <= y <= oy * stride + (kernel - 1) * dilation; only every dilation-th covers y itself.
  let extentY = (sizes.kernelHeight - 1u) * sizes.dilationY;
  let extentX = (sizes.kernelWidth - 1u) * sizes.dilationX;
  let firstY = (max(y, extentY) - extentY + sizes.strideY - 1u) / sizes.strideY;
  let firstX = (max(x, extentX) - extentX + sizes.strideX - 1u) / sizes.strideX;
  let endY = min(y / sizes.strideY + 1u, sizes.outputHeight);
  let endX = min(x / sizes.strideX + 1u, sizes.outputWidth);
  var total = 0.0;
  for (var oy = firstY; oy < endY; oy++) {
    if ((y - oy * sizes.strideY) % sizes.dilationY != 0u) { continue; }
    for (var ox = firstX; ox < endX; ox++) {
      if ((x - ox * sizes.strideX) % sizes.dilationX != 0u) { continue; }
      total += input[plane + oy * sizes.outputWidth + ox] / divisor(oy, ox);
    }
  }
  output[i] = total;
}
