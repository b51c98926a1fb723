// forward:  output[p, oy, ox] = sum over (y, x) of weight(oy, y) * weight(ox, x) * input[p, y, x]
// gradient: output[p, y, x] = sum over (oy, ox) of weight(oy, y) * weight(ox, x) * cotangent[p, oy, ox]
// Source coordinate of output index o, with in and out the two sizes (ONNX Resize's names):
//   half-pixel (0):    (o + 0.5) * in / out - 0.5; nearest takes floor((o + 0.5) * in / out)
//   align-corners (1): o * (in - 1) / (out - 1), 0 where out is 1; nearest rounds, halves up
//   asymmetric (2):    o * in / out; nearest takes the floor
// Coordinates are kept as exact fractions of integers, so that nearest never depends on rounding; sizes up to 16384.
// Bilinear clamps its two taps to the edge. Layout: planes [P, H, W] and [P, OH, OW].
// Dispatch: one thread an output element, folded into x and y. The gradient gathers over the outputs near (y, x).

struct Sizes {
  planes: u32,
  height: u32,
  width: u32,
  outputHeight: u32,
  outputWidth: u32,
  bilinear: u32,
  coordinates: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;

struct Taps {
  first: u32,
  second: u32,
  // Weight of the second tap; the first has 1 - weight.
  weight: f32,
}

fn taps(o: u32, inSize: u32, outSize: u32) -> Taps {
  var numerator = 0;
  var denominator = 1;
  if (sizes.coordinates == 0u) {
    numerator = i32((2u * o + 1u) * inSize) - select(0, i32(outSize), sizes.bilinear == 1u);
    denominator = i32(2u * outSize);
  } else if (sizes.coordinates == 1u) {
    if (outSize > 1u) {
      numerator = i32(o * (inSize - 1u));
      denominator = i32(outSize - 1u);
    }
    if (sizes.bilinear == 0u) {
      numerator = 2 * numerator + denominator;
      denominator = 2 * denominator;
    }
  } else {
    numerator = i32(o * inSize);
    denominator = i32(outSize);
  }
  let last = i32(inSize) - 1;
  var base = 0;
  var rest = numerator;
  if (numerator >= 0) {
    base = numerator / denominator;
    rest = numerator % denominator;
  } else {
    rest = 0; // left of the first pixel's centre: the edge itself
  }
  let first = u32(min(base, last));
  if (sizes.bilinear == 0u) { return Taps(first, first, 0.0); }
  return Taps(first, u32(min(base + 1, last)), f32(rest) / f32(denominator));
}

fn weightOf(o: u32, wanted: u32, inSize: u32, outSize: u32) -> f32 {
  let t = taps(o, inSize, outSize);
  return select(0.0, 1.0 - t.weight, t.first == wanted) + select(0.0, t.weight, t.second == wanted);
}

// A range of outputs that holds every one with a tap at `wanted`: [x, y).
fn outputsNear(wanted: u32, inSize: u32, outSize: u32) -> vec2<u32> {
  if (inSize == 1u) { return vec2<u32>(0u, outSize); }
  var ratio = f32(outSize) / f32(inSize);
  if (sizes.coordinates == 1u) { ratio = f32(max(outSize, 2u) - 1u) / f32(inSize - 1u); }
  let low = i32(floor((f32(wanted) - 1.5) * ratio)) - 2;
  var high = i32(ceil((f32(wanted) + 2.0) * ratio)) + 2;
  if (wanted + 1u == inSize) { high = i32(outSize); }
  return vec2<u32>(u32(max(low, 0)), u32(clamp(high, 0, i32(outSize))));
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.outputHeight * sizes.outputWidth;
  if (i >= sizes.planes * area) { return; }
  let plane = (i / area) * sizes.height * sizes.width;
  let ty = taps((i / sizes.outputWidth) % sizes.outputHeight, sizes.height, sizes.outputHeight);
  let tx = taps(i % sizes.outputWidth, sizes.width, sizes.outputWidth);
  let top = plane + ty.first * sizes.width;
  if (sizes.bilinear == 0u) {
    output[i] = input[top + tx.first];
    return;
  }
  let bottom = plane + ty.second * sizes.width;
  let upper = input[top + tx.first] * (1.0 - tx.weight) + input[top + tx.second] * tx.weight;
  let lower = input[bottom + tx.first] * (1.0 - tx.weight) + input[bottom + tx.second] * tx.weight;
  output[i] = upper * (1.0 - ty.weight) + lower * ty.weight;
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.height * sizes.width;
  if (i >= sizes.planes * area) { return; }
  let plane = (i / area) * sizes.outputHeight * sizes.outputWidth;
  let y = (i / sizes.width) % sizes.height;
  let x = i % sizes.width;
  let rows = outputsNear(y, sizes.height, sizes.outputHeight);
  let columns = outputsNear(x, sizes.width, sizes.outputWidth);
  var total = 0.0;
  for (var oy = rows.x; oy < rows.y; oy++) {
    let wy = weightOf(oy, y, sizes.height, sizes.outputHeight);
    if (wy == 0.0) { continue; }
    var row = 0.0;
    for (var ox = columns.x; ox < columns.y; ox++) {
      row += weightOf(ox, x, sizes.width, sizes.outputWidth) * input[plane + oy * sizes.outputWidth + ox];
    }
    total += wy * row;
  }
  output[i] = total;
}
