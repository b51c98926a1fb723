// 2-D convolution and its two gradients, one thread an output element: the judge of the faster kernels.
//
//   forward         y[n, o, p, q]  = sum over c, i, j of  x[n, g·C + c, p·sh + i·dh - top, q·sw + j·dw - left] · w[o, c, i, j]
//   inputGradient   dx[n, c, h, w] = sum over the (o, i, j, p, q) whose tap reads that element of  dy[n, o, p, q] · w[o, c - g·C, i, j]
//   weightGradient  dw[o, c, i, j] = sum over n, p, q of  dy[n, o, p, q] · x[n, g·C + c, p·sh + i·dh - top, q·sw + j·dw - left]
//
// with group g of output channel o, C = inputChannels / groups, and x read as zero outside its bounds.
//
// Layout: input [N, Ci, H, W], weight [Co, Ci / groups, KH, KW], output [N, Co, OH, OW]; cotangents as their values.
// Dispatch: one thread an element of the result; ceil(elements / 64) workgroups, folded into y beyond 65535.

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

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@group(0) @binding(4) var<storage, read> outputCotangent: array<f32>;
@group(0) @binding(5) var<storage, read_write> inputCotangent: array<f32>;
@group(0) @binding(6) var<storage, read_write> weightCotangent: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  if (index >= sizes.batch * sizes.outputChannels * sizes.outputHeight * sizes.outputWidth) {
    return;
  }
  let q = index % sizes.outputWidth;
  let p = (index / sizes.outputWidth) % sizes.outputHeight;
  let o = (index / (sizes.outputWidth * sizes.outputHeight)) % sizes.outputChannels;
  let n = index / (sizes.outputWidth * sizes.outputHeight * sizes.outputChannels);
  let channels = sizes.inputChannels / sizes.groups;
  let firstChannel = o / (sizes.outputChannels / sizes.groups) * channels;

  var sum = 0.0;
  for (var c = 0u; c < channels; c++) {
    for (var i = 0u; i < sizes.kernelHeight; i++) {
      let h = i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop;
      for (var j = 0u; j < sizes.kernelWidth; j++) {
        let w = i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft;
        if (h >= 0 && h < i32(sizes.inputHeight) && w >= 0 && w < i32(sizes.inputWidth)) {
          let row = (n * sizes.inputChannels + firstChannel + c) * sizes.inputHeight + u32(h);
          let tap = ((o * channels + c) * sizes.kernelHeight + i) * sizes.kernelWidth + j;
          sum += input[row * sizes.inputWidth + u32(w)] * weight[tap];
        }
      }
    }
  }
  output[index] = sum;
}

@compute @workgroup_size(64, 1, 1)
fn inputGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  if (index >= sizes.batch * sizes.inputChannels * sizes.inputHeight * sizes.inputWidth) {
    return;
  }
  let w = index % sizes.inputWidth;
  let h = (index / sizes.inputWidth) % sizes.inputHeight;
  let inputChannel = (index / (sizes.inputWidth * sizes.inputHeight)) % sizes.inputChannels;
  let n = index / (sizes.inputWidth * sizes.inputHeight * sizes.inputChannels);
  let channels = sizes.inputChannels / sizes.groups;
  let groupOutputs = sizes.outputChannels / sizes.groups;
  let c = inputChannel % channels;
  let firstOutput = inputChannel / channels * groupOutputs;

  var sum = 0.0;
  for (var i = 0u; i < sizes.kernelHeight; i++) {
    let down = i32(h) + sizes.padTop - i32(i * sizes.dilationHeight);
    if (down < 0 || u32(down) % sizes.strideHeight != 0u || u32(down) / sizes.strideHeight >= sizes.outputHeight) {
      continue;
    }
    for (var j = 0u; j < sizes.kernelWidth; j++) {
      let across = i32(w) + sizes.padLeft - i32(j * sizes.dilationWidth);
      if (across < 0 || u32(across) % sizes.strideWidth != 0u || u32(across) / sizes.strideWidth >= sizes.outputWidth) {
        continue;
      }
      let p = u32(down) / sizes.strideHeight;
      let q = u32(across) / sizes.strideWidth;
      for (var o = firstOutput; o < firstOutput + groupOutputs; o++) {
        let row = (n * sizes.outputChannels + o) * sizes.outputHeight + p;
        let tap = ((o * channels + c) * sizes.kernelHeight + i) * sizes.kernelWidth + j;
        sum += outputCotangent[row * sizes.outputWidth + q] * weight[tap];
      }
    }
  }
  inputCotangent[index] = sum;
}

@compute @workgroup_size(64, 1, 1)
fn weightGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let channels = sizes.inputChannels / sizes.groups;
  if (index >= sizes.outputChannels * channels * sizes.kernelHeight * sizes.kernelWidth) {
    return;
  }
  let j = index % sizes.kernelWidth;
  let i = (index / sizes.kernelWidth) % sizes.kernelHeight;
  let c = (index / (sizes.kernelWidth * sizes.kernelHeight)) % channels;
  let o = index / (sizes.kernelWidth * sizes.kernelHeight * channels);
  let inputChannel = o / (sizes.outputChannels / sizes.groups) * channels + c;

  var sum = 0.0;
  for (var n = 0u; n < sizes.batch; n++) {
    for (var p = 0u; p < sizes.outputHeight; p++) {
      let h = i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop;
      if (h < 0 || h >= i32(sizes.inputHeight)) {
        continue;
      }
      let inputRow = ((n * sizes.inputChannels + inputChannel) * sizes.inputHeight + u32(h)) * sizes.inputWidth;
      let outputRow = ((n * sizes.outputChannels + o) * sizes.outputHeight + p) * sizes.outputWidth;
      for (var q = 0u; q < sizes.outputWidth; q++) {
        let w = i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft;
        if (w >= 0 && w < i32(sizes.inputWidth)) {
          sum += outputCotangent[outputRow + q] * input[inputRow + u32(w)];
        }
      }
    }
  }
  weightCotangent[index] = sum;
}
