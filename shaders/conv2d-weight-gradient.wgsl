// Gradient of 2-D convolution to its weights, as partial sums over runs of output rows that are then added in a fixed order.
//
//   dw[o, c, i, j] = sum over n, p, q of  dy[n, o, p, q] · x[n, g·C + c, p·sh + i·dh - top, q·sw + j·dw - left]
//
// singleTap       a thread makes one element: for depthwise convolutions and the like, where a group has few output channels.
// reducePartials  adds the partial sums of the splits, in their order.
//
// The N · OH output rows are cut into splits runs of rowsPerSplit rows. With splits == 1 partials is the result itself.
//
// Layout: input [N, Ci, H, W], outputCotangent [N, Co, OH, OW], partials [splits, Co, Ci / groups, KH, KW],
// weightCotangent [Co, Ci / groups, KH, KW].
// Dispatch: workgroups folded into y beyond 65535.
//   singleTap       ceil(Co · Ci / groups · KH · KW · splits / 64)
//   reducePartials  ceil(Co · Ci / groups · KH · KW / 64)

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
  rowsPerSplit: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> outputCotangent: array<f32>;
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;
@group(0) @binding(4) var<storage, read> partialSums: array<f32>;
@group(0) @binding(5) var<storage, read_write> weightCotangent: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn singleTap(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let channels = sizes.inputChannels / sizes.groups;
  let elements = sizes.outputChannels * channels * sizes.kernelHeight * sizes.kernelWidth;
  if (index >= elements * sizes.splits) {
    return;
  }
  let split = index / elements;
  let j = index % sizes.kernelWidth;
  let i = (index / sizes.kernelWidth) % sizes.kernelHeight;
  let c = (index / (sizes.kernelWidth * sizes.kernelHeight)) % channels;
  let o = (index % elements) / (sizes.kernelWidth * sizes.kernelHeight * channels);
  let inputChannel = o / (sizes.outputChannels / sizes.groups) * channels + c;

  var sum = 0.0;
  let endRow = min((split + 1u) * sizes.rowsPerSplit, sizes.batch * sizes.outputHeight);
  for (var outputRow = split * sizes.rowsPerSplit; outputRow < endRow; outputRow++) {
    let n = outputRow / sizes.outputHeight;
    let p = outputRow % sizes.outputHeight;
    let h = i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop;
    if (h < 0 || h >= i32(sizes.inputHeight)) {
      continue;
    }
    let row = ((n * sizes.inputChannels + inputChannel) * sizes.inputHeight + u32(h)) * sizes.inputWidth;
    let start = ((n * sizes.outputChannels + o) * sizes.outputHeight + p) * sizes.outputWidth;
    for (var q = 0u; q < sizes.outputWidth; q++) {
      let w = u32(i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft);
      sum += outputCotangent[start + q] * select(0.0, input[row + w], w < sizes.inputWidth);
    }
  }
  partials[index] = sum;
}

@compute @workgroup_size(64, 1, 1)
fn reducePartials(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let channels = sizes.inputChannels / sizes.groups;
  let elements = sizes.outputChannels * channels * sizes.kernelHeight * sizes.kernelWidth;
  if (index >= elements) {
    return;
  }
  var sum = 0.0;
  for (var split = 0u; split < sizes.splits; split++) {
    sum += partialSums[split * elements + index];
  }
  weightCotangent[index] = sum;
}
