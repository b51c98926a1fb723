// Depthwise 2-D convolution (one input and one output channel a group) with square kernels and equal strides, and its gradients: a thread
// walks down a strip of one channel, four columns of y wide, so that every element is read about once for all KERNEL² taps.
//
//   forward         y[n, c, p, q]  = sum over i, j of  x[n, c, p·s + i - top, q·s + j - left] · w[c, i, j]
//   inputGradient   dx[n, c, h, w] = sum over i, j of  dy[n, c, p, q] · w[c, i, j]   where p·s + i - top = h and q·s + j - left = w
//   weightGradient  dw[c, i, j]    = sum over n, p, q of  dy[n, c, p, q] · x[n, c, p·s + i - top, q·s + j - left]
//
// With flip, taps are read as w[c, KERNEL - 1 - i, KERNEL - 1 - j]: forward is then the gradient to the input at stride 1, over dy, with
// top' = KERNEL - 1 - top, left' likewise. Only other strides need inputGradient.
//
// s is STRIDE, left is PAD_LEFT < KERNEL. A step of the walk (one p) reads STRIDE new rows of x, or one of dy. What an input row adds
// belongs to DEPTH = ceil(KERNEL / STRIDE) output rows; so many are in the making at any time. Where both widths are multiples of four,
// VECTORS is 1 and results are written by the entry points that end in Vectors: four elements at a time.
// weightGradient leaves partial sums [splits, C, KERNEL, KERNEL], a split being one strip of imagesPerSplit pictures; they are added by
// conv2d-weight-gradient/reducePartials. With one split they are the result.
//
// Layout: x [N, C, H, W], y [N, C, OH, OW], w [C, 1, KERNEL, KERNEL]; cotangents as their values.
// Dispatch: a thread a strip of stepsPerStrip steps; ceil(strips / 64) workgroups, folded into y beyond 65535.
//   forward         N · C · ceil(steps / stepsPerStrip) · ceil(OW / 4); steps = OH
//   inputGradient   N · C · ceil(steps / stepsPerStrip) · ceil(W / (4 · STRIDE)); the steps begin at p = firstStep, and their rows
//                   p·s - top to p·s - top + s - 1 are all of x
//   weightGradient  C · ceil(N / imagesPerSplit) · ceil(steps / stepsPerStrip) · ceil(OW / 4); steps = OH

struct Sizes {
  batch: u32,
  channels: u32,
  inputHeight: u32,
  inputWidth: u32,
  outputHeight: u32,
  outputWidth: u32,
  padTop: i32,
  firstStep: i32,
  steps: u32,
  stepsPerStrip: u32,
  imagesPerSplit: u32,
  flip: u32,
}

const KERNEL = 3u; // variant
const STRIDE = 1u; // variant
const PAD_LEFT = 1u; // variant
const VECTORS = 0u; // variant
const TAPS = KERNEL * KERNEL;
const DEPTH = (KERNEL + STRIDE - 1u) / STRIDE;
/// Columns of x that four of y read.
const SPAN = 3u * STRIDE + KERNEL;
/// Columns of dx in a strip, and of dy that they read, of which BEFORE are left of the strip's four.
const FULL = 4u * STRIDE;
const BEFORE = (KERNEL - 1u - PAD_LEFT) / STRIDE;
const REACH = BEFORE + (FULL - 1u + PAD_LEFT) / STRIDE + 1u;

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> inputVectors: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> weight: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;
@group(0) @binding(5) var<storage, read_write> outputVectors: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> outputCotangent: array<f32>;
@group(0) @binding(7) var<storage, read> cotangentVectors: array<vec4<f32>>;
@group(0) @binding(8) var<storage, read_write> inputCotangent: array<f32>;
@group(0) @binding(9) var<storage, read_write> inputCotangentVectors: array<vec4<f32>>;
@group(0) @binding(10) var<storage, read_write> partials: array<f32>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }
fn finishedVectors(value: vec4<f32>, channel: u32, place: u32) -> vec4<f32> { return value; }

struct Strip {
  planeIndex: u32,
  tile: u32,
  begin: u32,
  end: u32,
}

