// partials: least and largest finite value of every 256th element, from each of 256 starts; zero counts as one
// extent:   range = [least, largest] for the colours' ends: [-m, m] where signed, [0, m] where not; m = 1 for no values
// tiles:    colours[c, y, x] = table[entry of maps[c, y, x]]
// overlay:  colours[y, x] = table[entry of the map at the output's pixel], the map being in each pixel the channel of
//           the largest magnitude; in between bilinear (half-pixel centres, edges clamped) where smooth, else nearest
// entry of v = round(255 * (v - range[0]) / (range[1] - range[0])) within 0 to 255; 0 for a NaN
// Layout: maps [C, H, W] from element `start` on; colours RGBA packed into 32 bits, red lowest; table 256 colours.
// Dispatch: partials 256 threads, extent 1, tiles and overlay one a colour, folded into x and y.

struct Sizes {
  start: u32,
  channels: u32,
  height: u32,
  width: u32,
  outputHeight: u32,
  outputWidth: u32,
  isSigned: u32,
  isSmooth: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> maps: array<f32>;
@group(0) @binding(2) var<storage, read_write> partialExtents: array<f32>;
@group(0) @binding(3) var<storage, read_write> range: array<f32>;
@group(0) @binding(4) var<storage, read> table: array<u32>;
@group(0) @binding(5) var<storage, read_write> colours: array<u32>;

const PARTS = 256u;

fn isFinite(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
}

@compute @workgroup_size(64, 1, 1)
fn partials(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= PARTS) { return; }
  let count = sizes.channels * sizes.height * sizes.width;
  var least = 0.0;
  var largest = 0.0;
  for (var i = id.x; i < count; i += PARTS) {
    let value = maps[sizes.start + i];
    if (isFinite(value)) {
      least = min(least, value);
      largest = max(largest, value);
    }
  }
  partialExtents[2u * id.x] = least;
  partialExtents[2u * id.x + 1u] = largest;
}

@compute @workgroup_size(1, 1, 1)
fn extent() {
  var least = 0.0;
  var largest = 0.0;
  for (var part = 0u; part < PARTS; part++) {
    least = min(least, partialExtents[2u * part]);
    largest = max(largest, partialExtents[2u * part + 1u]);
  }
  if (sizes.isSigned != 0u) { largest = max(largest, -least); }
  if (largest == 0.0) { largest = 1.0; }
  range[1] = largest;
  range[0] = select(0.0, -largest, sizes.isSigned != 0u);
}

fn colourOf(value: f32) -> u32 {
  if ((bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u) { return table[0]; }
  let place = (value - range[0]) / (range[1] - range[0]);
  return table[u32(floor(clamp(place, 0.0, 1.0) * 255.0 + 0.5))];
}

@compute @workgroup_size(64, 1, 1)
fn tiles(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.channels * sizes.height * sizes.width) { return; }
  colours[i] = colourOf(maps[sizes.start + i]);
}

fn strongest(y: u32, x: u32) -> f32 {
  let plane = sizes.height * sizes.width;
  var found = 0.0;
  for (var channel = 0u; channel < sizes.channels; channel++) {
    let value = maps[sizes.start + channel * plane + y * sizes.width + x];
    if (abs(value) > abs(found)) { found = value; }
  }
  return found;
}

@compute @workgroup_size(64, 1, 1)
fn overlay(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.outputHeight * sizes.outputWidth) { return; }
  let y = (f32(i / sizes.outputWidth) + 0.5) * f32(sizes.height) / f32(sizes.outputHeight);
  let x = (f32(i % sizes.outputWidth) + 0.5) * f32(sizes.width) / f32(sizes.outputWidth);
  let bottom = sizes.height - 1u;
  let right = sizes.width - 1u;
  if (sizes.isSmooth == 0u) {
    colours[i] = colourOf(strongest(min(u32(y), bottom), min(u32(x), right)));
    return;
  }
  let top = clamp(y - 0.5, 0.0, f32(bottom));
  let left = clamp(x - 0.5, 0.0, f32(right));
  let y0 = u32(top);
  let x0 = u32(left);
  let y1 = min(y0 + 1u, bottom);
  let x1 = min(x0 + 1u, right);
  let upper = mix(strongest(y0, x0), strongest(y0, x1), left - f32(x0));
  let lower = mix(strongest(y1, x0), strongest(y1, x1), left - f32(x0));
  colours[i] = colourOf(mix(upper, lower, top - f32(y0)));
}
