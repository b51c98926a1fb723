// maxPool:    output[n, c, oy, ox] = max of the window; switches = y * W + x of its first maximum in row-major order,
//             padding excluded; -1 and output 0 where the window holds no input
// unpool:     output[n, c, y, x] = sum of the cotangents of the windows whose switch is y * W + x
// poolSwitch: output[n, c, oy, ox] = input[n, c] at switches[n, c, oy, ox]; 0 for -1
// Layout: planes [N * C, H, W] and [N * C, OH, OW].
// Dispatch: threads of 64, folded into x and y; maxPool: one for runLength elements of an output row, unpool: one for eight elements of
// a row, poolSwitch: one an output element. Unpooling is a gather over the windows that cover them.
// Example: runLength = 2

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
  runLength: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read_write> switches: array<i32>;
@group(0) @binding(3) var<storage, read> givenSwitches: array<i32>;

/// What becomes of a result of unpool before it is written; an epilogue that is fused takes its place.
fn finishedAt(value: f32, place: u32) -> f32 { return value; }

@compute @workgroup_size(64, 1, 1)
fn maxPool(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let runs = (sizes.outputWidth + sizes.runLength - 1u) / sizes.runLength;
  let line = i / runs;
  let plane = line / sizes.outputHeight;
  if (plane >= sizes.planes) { return; }
  let first = (i - line * runs) * sizes.runLength;
  let start = plane * sizes.height * sizes.width;
  let top = i32((line - plane * sizes.outputHeight) * sizes.strideY) - i32(sizes.padTop);
  for (var ox = first; ox < min(first + sizes.runLength, sizes.outputWidth); ox++) {
    let left = i32(ox * sizes.strideX) - i32(sizes.padLeft);
    var best = 0.0;
    var position = -1;
    for (var ky = 0u; ky < sizes.kernelHeight; ky++) {
      let y = top + i32(ky * sizes.dilationY);
      if (y < 0 || y >= i32(sizes.height)) { continue; }
      for (var kx = 0u; kx < sizes.kernelWidth; kx++) {
        let x = left + i32(kx * sizes.dilationX);
        if (x < 0 || x >= i32(sizes.width)) { continue; }
        let at = y * i32(sizes.width) + x;
        let candidate = input[start + u32(at)];
        if (position < 0 || candidate > best) {
          best = candidate;
          position = at;
        }
      }
    }
    output[line * sizes.outputWidth + ox] = best;
    switches[line * sizes.outputWidth + ox] = position;
  }
}

// The windows along one axis, [first, end), of those that may hold a cell of [from, to]; padding counts as cells.
fn windowsOver(start: u32, last: u32, extent: u32, stride: u32, count: u32) -> vec2<u32> {
  let first = (max(start, extent) - extent) / stride + select(0u, 1u, start >= extent);
  return vec2<u32>(first, min(last / stride + 1u, count));
}

// Whether a window that starts `offset` cells before a cell has a tap on it.
fn hasTap(offset: u32, kernel: u32, dilation: u32) -> bool {
  return offset <= (kernel - 1u) * dilation && (dilation == 1u || offset % dilation == 0u);
}

@compute @workgroup_size(64, 1, 1)
fn unpool(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let tilesInRow = (sizes.width + 7u) / 8u;
  let row = i / tilesInRow;
  if (row >= sizes.planes * sizes.height) { return; }
  let left = (i - row * tilesInRow) * 8u;
  let plane = row / sizes.height;
  let y = row - plane * sizes.height;
  let rowStart = y * sizes.width;
  let extentY = (sizes.kernelHeight - 1u) * sizes.dilationY + 1u;
  let extentX = (sizes.kernelWidth - 1u) * sizes.dilationX + 1u;
  let rows = windowsOver(y + sizes.padTop, y + sizes.padTop, extentY, sizes.strideY, sizes.outputHeight);
  let first = left + sizes.padLeft;
  let columns = windowsOver(first, first + 7u, extentX, sizes.strideX, sizes.outputWidth);
  var low = vec4<f32>();
  var high = vec4<f32>();
  for (var oy = rows.x; oy < rows.y; oy++) {
    if (!hasTap(y + sizes.padTop - oy * sizes.strideY, sizes.kernelHeight, sizes.dilationY)) { continue; }
    let start = (plane * sizes.outputHeight + oy) * sizes.outputWidth;
    for (var ox = columns.x; ox < columns.y; ox++) {
      // The switch's column, if it lies in this row; the window must have a tap there.
      let column = u32(givenSwitches[start + ox]) - rowStart;
      let offset = column + sizes.padLeft - ox * sizes.strideX;
      if (column < sizes.width && hasTap(offset, sizes.kernelWidth, sizes.dilationX)) {
        let lane = vec4<u32>(column - left);
        let value = vec4<f32>(input[start + ox]);
        low += select(vec4<f32>(), value, lane == vec4<u32>(0u, 1u, 2u, 3u));
        high += select(vec4<f32>(), value, lane == vec4<u32>(4u, 5u, 6u, 7u));
      }
    }
  }
  let place = plane * sizes.height * sizes.width + rowStart + left;
  for (var t = 0u; t < min(8u, sizes.width - left); t++) {
    let half = select(low, high, t >= 4u);
    let pair = select(half.xy, half.zw, (t & 2u) != 0u);
    output[place + t] = finishedAt(select(pair.x, pair.y, (t & 1u) != 0u), place + t);
  }
}

@compute @workgroup_size(64, 1, 1)
fn poolSwitch(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.outputHeight * sizes.outputWidth;
  if (i >= sizes.planes * area) { return; }
  let position = givenSwitches[i];
  if (position < 0) {
    output[i] = 0.0;
  } else {
    output[i] = input[(i / area) * sizes.height * sizes.width + u32(position)];
  }
}