fn stripOf(index: u32, tiles: u32) -> Strip {
  let strips = (sizes.steps + sizes.stepsPerStrip - 1u) / sizes.stepsPerStrip;
  let column = index / tiles;
  let plane = column / strips;
  let first = (column - plane * strips) * sizes.stepsPerStrip;
  return Strip(plane, index - column * tiles, first, min(first + sizes.stepsPerStrip, sizes.steps));
}

fn tapsOf(plane: u32) -> array<f32, TAPS> {
  let first = plane % sizes.channels * TAPS;
  var taps: array<f32, TAPS>;
  for (var t = 0u; t < TAPS; t++) {
    taps[t] = weight[first + select(t, TAPS - 1u - t, sizes.flip != 0u)];
  }
  return taps;
}

/// Row `h` of x in a plane: the columns that four of y from `q` on read, and zeros outside of the plane.
fn inputRow(plane: u32, h: u32, q: u32) -> array<f32, SPAN> {
  let start = (plane * sizes.inputHeight + h) * sizes.inputWidth;
  let limit = select(0u, sizes.inputWidth, h < sizes.inputHeight);
  let first = q * STRIDE - PAD_LEFT;
  var values: array<f32, SPAN>;
  for (var t = 0u; t < SPAN; t++) {
    // Of four columns that lie as a vector does, the first one reads all.
    let lane = (t + 4u - PAD_LEFT % 4u) % 4u;
    if (VECTORS == 1u && t >= lane && t - lane + 4u <= SPAN) {
      if (lane == 0u) {
        let four = inputVectors[(start + first + t) / 4u];
        let isInside = first + t < limit;
        values[t] = select(0.0, four.x, isInside);
        values[t + 1u] = select(0.0, four.y, isInside);
        values[t + 2u] = select(0.0, four.z, isInside);
        values[t + 3u] = select(0.0, four.w, isInside);
      }
    } else {
      values[t] = select(0.0, input[start + first + t], first + t < limit);
    }
  }
  return values;
}

/// Row `p` of dy in a plane: `REACH` columns from `BEFORE` before `q`, or zeros.
fn cotangentRow(plane: u32, p: u32, q: u32) -> array<f32, REACH> {
  let start = (plane * sizes.outputHeight + p) * sizes.outputWidth;
  let limit = select(0u, sizes.outputWidth, p < sizes.outputHeight);
  let first = q - BEFORE;
  var values: array<f32, REACH>;
  for (var t = 0u; t < REACH; t++) {
    let lane = (t + 4u - BEFORE % 4u) % 4u;
    if (VECTORS == 1u && t >= lane && t - lane + 4u <= REACH) {
      if (lane == 0u) {
        let four = cotangentVectors[(start + first + t) / 4u];
        let isInside = first + t < limit;
        values[t] = select(0.0, four.x, isInside);
        values[t + 1u] = select(0.0, four.y, isInside);
        values[t + 2u] = select(0.0, four.z, isInside);
        values[t + 3u] = select(0.0, four.w, isInside);
      }
    } else {
      values[t] = select(0.0, outputCotangent[start + first + t], first + t < limit);
    }
  }
  return values;
}

