// 2-D convolution with small groups (depthwise, with or without a multiplier) for GPUs: a thread makes four results of one channel, one
// below another, so that threads side by side read and write memory side by side. Also the gradient to the input, at any stride.
//
//   y[n, o, h, w] = sum over c, i, j of  x[n, g·C + c, (h·sh + i·dh - top) / ph, (w·sw + j·dw - left) / pw] · w[o, c, i, j]
//
// over the taps where both divisions come out even; see conv2d-tiled.wgsl for spreads ph and pw, 1 in a convolution. With flip, taps are
// read from the weights of the convolution whose input gradient this is: w[g·C + c, o - g·O, KH - 1 - i, KW - 1 - j].
//
// Registers alone: neighbouring threads read nearly the same elements, which caches have; and planes are often smaller than a tile of
// rows in workgroup memory would be.
//
// Layout: input [N, Ci, H, W], weight [Co, C, KH, KW], or [Ci, O, KH, KW] with flip, output [N, Co, OH, OW], with C = Ci / groups and
// O = Co / groups.
// Dispatch: a thread for four results of one phase of rows; ceil(N · Co · ph · ceil(ceil(OH / ph) / 4) · OW / 64) workgroups, folded
// into y beyond 65535.

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
  flip: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }

fn load(plane: u32, h: i32, column: u32) -> f32 {
  return select(0.0, input[(plane + u32(h)) * sizes.inputWidth + column], u32(h) < sizes.inputHeight);
}

@compute @workgroup_size(64, 1, 1)
fn convolve(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let phaseRows = (sizes.outputHeight + sizes.spreadHeight - 1u) / sizes.spreadHeight;
  let tiles = (phaseRows + 3u) / 4u;
  // Remainders by multiplication: some adapters divide slowly.
  let line = index / sizes.outputWidth;
  let column = index - line * sizes.outputWidth;
  let phaseLine = line / tiles;
  let firstRow = (line - phaseLine * tiles) * 4u;
  let planeIndex = phaseLine / sizes.spreadHeight;
  let phaseRow = phaseLine - planeIndex * sizes.spreadHeight;
  if (planeIndex >= sizes.batch * sizes.outputChannels) {
    return;
  }
  let n = planeIndex / sizes.outputChannels;
  let o = planeIndex - n * sizes.outputChannels;
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let group = o / outputs;
  let taps = sizes.kernelHeight * sizes.kernelWidth;
  let slides = sizes.strideHeight * sizes.dilationHeight * sizes.spreadHeight == 1u;
  let corner = i32(firstRow * sizes.strideHeight);

  var sums = vec4<f32>();
  for (var c = 0u; c < channels; c++) {
    let plane = (n * sizes.inputChannels + group * channels + c) * sizes.inputHeight;
    let own = select(o * channels + c, (group * channels + c) * outputs + o - group * outputs, sizes.flip != 0u) * taps;
    for (var j = 0u; j < sizes.kernelWidth; j++) {
      let across = i32(column * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft;
      let w = u32(across / i32(sizes.spreadWidth));
      if (across < 0 || across % i32(sizes.spreadWidth) != 0 || w >= sizes.inputWidth) {
        continue;
      }
      var window = vec4<f32>();
      if (slides) {
        // The window moves down by one element a tap: each element is read once.
        let h = corner - sizes.padTop;
        window = vec4<f32>(0.0, load(plane, h, w), load(plane, h + 1, w), load(plane, h + 2, w));
      }
      for (var i = 0u; i < sizes.kernelHeight; i++) {
        let down = i32(phaseRow + i * sizes.dilationHeight) - sizes.padTop;
        if (down % i32(sizes.spreadHeight) != 0) {
          continue;
        }
        let h = corner + down / i32(sizes.spreadHeight);
        let step = i32(sizes.strideHeight);
        let last = load(plane, h + 3 * step, w);
        if (slides) {
          window = vec4<f32>(window.yzw, last);
        } else {
          window = vec4<f32>(load(plane, h, w), load(plane, h + step, w), load(plane, h + 2 * step, w), last);
        }
        let tap = i * sizes.kernelWidth + j;
        sums = fma(window, vec4<f32>(weight[own + select(tap, taps - 1u - tap, sizes.flip != 0u)]), sums);
      }
    }
  }
  for (var t = 0u; t < 4u; t++) {
    let h = (firstRow + t) * sizes.spreadHeight + phaseRow;
    if (h < sizes.outputHeight) {
      let place = (planeIndex * sizes.outputHeight + h) * sizes.outputWidth + column;
      output[place] = finished(sums[t], o, place);
    }
  }
}
