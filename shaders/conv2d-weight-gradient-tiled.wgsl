// Gradient of 2-D convolution to its weights for GPUs, as a matrix product that is never laid out: rows are output channels, columns taps
// (c, i, j), and the inner dimension runs over all pixels of all pictures. A workgroup makes a tile, and reads both factors through its
// memory.
//
//   dw[o, c, i, j] = sum over n, p, q of  dy[n, o, p, q] · x[n, g·C + c, p·sh + i·dh - top, q·sw + j·dw - left]
//
// 8 x 8 threads, each making CHANNELS x COLUMNS elements (4 or 8 each): a tile of 8 · CHANNELS x 8 · COLUMNS, 16 pixels at a time.
//
// In a tile in workgroup memory, a vec4 holds rows (or columns) s, s + S, s + 2S and s + 3S of the tile, S = CHANNELS / 4 · 8. A row of a
// tile has a vec4 more than it needs, against bank conflicts. Threads side by side load pixels that lie side by side. Where a tap lies
// in x is worked out once, and kept in workgroup memory.
//
// The N · OH · OW pixels are cut into splits runs of pixelsPerSplit, and partials receives as many gradients, which
// conv2d-weight-gradient/reducePartials adds in their order. With one split it is the result.
//
// Layout: input [N, Ci, H, W], outputCotangent [N, Co, OH, OW], partials [splits, Co, C, KH, KW]; C = Ci / groups, O = Co / groups.
// Dispatch: ceil(O / (8 · CHANNELS)) · ceil(C · KH · KW / (8 · COLUMNS)) · groups · splits workgroups, folded into y beyond 65535.
// Example: inputHeight = 4, inputWidth = 4, outputHeight = 3, outputWidth = 3, groups = 1, pixelsPerSplit = 16, splits = 2

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
  splits: u32,
  pixelsPerSplit: u32,
}

const CHANNELS = 4u; // variant
const COLUMNS = 4u; // variant
const CHANNEL_VECTORS = CHANNELS / 4u;
const COLUMN_VECTORS = COLUMNS / 4u;
const CHANNEL_SLOTS = CHANNELS * 2u;
const COLUMN_SLOTS = COLUMNS * 2u;
const DEPTH = 16u;

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> outputCotangent: array<f32>;
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;

// DEPTH rows of 16 slots and one more, for blocks of 8.
var<workgroup> cotangentTile: array<vec4<f32>, 272>;
var<workgroup> inputTile: array<vec4<f32>, 272>;
/// Of each column: its tap's place in x for the pixel (0, 0), its row and its column there; a row out of reach where there is no tap.
var<workgroup> tapPlaces: array<vec4<i32>, 64>;

fn inputAt(column: u32, start: i32, h: i32, w: i32) -> f32 {
  let tap = tapPlaces[column];
  let isInside = u32(h + tap.y) < sizes.inputHeight && u32(w + tap.z) < sizes.inputWidth;
  return select(0.0, input[u32(start + tap.x)], isInside);
}