/// The output rows in the making, the oldest last, after step `p`: a new one begins, and all take what they need of the step's rows.
fn forwardStep(
  sums: array<vec4<f32>, DEPTH>,
  plane: u32,
  p: u32,
  q: u32,
  taps: array<f32, TAPS>,
) -> array<vec4<f32>, DEPTH> {
  var next = array<vec4<f32>, DEPTH>();
  for (var d = 1u; d < DEPTH; d++) {
    next[d] = sums[d - 1u];
  }
  for (var r = 0u; r < STRIDE; r++) {
    let values = inputRow(plane, u32(i32(p * STRIDE + r) - sizes.padTop), q);
    for (var d = 0u; d < DEPTH; d++) {
      let i = r + d * STRIDE;
      if (i < KERNEL) {
        for (var j = 0u; j < KERNEL; j++) {
          let four = vec4<f32>(values[j], values[STRIDE + j], values[2u * STRIDE + j], values[3u * STRIDE + j]);
          next[d] = fma(four, vec4<f32>(taps[i * KERNEL + j]), next[d]);
        }
      }
    }
  }
  return next;
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let strip = stripOf(id.x + id.y * (workgroups.x * 64u), (sizes.outputWidth + 3u) / 4u);
  if (strip.planeIndex >= sizes.batch * sizes.channels) {
    return;
  }
  let q = strip.tile * 4u;
  let taps = tapsOf(strip.planeIndex);
  var sums: array<vec4<f32>, DEPTH>;
  for (var p = strip.begin; p < strip.end + DEPTH - 1u; p++) {
    let next = forwardStep(sums, strip.planeIndex, p, q, taps);
    for (var d = 0u; d < DEPTH; d++) {
      sums[d] = next[d];
    }
    if (p >= strip.begin + DEPTH - 1u) {
      let place = (strip.planeIndex * sizes.outputHeight + p - (DEPTH - 1u)) * sizes.outputWidth + q;
      for (var t = 0u; t < 4u; t++) {
        if (q + t < sizes.outputWidth) {
          output[place + t] = finished(sums[DEPTH - 1u][t], strip.planeIndex % sizes.channels, place + t);
        }
      }
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn forwardVectors(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let strip = stripOf(id.x + id.y * (workgroups.x * 64u), sizes.outputWidth / 4u);
  if (strip.planeIndex >= sizes.batch * sizes.channels) {
    return;
  }
  let q = strip.tile * 4u;
  let taps = tapsOf(strip.planeIndex);
  var sums: array<vec4<f32>, DEPTH>;
  for (var p = strip.begin; p < strip.end + DEPTH - 1u; p++) {
    let next = forwardStep(sums, strip.planeIndex, p, q, taps);
    for (var d = 0u; d < DEPTH; d++) {
      sums[d] = next[d];
    }
    if (p >= strip.begin + DEPTH - 1u) {
      let place = (strip.planeIndex * sizes.outputHeight + p - (DEPTH - 1u)) * sizes.outputWidth + q;
      outputVectors[place / 4u] = finishedVectors(sums[DEPTH - 1u], strip.planeIndex % sizes.channels, place / 4u);
    }
  }
}

/// The rows of dx of a step, from the rows p, p - 1, … of dy.
fn inputGradientStep(
  rows: array<f32, DEPTH * REACH>,
  taps: array<f32, TAPS>,
) -> array<f32, STRIDE * FULL> {
  var sums = array<f32, STRIDE * FULL>();
  for (var i = 0u; i < KERNEL; i++) {
    for (var j = 0u; j < KERNEL; j++) {
      for (var t = 0u; t < FULL; t++) {
        let across = t + PAD_LEFT + KERNEL * STRIDE - j;
        if (across % STRIDE == 0u) {
          let value = rows[i / STRIDE * REACH + across / STRIDE + BEFORE - KERNEL];
          let place = i % STRIDE * FULL + t;
          sums[place] = fma(value, taps[i * KERNEL + j], sums[place]);
        }
      }
    }
  }
  return sums;
}

@compute @workgroup_size(64, 1, 1)
fn inputGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let strip = stripOf(id.x + id.y * (workgroups.x * 64u), (sizes.inputWidth + FULL - 1u) / FULL);
  if (strip.planeIndex >= sizes.batch * sizes.channels) {
    return;
  }
  let w = strip.tile * FULL;
  let taps = tapsOf(strip.planeIndex);
  let first = sizes.firstStep + i32(strip.begin);
  var rows: array<f32, DEPTH * REACH>;
  for (var p = first - i32(DEPTH - 1u); p < sizes.firstStep + i32(strip.end); p++) {
    for (var t = DEPTH * REACH - 1u; t >= REACH; t--) {
      rows[t] = rows[t - REACH];
    }
    let row = cotangentRow(strip.planeIndex, u32(p), strip.tile * 4u);
    for (var t = 0u; t < REACH; t++) {
      rows[t] = row[t];
    }
    if (p >= first) {
      let sums = inputGradientStep(rows, taps);
      for (var r = 0u; r < STRIDE; r++) {
        let h = u32(p * i32(STRIDE) + i32(r) - sizes.padTop);
        let place = (strip.planeIndex * sizes.inputHeight + h) * sizes.inputWidth + w;
        for (var t = 0u; t < FULL; t++) {
          if (h < sizes.inputHeight && w + t < sizes.inputWidth) {
            inputCotangent[place + t] = sums[r * FULL + t];
          }
        }
      }
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn inputGradientVectors(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let strip = stripOf(id.x + id.y * (workgroups.x * 64u), (sizes.inputWidth + FULL - 1u) / FULL);
  if (strip.planeIndex >= sizes.batch * sizes.channels) {
    return;
  }
  let w = strip.tile * FULL;
  let taps = tapsOf(strip.planeIndex);
  let first = sizes.firstStep + i32(strip.begin);
  var rows: array<f32, DEPTH * REACH>;
  for (var p = first - i32(DEPTH - 1u); p < sizes.firstStep + i32(strip.end); p++) {
    for (var t = DEPTH * REACH - 1u; t >= REACH; t--) {
      rows[t] = rows[t - REACH];
    }
    let row = cotangentRow(strip.planeIndex, u32(p), strip.tile * 4u);
    for (var t = 0u; t < REACH; t++) {
      rows[t] = row[t];
    }
    if (p >= first) {
      let sums = inputGradientStep(rows, taps);
      for (var r = 0u; r < STRIDE; r++) {
        let h = u32(p * i32(STRIDE) + i32(r) - sizes.padTop);
        let place = (strip.planeIndex * sizes.inputHeight + h) * sizes.inputWidth + w;
        for (var t = 0u; t < FULL; t += 4u) {
          if (h < sizes.inputHeight && w + t < sizes.inputWidth) {
            let at = r * FULL + t;
            inputCotangentVectors[(place + t) / 4u] = vec4<f32>(sums[at], sums[at + 1u], sums[at + 2u], sums[at + 3u]);
          }
        }
      }
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn weightGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  // Neighbouring threads have the same strip of neighbouring channels.
  let split = index / sizes.channels;
  let channel = index - split * sizes.channels;
  let strip = stripOf(split, (sizes.outputWidth + 3u) / 4u);
  let firstImage = strip.planeIndex * sizes.imagesPerSplit;
  if (firstImage >= sizes.batch) {
    return;
  }
  let q = strip.tile * 4u;
  var sums: array<vec4<f32>, TAPS>;
  for (var n = firstImage; n < min(firstImage + sizes.imagesPerSplit, sizes.batch); n++) {
    let plane = n * sizes.channels + channel;
    // rows[d] is row p - d of dy, or zero where that is no row of the strip.
    var rows = array<vec4<f32>, DEPTH>();
    for (var p = strip.begin; p < strip.end + DEPTH - 1u; p++) {
      for (var d = DEPTH - 1u; d > 0u; d--) {
        rows[d] = rows[d - 1u];
      }
      let place = (plane * sizes.outputHeight + p) * sizes.outputWidth + q;
      let limit = select(0u, sizes.outputWidth, p < strip.end);
      if (VECTORS == 1u) {
        rows[0] = select(vec4<f32>(), cotangentVectors[place / 4u], q < limit);
      } else {
        rows[0] = vec4<f32>(
          select(0.0, outputCotangent[place], q < limit),
          select(0.0, outputCotangent[place + 1u], q + 1u < limit),
          select(0.0, outputCotangent[place + 2u], q + 2u < limit),
          select(0.0, outputCotangent[place + 3u], q + 3u < limit),
        );
      }
      for (var r = 0u; r < STRIDE; r++) {
        let values = inputRow(plane, u32(i32(p * STRIDE + r) - sizes.padTop), q);
        for (var d = 0u; d < DEPTH; d++) {
          let i = r + d * STRIDE;
          if (i < KERNEL) {
            for (var j = 0u; j < KERNEL; j++) {
              let four = vec4<f32>(values[j], values[STRIDE + j], values[2u * STRIDE + j], values[3u * STRIDE + j]);
              sums[i * KERNEL + j] = fma(four, rows[d], sums[i * KERNEL + j]);
            }
          }
        }
      }
    }
  }
  for (var t = 0u; t < TAPS; t++) {
    partials[index * TAPS + t] = sums[t].x + sums[t].y + sums[t].z + sums[t].w;
  }
}
