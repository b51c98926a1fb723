// 2-D convolution for GPUs as an implicit matrix product: a workgroup makes a tile of output channels x pixels, and reads weights
// and pixels through workgroup memory. It is also the gradient to the input, at any stride.
//
//   y[n, o, h, w] = sum over c, i, j of  x[n, g·C + c, h·sh + i·dh - top, w·sw + j·dw - left] · w[o, c, i, j]
//
// The inner dimension of the product is the taps, and within a tap its channels; places are computed once a tap.
//
// Spread: with ph = spreadHeight (and pw = spreadWidth) over 1, x's rows stand ph apart,
//
//   y[n, o, h, w] = sum over c, i, j of  x[n, g·C + c, (h + i·dh - top) / ph, (w + j·dw - left) / pw] · w[o, c, i, j]
//
// over the taps where both divisions come out even. The gradient to the input of a convolution with strides (sh, sw) is that: over
// the output's cotangent, spread by (sh, sw), with strides 1, top' = dh·(KH - 1) - top, left' = dw·(KW - 1) - left, the sizes of
// input and output swapped, and the weights of packTransposed. Pixels of one phase (h mod ph, w mod pw) read the same taps, so a
// workgroup has pixels of one phase, skips the other taps, and wastes no multiplication.
//
// A thread makes CHANNELS x PIXELS elements (4 or 8 each) of the tile's 8 · CHANNELS x 8 · PIXELS, DEPTH channels at a time. In a tile
// in workgroup memory, a vec4 holds four neighbouring channels, or the pixels s, s + S, s + 2S, s + 3S of the tile, S = 2 · PIXELS, so
// that threads side by side read and write memory side by side. A row of a tile has a vec4 more than it needs, against bank conflicts.
//
// With splits > 1, split s sums the channels from s · channelsPerSplit, and y receives [splits, N, Co, OH, OW] partial sums, for
// reducePartials of matmul.wgsl.
//
// Layout: input [N, Ci, H, W], packed as conv2d-pack-weights.wgsl makes it, output [N, Co, OH, OW].
// Dispatch: ceil(pixels / (8 · PIXELS)) · splits · ph · pw · groups · ceil(Co / groups / (8 · CHANNELS)) workgroups, folded into y
// beyond 65535, with the pixels N · ceil(OH / ph) · ceil(OW / pw) of the largest phase.
// Example: inputChannels = 18, inputHeight = 3, inputWidth = 3, outputChannels = 6, kernelHeight = 1, spreadWidth = 1, channelsPerSplit = 9

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
  spreadHeight: u32,
  spreadWidth: u32,
  splits: u32,
  channelsPerSplit: u32,
}

const CHANNELS = 4u; // variant
const PIXELS = 4u; // variant
const DEPTH = 8u; // variant
const CHANNEL_VECTORS = CHANNELS / 4u;
const PIXEL_VECTORS = PIXELS / 4u;
const CHANNEL_SLOTS = CHANNELS * 2u;
const PIXEL_SLOTS = PIXELS * 2u;
const NOWHERE = 0xffffffffu;

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> packed: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

// 16 rows of 16 slots and one more, the most that variants need.
var<workgroup> weightTile: array<vec4<f32>, 272>;
var<workgroup> pixelTile: array<vec4<f32>, 272>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }

