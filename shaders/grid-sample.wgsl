// forward:       output[n, c, o] = sum over taps (y, x) of wy * wx * input[n, c, y, x] around the point that grid[n, o] names
// gridGradient:  output[n, o] = sum over c and taps of cotangent[n, c, o] * input[n, c, y, x] * d(wy * wx)/d(grid)
// inputGradient: output[n, c, y, x] = sum over o of wy * wx * cotangent[n, c, o]; one thread walks all points in order,
//                because the grid may name any place, and adds up what falls into its band of a plane's rows. More bands
//                are more work in more threads; the sums are the same.
// Points are (x, y) from -1 to 1 (PyTorch grid_sample, ONNX GridSample). Modes: nearest (0), halves to even; bilinear (1);
// bicubic (2), a = -0.75. Padding: zeros (0), border (1), reflection (2): of the point, for bicubic of each tap.
// Layout: input [N, C, H, W]; grid [N, O, 2]; output and cotangent [N, C, O].
// Dispatch: forward N * C * O, gridGradient N * O, inputGradient N * C * bands threads, folded into x and y.

struct Sizes {
  batch: u32,
  channels: u32,
  height: u32,
  width: u32,
  points: u32,
  mode: u32,
  padding: u32,
  alignCorners: u32,
  // Parts of a plane's rows in inputGradient; of no effect elsewhere.
  bands: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> grid: array<f32>;
@group(0) @binding(3) var<storage, read> cotangent: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;

// x mirrored at the edges as often as it takes, and the sign of its slope.
fn reflected(x: f32, size: u32) -> vec2<f32> {
  let low = select(-0.5, 0.0, sizes.alignCorners == 1u);
  let span = select(f32(size), f32(size) - 1.0, sizes.alignCorners == 1u);
  if (span == 0.0) { return vec2<f32>(0.0, 0.0); }
  let distance = abs(x - low);
  let flips = floor(distance / span);
  let rest = distance - flips * span;
  let isOdd = flips - 2.0 * floor(flips * 0.5) > 0.5;
  let mirrored = select(rest, span - rest, isOdd) + low;
  let slope = select(1.0, -1.0, x < low) * select(1.0, -1.0, isOdd);
  return vec2<f32>(mirrored, slope);
}

fn clipped(place: vec2<f32>, size: u32) -> vec2<f32> {
  let last = f32(size) - 1.0;
  let isInside = place.x > 0.0 && place.x < last;
  return vec2<f32>(clamp(place.x, 0.0, last), select(0.0, place.y, isInside));
}

// The point in pixels, and its derivative by the grid's value.
fn placeOf(g: f32, size: u32) -> vec2<f32> {
  let scale = 0.5 * select(f32(size), f32(size) - 1.0, sizes.alignCorners == 1u);
  var place = vec2<f32>(clamp((g + 1.0) * scale - select(0.5, 0.0, sizes.alignCorners == 1u), -1e6, 1e6), scale);
  if (sizes.mode == 2u || sizes.padding == 0u) { return place; }
  if (sizes.padding == 2u) {
    let mirror = reflected(place.x, size);
    place = vec2<f32>(mirror.x, place.y * mirror.y);
  }
  return clipped(place, size);
}

struct Tap {
  // Below 0 where there is nothing.
  at: i32,
  weight: f32,
  slope: f32,
}

fn tapCount() -> u32 {
  return select(1u << sizes.mode, 1u, sizes.mode == 0u);
}

// Keys' kernel at a distance, and its derivative.
fn cubic(t: f32) -> vec2<f32> {
  let a = -0.75;
  let d = abs(t);
  let side = sign(t);
  if (d <= 1.0) {
    return vec2<f32>(((a + 2.0) * d - (a + 3.0)) * d * d + 1.0, side * (3.0 * (a + 2.0) * d - 2.0 * (a + 3.0)) * d);
  }
  return vec2<f32>(((a * d - 5.0 * a) * d + 8.0 * a) * d - 4.0 * a, side * ((3.0 * a * d - 10.0 * a) * d + 8.0 * a));
}

fn tapOf(k: u32, place: vec2<f32>, size: u32) -> Tap {
  let base = floor(place.x);
  let fraction = place.x - base;
  var at = i32(base) + i32(k);
  var weight = 1.0;
  var slope = 0.0;
  if (sizes.mode == 0u) {
    at = i32(round(place.x));
  } else if (sizes.mode == 1u) {
    weight = select(fraction, 1.0 - fraction, k == 0u);
    slope = select(place.y, -place.y, k == 0u);
  } else {
    at -= 1;
    let filtered = cubic(fraction + 1.0 - f32(k));
    weight = filtered.x;
    slope = filtered.y * place.y;
    if (sizes.padding == 1u) { at = clamp(at, 0, i32(size) - 1); }
    if (sizes.padding == 2u) { at = clamp(i32(round(reflected(f32(at), size).x)), 0, i32(size) - 1); }
  }
  if (at >= i32(size)) { at = -1; }
  return Tap(at, weight, slope);
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.batch * sizes.channels * sizes.points) { return; }
  let p = i / sizes.points;
  let point = 2u * ((p / sizes.channels) * sizes.points + i % sizes.points);
  let px = placeOf(grid[point], sizes.width);
  let py = placeOf(grid[point + 1u], sizes.height);
  let taps = tapCount();
  var total = 0.0;
  for (var ky = 0u; ky < taps; ky++) {
    let ty = tapOf(ky, py, sizes.height);
    if (ty.at < 0) { continue; }
    let row = (p * sizes.height + u32(ty.at)) * sizes.width;
    for (var kx = 0u; kx < taps; kx++) {
      let tx = tapOf(kx, px, sizes.width);
      if (tx.at >= 0) { total += ty.weight * tx.weight * input[row + u32(tx.at)]; }
    }
  }
  output[i] = total;
}

