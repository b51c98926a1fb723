// Gradient of 2-D convolution to its weights, as partial sums over runs of output rows that are then added in a fixed order.
//
//   dw[o, c, i, j] = sum over n, p, q of  dy[n, o, p, q] · x[n, g·C + c, p·sh + i·dh - top, q·sw + j·dw - left]
//
// weightGradient     register-blocked, without workgroup memory: a thread makes 8 output channels x 8 taps, a tap being one (c, i, j).
// weightGradientRow  strideWidth = dilationWidth = 1, KW <= WINDOW: a thread makes 8 output channels x the KW taps of one (c, i). A
//                    window slides along the input's row, so that one input element is read for 8 · WINDOW multiply-adds.
// weightGradientPointwise  1x1 taps, stride 1, no padding, planes of a multiple of four elements: as weightGradient, four elements at a
//                    time. The caller gives sizes in which four elements are a row: outputHeight is OH · OW / 4, outputWidth 4.
// singleTap          a thread makes one element: for depthwise convolutions and the like, where a group has few output channels.
// reducePartials     adds the partial sums of the splits, in their order.
//
// The N · OH output rows are cut into splits runs of rowsPerSplit rows. With splits == 1 partials is the result itself.
//
// Layout: input [N, Ci, H, W], outputCotangent [N, Co, OH, OW], partials [splits, Co, Ci / groups, KH, KW],
// weightCotangent [Co, Ci / groups, KH, KW].
// Dispatch: workgroups folded into y beyond 65535.
//   weightGradientRow  ceil(Ci / groups · KH · ceil(Co / groups / 8) · groups · splits / 64)
//   weightGradient, weightGradientPointwise
//                      ceil(ceil(Ci / groups · KH · KW / 8) · ceil(Co / groups / 8) · groups · splits / 64)
//   singleTap          ceil(Co · Ci / groups · KH · KW · splits / 64)
//   reducePartials     ceil(Co · Ci / groups · KH · KW / 64)

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

const WINDOW = 5u;

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> outputCotangent: array<f32>;
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;
@group(0) @binding(4) var<storage, read> partialSums: array<f32>;
@group(0) @binding(5) var<storage, read_write> weightCotangent: array<f32>;
@group(0) @binding(6) var<storage, read> inputVectors: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read> cotangentVectors: array<vec4<f32>>;