@compute @workgroup_size(64, 1, 1)
fn weightGradient(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let kernelSize = sizes.kernelHeight * sizes.kernelWidth;
  let taps = channels * kernelSize;
  let tapTiles = (taps + 8u * COLUMNS - 1u) / (8u * COLUMNS);
  let channelTiles = (outputs + 8u * CHANNELS - 1u) / (8u * CHANNELS);
  var index = workgroup.x + workgroup.y * workgroups.x;
  let firstTap = index % tapTiles * 8u * COLUMNS;
  index /= tapTiles;
  let firstOutput = index % channelTiles * 8u * CHANNELS;
  index /= channelTiles;
  let group = index % sizes.groups;
  let split = index / sizes.groups;
  if (split >= sizes.splits) {
    return;
  }

  if (lane < 8u * COLUMNS) {
    let tap = firstTap + lane;
    let c = tap / kernelSize;
    let i = tap % kernelSize / sizes.kernelWidth;
    let down = i32(i * sizes.dilationHeight) - sizes.padTop;
    let across = i32(tap % sizes.kernelWidth * sizes.dilationWidth) - sizes.padLeft;
    let place = (i32((group * channels + c) * sizes.inputHeight) + down) * i32(sizes.inputWidth) + across;
    tapPlaces[lane] = vec4<i32>(place, select(-1073741824, down, tap < taps), across, 0);
  }
  workgroupBarrier();

  let plane = sizes.outputHeight * sizes.outputWidth;
  let end = min(sizes.batch * plane, (split + 1u) * sizes.pixelsPerSplit);
  let laneChannel = lane / 8u;
  let laneColumn = lane % 8u;
  let lanePixel = lane % DEPTH;
  var sums: array<array<vec4<f32>, COLUMN_VECTORS>, CHANNELS>;
  for (var first = split * sizes.pixelsPerSplit; first < end; first += DEPTH) {
    // A thread loads of one pixel of the step; one past the end is outside of every plane.
    let pixel = first + lanePixel;
    let n = pixel / plane;
    let inPlane = pixel - n * plane;
    let p = inPlane / sizes.outputWidth;
    let limit = select(0u, outputs, pixel < end);
    let cotangentStart = (n * sizes.outputChannels + group * outputs) * plane + inPlane;
    for (var slot = lane / DEPTH; slot < CHANNEL_SLOTS; slot += 64u / DEPTH) {
      let o = firstOutput + slot;
      let place = cotangentStart + o * plane;
      cotangentTile[lanePixel * (CHANNEL_SLOTS + 1u) + slot] = vec4<f32>(
        select(0.0, outputCotangent[place], o < limit),
        select(0.0, outputCotangent[place + CHANNEL_SLOTS * plane], o + CHANNEL_SLOTS < limit),
        select(0.0, outputCotangent[place + 2u * CHANNEL_SLOTS * plane], o + 2u * CHANNEL_SLOTS < limit),
        select(0.0, outputCotangent[place + 3u * CHANNEL_SLOTS * plane], o + 3u * CHANNEL_SLOTS < limit),
      );
    }
    let h = select(-1073741824, i32(p * sizes.strideHeight), pixel < end);
    let w = i32((inPlane - p * sizes.outputWidth) * sizes.strideWidth);
    let image = n * sizes.inputChannels * sizes.inputHeight * sizes.inputWidth;
    let inputStart = i32(image + p * sizes.strideHeight * sizes.inputWidth) + w;
    for (var slot = lane / DEPTH; slot < COLUMN_SLOTS; slot += 64u / DEPTH) {
      inputTile[lanePixel * (COLUMN_SLOTS + 1u) + slot] = vec4<f32>(
        inputAt(slot, inputStart, h, w),
        inputAt(slot + COLUMN_SLOTS, inputStart, h, w),
        inputAt(slot + 2u * COLUMN_SLOTS, inputStart, h, w),
        inputAt(slot + 3u * COLUMN_SLOTS, inputStart, h, w),
      );
    }
    workgroupBarrier();
    for (var k = 0u; k < DEPTH; k++) {
      var right: array<vec4<f32>, COLUMN_VECTORS>;
      for (var v = 0u; v < COLUMN_VECTORS; v++) {
        right[v] = inputTile[k * (COLUMN_SLOTS + 1u) + laneColumn + 8u * v];
      }
      for (var u = 0u; u < CHANNEL_VECTORS; u++) {
        let left = cotangentTile[k * (CHANNEL_SLOTS + 1u) + laneChannel + 8u * u];
        for (var t = 0u; t < 4u; t++) {
          for (var v = 0u; v < COLUMN_VECTORS; v++) {
            sums[4u * u + t][v] = fma(vec4<f32>(left[t]), right[v], sums[4u * u + t][v]);
          }
        }
      }
    }
    workgroupBarrier();
  }

  // One channel after another, chosen by selects in a loop whose step (always 1) compilers cannot know: CHANNELS · COLUMNS separate
  // stores would take software adapters seconds to compile.
  let step = min(sizes.batch, 1u);
  for (var r = 0u; r < CHANNELS; r += step) {
    var values = sums[0];
    for (var t = 1u; t < CHANNELS; t++) {
      for (var v = 0u; v < COLUMN_VECTORS; v++) {
        values[v] = select(values[v], sums[t][v], t == r);
      }
    }
    let o = firstOutput + laneChannel + 8u * (r / 4u) + CHANNEL_SLOTS * (r % 4u);
    let start = ((split * sizes.groups + group) * outputs + o) * taps;
    for (var v = 0u; v < COLUMN_VECTORS; v++) {
      for (var t = 0u; t < 4u; t++) {
        let tap = firstTap + laneColumn + 8u * v + COLUMN_SLOTS * t;
        if (o < outputs && tap < taps) {
          partials[start + tap] = values[v][t];
        }
      }
    }
  }
}
