// Depthwise 2-D convolution (one input channel a group), and its input gradient at stride 1: a thread makes 8 pixels of one channel.
//
//   y[n, o, p, q] = sum over i, j of  x[n, o / (Co / groups), p·sh + i·dh - top, q·sw + j·dw - left] · w[o, i, j]
//
// With flip, the taps are read as w[o, KH - 1 - i, KW - 1 - j]: the gradient to the input where Co = groups and the stride is 1 is
// that over the output's cotangent, with padTop' = dh·(KH - 1) - top, padLeft' = dw·(KW - 1) - left, input and output sizes swapped.
//
// Layout: input [N, groups, H, W], weight [Co, 1, KH, KW], output [N, Co, OH, OW].
// Dispatch: a thread for 8 pixels; ceil(N · Co · OH · ceil(OW / 8) / 64) workgroups, folded into y beyond 65535.

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
  flip: u32,
}

const PIXELS = 8u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }

fn tapOf(o: u32, tap: u32, taps: u32) -> f32 {
  return weight[o * taps + select(tap, taps - 1u - tap, sizes.flip != 0u)];
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let tilesInRow = (sizes.outputWidth + PIXELS - 1u) / PIXELS;
  if (index >= sizes.batch * sizes.outputChannels * sizes.outputHeight * tilesInRow) {
    return;
  }
  // Remainders by multiplication: software adapters divide slowly.
  let rowIndex = index / tilesInRow;
  let q = (index - rowIndex * tilesInRow) * PIXELS;
  let planeIndex = rowIndex / sizes.outputHeight;
  let p = rowIndex - planeIndex * sizes.outputHeight;
  let n = planeIndex / sizes.outputChannels;
  let o = planeIndex - n * sizes.outputChannels;
  // One output channel a group is the rule.
  var inputPlane = planeIndex;
  if (sizes.outputChannels != sizes.groups) {
    inputPlane = n * sizes.groups + o / (sizes.outputChannels / sizes.groups);
  }
  let plane = inputPlane * sizes.inputHeight;
  let taps = sizes.kernelHeight * sizes.kernelWidth;

  let slides = sizes.strideWidth == 1u && sizes.dilationWidth == 1u;
  var sums: array<f32, PIXELS>;
  var window: array<f32, PIXELS>;
  for (var i = 0u; i < sizes.kernelHeight; i++) {
    let h = u32(i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop);
    let limit = select(0u, sizes.inputWidth, h < sizes.inputHeight);
    let row = (plane + h) * sizes.inputWidth;
    if (slides) {
      // Windows overlap but for one element: each is read once for the row.
      let first = i32(q) - sizes.padLeft;
      for (var t = 1u; t < PIXELS; t++) {
        let w = u32(first + i32(t) - 1);
        window[t] = select(0.0, input[row + w], w < limit);
      }
      for (var j = 0u; j < sizes.kernelWidth; j++) {
        for (var t = 1u; t < PIXELS; t++) {
          window[t - 1u] = window[t];
        }
        let w = u32(first + i32(PIXELS - 1u + j));
        window[PIXELS - 1u] = select(0.0, input[row + w], w < limit);
        let value = tapOf(o, i * sizes.kernelWidth + j, taps);
        for (var t = 0u; t < PIXELS; t++) {
          sums[t] += window[t] * value;
        }
      }
      continue;
    }
    for (var j = 0u; j < sizes.kernelWidth; j++) {
      let value = tapOf(o, i * sizes.kernelWidth + j, taps);
      let first = i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft;
      for (var t = 0u; t < PIXELS; t++) {
        let w = u32(first + i32(t * sizes.strideWidth));
        sums[t] += select(0.0, input[row + w], w < limit) * value;
      }
    }
  }
  let place = ((n * sizes.outputChannels + o) * sizes.outputHeight + p) * sizes.outputWidth + q;
  for (var t = 0u; t < PIXELS; t++) {
    if (q + t < sizes.outputWidth) {
      output[place + t] = finished(sums[t], o, place + t);
    }
  }
}
