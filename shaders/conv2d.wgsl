// 2-D convolution, register-blocked, without workgroup memory: a thread makes 8 output pixels of 8 output channels.
//
//   y[n, o, p, q] = sum over c, i, j of  x[n, g·C + c, p·sh + i·dh - top, q·sw + j·dw - left] · w[o, c, i, j]
//
// forwardRow    strideWidth = dilationWidth = 1. The pixels lie side by side in a row, and a window slides along it, so that one input
//               element is read for 64 multiply-adds.
// forwardPixels any stride and dilation. The pixels follow one another in row-major order, across the ends of rows.
// forwardPointwise  1x1 taps, stride 1, no padding, planes of a multiple of four elements: reads and writes four at a time.
//
// A workgroup has one channel block, so its threads read the same weights.
//
// Layout: input [N, Ci, H, W], packed as conv2d-pack-weights.wgsl makes it, output [N, Co, OH, OW].
// Dispatch: a workgroup for 64 pixel tiles of one channel block. Tiles: forwardRow N · OH · ceil(OW / 8), forwardPixels and
// forwardPointwise N · ceil(OH · OW / 8). ceil(tiles / 64) · groups · ceil(Co / groups / 8) workgroups, folded into y beyond 65535.

struct Sizes {
  batch: u32,
  inputChannels: u32,
  inputHeight: u32,
  inputWidth: u32,
  outputChannels: u32,
  outputHeight: u32,
  outputWidth: u32,
  kernelHeight: u32,
  kernelWidth: u32,
  strideHeight: u32,
  strideWidth: u32,
  dilationHeight: u32,
  dilationWidth: u32,
  padTop: i32,
  padLeft: i32,
  groups: u32,
}

const PIXELS = 8u; // variant
const NOWHERE = 0xffffffffu;

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> packed: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@group(0) @binding(4) var<storage, read> inputVectors: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> outputVectors: array<vec4<f32>>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }
fn finishedVectors(value: vec4<f32>, channel: u32, place: u32) -> vec4<f32> { return value; }

/// The input element at `row` + `column`, or zero where `column` is not in 0 to `limit` - 1.
fn load(row: u32, column: i32, limit: u32) -> f32 {
  return select(0.0, input[row + u32(column)], u32(column) < limit);
}

