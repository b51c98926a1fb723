// 2-D convolution for GPUs where a group has few input channels, or few output channels: a thread makes four pixels of 4 · VECTORS
// output channels, pixels straight from memory, weights from workgroup memory. It is also the gradient to the input, at any stride.
//
//   y[n, o, h, w] = sum over c, i, j of  x[n, g·C + c, (h·sh + i·dh - top) / ph, (w·sw + j·dw - left) / pw] · w[o, c, i, j]
//
// over the taps where both divisions come out even; see conv2d-tiled.wgsl for spreads ph and pw, 1 in a convolution, and for phases.
// A workgroup has 256 pixels of one phase, side by side in memory but for the ends of rows.
//
// Weights come to workgroup memory rowsPerStage rows of the kernel and channelsPerStage channels at a time:
// rowsPerStage · KW · channelsPerStage · VECTORS may be 512 at most.
//
// Layout: input [N, Ci, H, W], packed as conv2d-pack-weights.wgsl makes it, output [N, Co, OH, OW].
// Dispatch: ceil(pixels / 256) · ph · pw · groups · ceil(Co / groups / (4 · VECTORS)) workgroups, folded into y beyond 65535, with the
// pixels N · ceil(OH / ph) · ceil(OW / pw) of the largest phase.
// Example: inputChannels = 6, inputHeight = 3, inputWidth = 3, spreadWidth = 1, rowsPerStage = 1

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
  rowsPerStage: u32,
  channelsPerStage: u32,
}

const VECTORS = 1u; // variant
const OUTPUTS = VECTORS * 4u;
const NOWHERE = 0xffffffffu;

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> packed: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

var<workgroup> stage: array<vec4<f32>, 512>;

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
  let outputTiles = (outputs + OUTPUTS - 1u) / OUTPUTS;
  var index = workgroup.x + workgroup.y * workgroups.x;
  let firstOutput = index % outputTiles * OUTPUTS;
  index /= outputTiles;
  let group = index % sizes.groups;
  index /= sizes.groups;
  let phaseColumn = index % sizes.spreadWidth;
  index /= sizes.spreadWidth;
  let phaseRow = index % sizes.spreadHeight;
  let firstPixel = index / sizes.spreadHeight * 256u;
  if (phaseRow >= sizes.outputHeight || phaseColumn >= sizes.outputWidth) {
    return;
  }
  let phaseRows = (sizes.outputHeight - phaseRow + sizes.spreadHeight - 1u) / sizes.spreadHeight;
  let phaseColumns = (sizes.outputWidth - phaseColumn + sizes.spreadWidth - 1u) / sizes.spreadWidth;
  let pixels = sizes.batch * phaseRows * phaseColumns;
  if (firstPixel >= pixels) {
    return;
  }

  // Pixels past the end repeat the last one, and are not written.
  let inputPlane = sizes.inputHeight * sizes.inputWidth;
  let outputPlane = sizes.outputHeight * sizes.outputWidth;
  var rows: array<i32, 4>;
  var columns: array<i32, 4>;
  var starts: array<u32, 4>;
  var corners: array<u32, 4>;
  for (var t = 0u; t < 4u; t++) {
    let pixel = min(firstPixel + lane + 64u * t, pixels - 1u);
    let phaseLine = pixel / phaseColumns;
    let n = phaseLine / phaseRows;
    let row = phaseLine - n * phaseRows;
    let column = pixel - phaseLine * phaseColumns;
    rows[t] = i32(row * sizes.strideHeight);
    columns[t] = i32(column * sizes.strideWidth);
    starts[t] = (n * sizes.inputChannels + group * channels) * inputPlane;
    let place = (row * sizes.spreadHeight + phaseRow) * sizes.outputWidth + column * sizes.spreadWidth + phaseColumn;
    corners[t] = (n * sizes.outputChannels + group * outputs + firstOutput) * outputPlane + place;
  }

  let taps = sizes.kernelHeight * sizes.kernelWidth;
  let blocks = (outputs + 7u) / 8u;
  let stageSize = sizes.rowsPerStage * sizes.kernelWidth * sizes.channelsPerStage * VECTORS;
  var sums: array<vec4<f32>, OUTPUTS>;
  for (var first = 0u; first < channels; first += sizes.channelsPerStage) {
    for (var top = 0u; top < sizes.kernelHeight; top += sizes.rowsPerStage) {
      for (var slot = lane; slot < min(stageSize, 512u); slot += 64u) {
        let line = slot / VECTORS;
        let tap = top * sizes.kernelWidth + line / sizes.channelsPerStage;
        let c = first + line % sizes.channelsPerStage;
        let quarter = firstOutput / 4u + slot % VECTORS;
        if (c < channels && tap < taps && quarter / 2u < blocks) {
          let block = (group * blocks + quarter / 2u) * channels + c;
          stage[slot] = packed[(block * taps + tap) * 2u + quarter % 2u];
        } else {
          stage[slot] = vec4<f32>();
        }
      }
      workgroupBarrier();
      let count = min(sizes.channelsPerStage, channels - first);
      for (var i = top; i < min(sizes.kernelHeight, top + sizes.rowsPerStage); i++) {
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
          let tapStart = ((i - top) * sizes.kernelWidth + j) * sizes.channelsPerStage;
          for (var c = 0u; c < count; c++) {
            let start = (first + c) * inputPlane;
            let right = vec4<f32>(
              select(0.0, input[places[0] + start], places[0] != NOWHERE),
              select(0.0, input[places[1] + start], places[1] != NOWHERE),
              select(0.0, input[places[2] + start], places[2] != NOWHERE),
              select(0.0, input[places[3] + start], places[3] != NOWHERE),
            );
            for (var v = 0u; v < VECTORS; v++) {
              let left = stage[(tapStart + c) * VECTORS + v];
              for (var t = 0u; t < 4u; t++) {
                sums[4u * v + t] = fma(vec4<f32>(left[t]), right, sums[4u * v + t]);
              }
            }
          }
        }
      }
      workgroupBarrier();
    }
  }

  // One channel after another, chosen by selects in a loop whose step (always 1) compilers cannot know: separate stores would take
  // software adapters seconds to compile.
  let step = min(sizes.batch, 1u);
  for (var r = 0u; r < min(OUTPUTS, outputs - firstOutput); r += step) {
    var values = sums[0];
    for (var t = 1u; t < OUTPUTS; t++) {
      values = select(values, sums[t], t == r);
    }
    for (var t = 0u; t < 4u; t++) {
      if (firstPixel + lane + 64u * t < pixels) {
        let place = corners[t] + r * outputPlane;
        output[place] = finished(values[t], group * outputs + firstOutput + r, place);
      }
    }
  }
}