@compute @workgroup_size(64, 1, 1)
fn gridGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.batch * sizes.points) { return; }
  let n = i / sizes.points;
  let px = placeOf(grid[2u * i], sizes.width);
  let py = placeOf(grid[2u * i + 1u], sizes.height);
  let taps = tapCount();
  var total = vec2<f32>(0.0, 0.0);
  for (var ky = 0u; ky < taps; ky++) {
    let ty = tapOf(ky, py, sizes.height);
    if (ty.at < 0) { continue; }
    for (var kx = 0u; kx < taps; kx++) {
      let tx = tapOf(kx, px, sizes.width);
      if (tx.at < 0) { continue; }
      var weighted = 0.0;
      for (var c = 0u; c < sizes.channels; c++) {
        let p = n * sizes.channels + c;
        weighted += cotangent[p * sizes.points + i % sizes.points]
          * input[(p * sizes.height + u32(ty.at)) * sizes.width + u32(tx.at)];
      }
      total += weighted * vec2<f32>(tx.slope * ty.weight, tx.weight * ty.slope);
    }
  }
  output[2u * i] = total.x;
  output[2u * i + 1u] = total.y;
}

@compute @workgroup_size(64, 1, 1)
fn inputGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.batch * sizes.channels * sizes.bands) { return; }
  let p = i / sizes.bands;
  let first = (i % sizes.bands) * sizes.height / sizes.bands;
  let last = (i % sizes.bands + 1u) * sizes.height / sizes.bands;
  let area = sizes.height * sizes.width;
  let taps = tapCount();
  for (var at = first * sizes.width; at < last * sizes.width; at++) { output[p * area + at] = 0.0; }
  for (var o = 0u; o < sizes.points; o++) {
    let point = 2u * ((p / sizes.channels) * sizes.points + o);
    let px = placeOf(grid[point], sizes.width);
    let py = placeOf(grid[point + 1u], sizes.height);
    let g = cotangent[p * sizes.points + o];
    for (var ky = 0u; ky < taps; ky++) {
      let ty = tapOf(ky, py, sizes.height);
      if (ty.at < i32(first) || ty.at >= i32(last)) { continue; }
      for (var kx = 0u; kx < taps; kx++) {
        let tx = tapOf(kx, px, sizes.width);
        if (tx.at < 0) { continue; }
        let place = p * area + u32(ty.at) * sizes.width + u32(tx.at);
        output[place] = output[place] + ty.weight * tx.weight * g;
      }
    }
  }
}