/// Writes a tile of channels from `first` on, as far as it has pixels and channels. The element is chosen by selects in loops whose step (always 1) compilers
/// cannot know: 64 separate stores would take software adapters seconds to compile.
fn store(place: u32, plane: u32, pixels: u32, first: u32, channels: u32, sums: array<array<vec4<f32>, 2>, PIXELS>) {
  let step = min(sizes.batch, 1u);
  for (var p = 0u; p < min(pixels, PIXELS); p += step) {
    var low = sums[0][0];
    var high = sums[0][1];
    for (var t = 1u; t < PIXELS; t++) {
      low = select(low, sums[t][0], t == p);
      high = select(high, sums[t][1], t == p);
    }
    let corner = place + p;
    for (var v = 0u; v < min(channels, 8u); v += step) {
      let half = select(low, high, (v & 4u) != 0u);
      let pair = select(half.xy, half.zw, (v & 2u) != 0u);
      let value = select(pair.x, pair.y, (v & 1u) != 0u);
      output[corner + v * plane] = finished(value, first + v, corner + v * plane);
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn forwardRow(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let blocks = (outputs + 7u) / 8u;
  let workgroupIndex = workgroup.x + workgroup.y * workgroups.x;
  let block = workgroupIndex % blocks;
  let group = (workgroupIndex / blocks) % sizes.groups;
  let tile = workgroupIndex / (blocks * sizes.groups) * 64u + lane;
  let tilesInRow = (sizes.outputWidth + PIXELS - 1u) / PIXELS;
  if (tile >= sizes.batch * sizes.outputHeight * tilesInRow) {
    return;
  }
  let q = tile % tilesInRow * PIXELS;
  let p = (tile / tilesInRow) % sizes.outputHeight;
  let n = tile / (tilesInRow * sizes.outputHeight);
  let firstColumn = i32(q) - sizes.padLeft;
  let firstRow = i32(p * sizes.strideHeight) - sizes.padTop;

  var sums: array<array<vec4<f32>, 2>, PIXELS>;
  var window: array<f32, PIXELS>;
  var tap = (group * blocks + block) * channels * sizes.kernelHeight * sizes.kernelWidth * 2u;
  for (var c = 0u; c < channels; c++) {
    let plane = (n * sizes.inputChannels + group * channels + c) * sizes.inputHeight;
    for (var i = 0u; i < sizes.kernelHeight; i++) {
      let h = u32(firstRow + i32(i * sizes.dilationHeight));
      let limit = select(0u, sizes.inputWidth, h < sizes.inputHeight);
      let row = (plane + h) * sizes.inputWidth;
      for (var t = 1u; t < PIXELS; t++) {
        window[t] = load(row, firstColumn + i32(t) - 1, limit);
      }
      for (var j = 0u; j < sizes.kernelWidth; j++) {
        for (var t = 1u; t < PIXELS; t++) {
          window[t - 1u] = window[t];
        }
        window[PIXELS - 1u] = load(row, firstColumn + i32(PIXELS - 1u + j), limit);
        let low = packed[tap];
        let high = packed[tap + 1u];
        tap += 2u;
        for (var t = 0u; t < PIXELS; t++) {
          sums[t][0] = fma(vec4<f32>(window[t]), low, sums[t][0]);
          sums[t][1] = fma(vec4<f32>(window[t]), high, sums[t][1]);
        }
      }
    }
  }

  let plane = sizes.outputHeight * sizes.outputWidth;
  let first = group * outputs + block * 8u;
  let place = (n * sizes.outputChannels + first) * plane + p * sizes.outputWidth + q;
  store(place, plane, sizes.outputWidth - q, first, (group + 1u) * outputs - first, sums);
}

@compute @workgroup_size(64, 1, 1)
fn forwardPixels(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let blocks = (outputs + 7u) / 8u;
  let workgroupIndex = workgroup.x + workgroup.y * workgroups.x;
  let block = workgroupIndex % blocks;
  let group = (workgroupIndex / blocks) % sizes.groups;
  let tile = workgroupIndex / (blocks * sizes.groups) * 64u + lane;
  let plane = sizes.outputHeight * sizes.outputWidth;
  let tilesInPlane = (plane + PIXELS - 1u) / PIXELS;
  if (tile >= sizes.batch * tilesInPlane) {
    return;
  }
  let firstPixel = tile % tilesInPlane * PIXELS;
  let n = tile / tilesInPlane;
  let inputPlane = sizes.inputHeight * sizes.inputWidth;
  let inputStart = (n * sizes.inputChannels + group * channels) * inputPlane;
  let taps = sizes.kernelHeight * sizes.kernelWidth;
  let firstTap = (group * blocks + block) * channels * taps * 2u;

  var rows: array<i32, PIXELS>;
  var columns: array<i32, PIXELS>;
  for (var t = 0u; t < PIXELS; t++) {
    rows[t] = i32((firstPixel + t) / sizes.outputWidth * sizes.strideHeight) - sizes.padTop;
    columns[t] = i32((firstPixel + t) % sizes.outputWidth * sizes.strideWidth) - sizes.padLeft;
  }

  var sums: array<array<vec4<f32>, 2>, PIXELS>;
  for (var i = 0u; i < sizes.kernelHeight; i++) {
    for (var j = 0u; j < sizes.kernelWidth; j++) {
      var places: array<u32, PIXELS>;
      for (var t = 0u; t < PIXELS; t++) {
        let h = u32(rows[t] + i32(i * sizes.dilationHeight));
        let w = u32(columns[t] + i32(j * sizes.dilationWidth));
        let valid = h < sizes.inputHeight && w < sizes.inputWidth;
        places[t] = select(NOWHERE, inputStart + h * sizes.inputWidth + w, valid);
      }
      var tap = firstTap + (i * sizes.kernelWidth + j) * 2u;
      for (var c = 0u; c < channels; c++) {
        let low = packed[tap];
        let high = packed[tap + 1u];
        tap += taps * 2u;
        for (var t = 0u; t < PIXELS; t++) {
          let x = select(0.0, input[places[t] + c * inputPlane], places[t] != NOWHERE);
          sums[t][0] += x * low;
          sums[t][1] += x * high;
        }
      }
    }
  }

  let first = group * outputs + block * 8u;
  let place = (n * sizes.outputChannels + first) * plane + firstPixel;
  store(place, plane, plane - firstPixel, first, (group + 1u) * outputs - first, sums);
}

@compute @workgroup_size(64, 1, 1)
fn forwardPointwise(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let blocks = (outputs + 7u) / 8u;
  let workgroupIndex = workgroup.x + workgroup.y * workgroups.x;
  let block = workgroupIndex % blocks;
  let group = (workgroupIndex / blocks) % sizes.groups;
  let tile = workgroupIndex / (blocks * sizes.groups) * 64u + lane;
  let plane = sizes.outputHeight * sizes.outputWidth / 4u;
  let tilesInPlane = (plane + 1u) / 2u;
  if (tile >= sizes.batch * tilesInPlane) {
    return;
  }
  let n = tile / tilesInPlane;
  let first = (tile - n * tilesInPlane) * 2u;

  // The second vector of a plane's last tile may lie in the next plane, and is not written then.
  var sums: array<array<vec4<f32>, 2>, 8>;
  var tap = (group * blocks + block) * channels * 2u;
  var place = (n * sizes.inputChannels + group * channels) * plane + first;
  for (var c = 0u; c < channels; c++) {
    let left = inputVectors[place];
    let right = inputVectors[place + 1u];
    let low = packed[tap];
    let high = packed[tap + 1u];
    place += plane;
    tap += 2u;
    for (var t = 0u; t < 4u; t++) {
      sums[t][0] = fma(left, vec4<f32>(low[t]), sums[t][0]);
      sums[t][1] = fma(right, vec4<f32>(low[t]), sums[t][1]);
      sums[t + 4u][0] = fma(left, vec4<f32>(high[t]), sums[t + 4u][0]);
      sums[t + 4u][1] = fma(right, vec4<f32>(high[t]), sums[t + 4u][1]);
    }
  }

  // As in store, few stores in a loop rather than many.
  let step = min(sizes.batch, 1u);
  let firstOutput = group * outputs + block * 8u;
  let corner = (n * sizes.outputChannels + firstOutput) * plane + first;
  for (var v = 0u; v < min(8u, (group + 1u) * outputs - firstOutput); v += step) {
    var left = sums[0][0];
    var right = sums[0][1];
    for (var t = 1u; t < 8u; t++) {
      left = select(left, sums[t][0], t == v);
      right = select(right, sums[t][1], t == v);
    }
    let at = corner + v * plane;
    outputVectors[at] = finishedVectors(left, firstOutput + v, at);
    if (first + 1u < plane) {
      outputVectors[at + 1u] = finishedVectors(right, firstOutput + v, at + 1u);
    }
  }
}