@compute @workgroup_size(64, 1, 1)
fn convolve(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let channelTiles = (outputs + 8u * CHANNELS - 1u) / (8u * CHANNELS);
  var index = workgroup.x + workgroup.y * workgroups.x;
  let firstOutput = index % channelTiles * 8u * CHANNELS;
  index /= channelTiles;
  let group = index % sizes.groups;
  index /= sizes.groups;
  let phaseColumn = index % sizes.spreadWidth;
  index /= sizes.spreadWidth;
  let phaseRow = index % sizes.spreadHeight;
  index /= sizes.spreadHeight;
  let split = index % sizes.splits;
  let firstPixel = index / sizes.splits * 8u * PIXELS;
  if (phaseRow >= sizes.outputHeight || phaseColumn >= sizes.outputWidth) {
    return;
  }
  let phaseRows = (sizes.outputHeight - phaseRow + sizes.spreadHeight - 1u) / sizes.spreadHeight;
  let phaseColumns = (sizes.outputWidth - phaseColumn + sizes.spreadWidth - 1u) / sizes.spreadWidth;
  let pixels = sizes.batch * phaseRows * phaseColumns;
  if (firstPixel >= pixels) {
    return;
  }

  // The four pixels that this thread loads in every step. Those past the end repeat the last one, and are not written.
  let inputPlane = sizes.inputHeight * sizes.inputWidth;
  let pixelSlot = lane % PIXEL_SLOTS;
  var rows: array<i32, 4>;
  var columns: array<i32, 4>;
  var starts: array<u32, 4>;
  for (var t = 0u; t < 4u; t++) {
    let pixel = min(firstPixel + pixelSlot + PIXEL_SLOTS * t, pixels - 1u);
    let row = pixel / phaseColumns;
    let n = row / phaseRows;
    rows[t] = i32((row - n * phaseRows) * sizes.strideHeight);
    columns[t] = i32((pixel - row * phaseColumns) * sizes.strideWidth);
    starts[t] = (n * sizes.inputChannels + group * channels) * inputPlane;
  }
  // The eighths of packed weights from which this thread loads.
  let channelSlot = lane % CHANNEL_SLOTS;
  let taps = sizes.kernelHeight * sizes.kernelWidth;
  let blocks = (outputs + 7u) / 8u;
  let block = (firstOutput / 8u) + channelSlot / 2u;
  let blockStart = (group * blocks + min(block, blocks - 1u)) * channels * taps * 2u + channelSlot % 2u;

  let firstChannel = split * sizes.channelsPerSplit;
  let end = min(channels, firstChannel + sizes.channelsPerSplit);
  let laneChannel = lane / 8u;
  let lanePixel = lane % 8u;
  var sums: array<array<vec4<f32>, PIXEL_VECTORS>, CHANNELS>;
  for (var i = 0u; i < sizes.kernelHeight; i++) {
    let down = i32(phaseRow + i * sizes.dilationHeight) - sizes.padTop;
    if (down % i32(sizes.spreadHeight) != 0) {
      continue;
    }
    for (var j = 0u; j < sizes.kernelWidth; j++) {
      let across = i32(phaseColumn + j * sizes.dilationWidth) - sizes.padLeft;
      if (across % i32(sizes.spreadWidth) != 0) {
        continue;
      }
      var places: array<u32, 4>;
      for (var t = 0u; t < 4u; t++) {
        let h = u32(rows[t] + down / i32(sizes.spreadHeight));
        let w = u32(columns[t] + across / i32(sizes.spreadWidth));
        let valid = h < sizes.inputHeight && w < sizes.inputWidth;
        places[t] = select(NOWHERE, starts[t] + h * sizes.inputWidth + w, valid);
      }
      let tapStart = blockStart + (i * sizes.kernelWidth + j) * 2u;
      for (var first = firstChannel; first < end; first += DEPTH) {
        for (var slot = lane; slot < DEPTH * CHANNEL_SLOTS; slot += 64u) {
          let k = slot / CHANNEL_SLOTS;
          let weights = packed[tapStart + (first + k) * taps * 2u];
          let exists = first + k < end && block < blocks;
          weightTile[k * (CHANNEL_SLOTS + 1u) + channelSlot] = select(vec4<f32>(), weights, exists);
        }
        for (var slot = lane; slot < DEPTH * PIXEL_SLOTS; slot += 64u) {
          let k = slot / PIXEL_SLOTS;
          let start = (first + k) * inputPlane;
          let exists = first + k < end;
          pixelTile[k * (PIXEL_SLOTS + 1u) + pixelSlot] = vec4<f32>(
            select(0.0, input[places[0] + start], exists && places[0] != NOWHERE),
            select(0.0, input[places[1] + start], exists && places[1] != NOWHERE),
            select(0.0, input[places[2] + start], exists && places[2] != NOWHERE),
            select(0.0, input[places[3] + start], exists && places[3] != NOWHERE),
          );
        }
        workgroupBarrier();
        for (var k = 0u; k < DEPTH; k++) {
          var right: array<vec4<f32>, PIXEL_VECTORS>;
          for (var v = 0u; v < PIXEL_VECTORS; v++) {
            right[v] = pixelTile[k * (PIXEL_SLOTS + 1u) + lanePixel + 8u * v];
          }
          for (var u = 0u; u < CHANNEL_VECTORS; u++) {
            let left = weightTile[k * (CHANNEL_SLOTS + 1u) + laneChannel + 8u * u];
            for (var t = 0u; t < 4u; t++) {
              for (var v = 0u; v < PIXEL_VECTORS; v++) {
                sums[4u * u + t][v] = fma(vec4<f32>(left[t]), right[v], sums[4u * u + t][v]);
              }
            }
          }
        }
        workgroupBarrier();
      }
    }
  }

  // One channel after another, chosen by selects in a loop whose step (always 1) compilers cannot know: CHANNELS · PIXELS separate
  // stores would take software adapters seconds to compile.
  let plane = sizes.outputHeight * sizes.outputWidth;
  let base = (split * sizes.batch * sizes.outputChannels + group * outputs + firstOutput) * plane;
  var corners: array<array<u32, 4>, PIXEL_VECTORS>;
  for (var v = 0u; v < PIXEL_VECTORS; v++) {
    for (var t = 0u; t < 4u; t++) {
      let pixel = firstPixel + lanePixel + 8u * v + PIXEL_SLOTS * t;
      let row = pixel / phaseColumns;
      let n = row / phaseRows;
      let h = (row - n * phaseRows) * sizes.spreadHeight + phaseRow;
      let w = (pixel - row * phaseColumns) * sizes.spreadWidth + phaseColumn;
      corners[v][t] = base + n * sizes.outputChannels * plane + h * sizes.outputWidth + w;
    }
  }
  let step = min(sizes.batch, 1u);
  for (var r = 0u; r < CHANNELS; r += step) {
    var values = sums[0];
    for (var t = 1u; t < CHANNELS; t++) {
      for (var v = 0u; v < PIXEL_VECTORS; v++) {
        values[v] = select(values[v], sums[t][v], t == r);
      }
    }
    let o = 4u * laneChannel + 32u * (r / 4u) + r % 4u;
    for (var v = 0u; v < PIXEL_VECTORS; v++) {
      for (var t = 0u; t < 4u; t++) {
        if (firstOutput + o < outputs && firstPixel + lanePixel + 8u * v + PIXEL_SLOTS * t < pixels) {
          let place = corners[v][t] + o * plane;
          output[place] = finished(values[v][t], group * outputs + firstOutput + o, place);
        }
      }
    }
  }
}