/// Writes 8 taps of 8 channels, as far as there are any. The element is chosen by selects in loops whose step (always 1) compilers
/// cannot know: 64 separate stores would take software adapters seconds to compile.
fn store(place: u32, taps: u32, tapCount: u32, channelCount: u32, sums: array<array<vec4<f32>, 2>, 8>) {
  let step = min(sizes.batch, 1u);
  for (var r = 0u; r < min(8u, tapCount); r += step) {
    var low = sums[0][0];
    var high = sums[0][1];
    for (var t = 1u; t < 8u; t++) {
      low = select(low, sums[t][0], t == r);
      high = select(high, sums[t][1], t == r);
    }
    for (var v = 0u; v < min(8u, channelCount); v += step) {
      let half = select(low, high, (v & 4u) != 0u);
      let pair = select(half.xy, half.zw, (v & 2u) != 0u);
      partials[place + r + v * taps] = select(pair.x, pair.y, (v & 1u) != 0u);
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn weightGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let taps = channels * sizes.kernelHeight * sizes.kernelWidth;
  let tapTiles = (taps + 7u) / 8u;
  let outputTiles = (outputs + 7u) / 8u;
  let tiles = tapTiles * outputTiles * sizes.groups;
  if (index >= tiles * sizes.splits) {
    return;
  }
  let firstTap = index % tapTiles * 8u;
  let outputTile = (index / tapTiles) % outputTiles;
  let group = (index / (tapTiles * outputTiles)) % sizes.groups;
  let split = index / tiles;
  let plane = sizes.outputHeight * sizes.outputWidth;

  // Taps and channels past the end repeat the last one, and are not written.
  var planes: array<u32, 8>;
  var downs: array<i32, 8>;
  var acrosses: array<i32, 8>;
  var outputPlanes: array<u32, 8>;
  for (var t = 0u; t < 8u; t++) {
    let tap = min(firstTap + t, taps - 1u);
    planes[t] = (group * channels + tap / (sizes.kernelHeight * sizes.kernelWidth)) * sizes.inputHeight;
    downs[t] = i32(tap / sizes.kernelWidth % sizes.kernelHeight * sizes.dilationHeight) - sizes.padTop;
    acrosses[t] = i32(tap % sizes.kernelWidth * sizes.dilationWidth) - sizes.padLeft;
    outputPlanes[t] = (group * outputs + min(outputTile * 8u + t, outputs - 1u)) * plane;
  }

  var sums: array<array<vec4<f32>, 2>, 8>;
  let endRow = min((split + 1u) * sizes.rowsPerSplit, sizes.batch * sizes.outputHeight);
  for (var outputRow = split * sizes.rowsPerSplit; outputRow < endRow; outputRow++) {
    let n = outputRow / sizes.outputHeight;
    let p = outputRow % sizes.outputHeight;
    let image = n * sizes.inputChannels * sizes.inputHeight;
    var rows: array<u32, 8>;
    var limits: array<u32, 8>;
    for (var t = 0u; t < 8u; t++) {
      let h = u32(i32(p * sizes.strideHeight) + downs[t]);
      rows[t] = (image + planes[t] + h) * sizes.inputWidth + u32(acrosses[t]);
      limits[t] = select(0u, sizes.inputWidth, h < sizes.inputHeight);
    }
    let outputStart = n * sizes.outputChannels * plane + p * sizes.outputWidth;
    for (var q = 0u; q < sizes.outputWidth; q++) {
      let y = outputStart + q;
      let low = vec4<f32>(
        outputCotangent[outputPlanes[0] + y],
        outputCotangent[outputPlanes[1] + y],
        outputCotangent[outputPlanes[2] + y],
        outputCotangent[outputPlanes[3] + y],
      );
      let high = vec4<f32>(
        outputCotangent[outputPlanes[4] + y],
        outputCotangent[outputPlanes[5] + y],
        outputCotangent[outputPlanes[6] + y],
        outputCotangent[outputPlanes[7] + y],
      );
      let across = q * sizes.strideWidth;
      for (var t = 0u; t < 8u; t++) {
        let x = select(0.0, input[rows[t] + across], across + u32(acrosses[t]) < limits[t]);
        sums[t][0] += x * low;
        sums[t][1] += x * high;
      }
    }
  }

  let place = split * sizes.outputChannels * taps + (group * outputs + outputTile * 8u) * taps + firstTap;
  store(place, taps, taps - firstTap, outputs - outputTile * 8u, sums);
}

@compute @workgroup_size(64, 1, 1)
fn weightGradientPointwise(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let taps = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let tapTiles = (taps + 7u) / 8u;
  let outputTiles = (outputs + 7u) / 8u;
  let tiles = tapTiles * outputTiles * sizes.groups;
  if (index >= tiles * sizes.splits) {
    return;
  }
  let firstTap = index % tapTiles * 8u;
  let outputTile = (index / tapTiles) % outputTiles;
  let group = (index / (tapTiles * outputTiles)) % sizes.groups;
  let split = index / tiles;
  let plane = sizes.outputHeight;

  // Channels past the end repeat the last one, and are not written.
  var planes: array<u32, 8>;
  var outputPlanes: array<u32, 8>;
  for (var t = 0u; t < 8u; t++) {
    planes[t] = (group * taps + min(firstTap + t, taps - 1u)) * plane;
    outputPlanes[t] = (group * outputs + min(outputTile * 8u + t, outputs - 1u)) * plane;
  }
  var sums: array<array<vec4<f32>, 2>, 8>;
  var element = split * sizes.rowsPerSplit;
  let end = min(element + sizes.rowsPerSplit, sizes.batch * plane);
  while (element < end) {
    let n = element / plane;
    let past = min(end, (n + 1u) * plane);
    var x = element - n * plane + n * sizes.inputChannels * plane;
    var y = element - n * plane + n * sizes.outputChannels * plane;
    while (element < past) {
      // Four places of eight output channels, turned so that a vector has four channels of one place.
      let a = cotangentVectors[outputPlanes[0] + y];
      let b = cotangentVectors[outputPlanes[1] + y];
      let c = cotangentVectors[outputPlanes[2] + y];
      let d = cotangentVectors[outputPlanes[3] + y];
      let low = transpose(mat4x4<f32>(a, b, c, d));
      let e = cotangentVectors[outputPlanes[4] + y];
      let f = cotangentVectors[outputPlanes[5] + y];
      let g = cotangentVectors[outputPlanes[6] + y];
      let h = cotangentVectors[outputPlanes[7] + y];
      let high = transpose(mat4x4<f32>(e, f, g, h));
      for (var t = 0u; t < 8u; t++) {
        let value = inputVectors[planes[t] + x];
        for (var k = 0u; k < 4u; k++) {
          sums[t][0] = fma(vec4<f32>(value[k]), low[k], sums[t][0]);
          sums[t][1] = fma(vec4<f32>(value[k]), high[k], sums[t][1]);
        }
      }
      element++;
      x++;
      y++;
    }
  }
  let place = split * sizes.outputChannels * taps + (group * outputs + outputTile * 8u) * taps + firstTap;
  store(place, taps, taps - firstTap, outputs - outputTile * 8u, sums);
}

@compute @workgroup_size(64, 1, 1)
fn weightGradientRow(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let tapRows = channels * sizes.kernelHeight;
  let outputTiles = (outputs + 7u) / 8u;
  let tiles = tapRows * outputTiles * sizes.groups;
  if (index >= tiles * sizes.splits) {
    return;
  }
  let tapRow = index % tapRows;
  let outputTile = (index / tapRows) % outputTiles;
  let group = (index / (tapRows * outputTiles)) % sizes.groups;
  let split = index / tiles;
  let channel = group * channels + tapRow / sizes.kernelHeight;
  let down = i32(tapRow % sizes.kernelHeight * sizes.dilationHeight) - sizes.padTop;
  let plane = sizes.outputHeight * sizes.outputWidth;

  // Channels past the end repeat the last one, and are not written.
  var outputPlanes: array<u32, 8>;
  for (var t = 0u; t < 8u; t++) {
    outputPlanes[t] = (group * outputs + min(outputTile * 8u + t, outputs - 1u)) * plane;
  }

  var sums: array<array<vec4<f32>, 2>, WINDOW>;
  var window: array<f32, WINDOW>;
  let endRow = min((split + 1u) * sizes.rowsPerSplit, sizes.batch * sizes.outputHeight);
  for (var outputRow = split * sizes.rowsPerSplit; outputRow < endRow; outputRow++) {
    let n = outputRow / sizes.outputHeight;
    let p = outputRow % sizes.outputHeight;
    let h = u32(i32(p * sizes.strideHeight) + down);
    let limit = select(0u, sizes.inputWidth, h < sizes.inputHeight);
    let row = ((n * sizes.inputChannels + channel) * sizes.inputHeight + h) * sizes.inputWidth;
    let outputStart = n * sizes.outputChannels * plane + p * sizes.outputWidth;
    for (var t = 1u; t < WINDOW; t++) {
      let w = u32(i32(t) - 1 - sizes.padLeft);
      window[t] = select(0.0, input[row + w], w < limit);
    }
    for (var q = 0u; q < sizes.outputWidth; q++) {
      for (var t = 1u; t < WINDOW; t++) {
        window[t - 1u] = window[t];
      }
      let w = u32(i32(q + WINDOW - 1u) - sizes.padLeft);
      window[WINDOW - 1u] = select(0.0, input[row + w], w < limit);
      let y = outputStart + q;
      let low = vec4<f32>(
        outputCotangent[outputPlanes[0] + y],
        outputCotangent[outputPlanes[1] + y],
        outputCotangent[outputPlanes[2] + y],
        outputCotangent[outputPlanes[3] + y],
      );
      let high = vec4<f32>(
        outputCotangent[outputPlanes[4] + y],
        outputCotangent[outputPlanes[5] + y],
        outputCotangent[outputPlanes[6] + y],
        outputCotangent[outputPlanes[7] + y],
      );
      for (var t = 0u; t < WINDOW; t++) {
        sums[t][0] += window[t] * low;
        sums[t][1] += window[t] * high;
      }
    }
  }

  // As in store, few stores in loops rather than many.
  let step = min(sizes.batch, 1u);
  let taps = tapRows * sizes.kernelWidth;
  let place = split * sizes.outputChannels * taps + (group * outputs + outputTile * 8u) * taps + tapRow * sizes.kernelWidth;
  for (var r = 0u; r < min(WINDOW, sizes.kernelWidth); r += step) {
    var low = sums[0][0];
    var high = sums[0][1];
    for (var t = 1u; t < WINDOW; t++) {
      low = select(low, sums[t][0], t == r);
      high = select(high, sums[t][1], t == r);
    }
    for (var v = 0u; v < min(8u, outputs - outputTile * 8u); v += step) {
      let half = select(low, high, (v & 4u) != 0u);
      let pair = select(half.xy, half.zw, (v & 2u) != 0u);
      partials[place + r + v * taps] = select(pair.x, pair.y, (v & 1u) != 0u);
    }
  }
}

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
