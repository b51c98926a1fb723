// forward:  output[n, c, oy, ox] = (sum over the window of |input|^p)^(1 / p); padding adds nothing
// gradient: output[n, c, y, x] = sum over the windows that cover (y, x) of
//           cotangent * sign(x) * (|x| / norm)^(p - 1), where norm is the forward result; 0 where norm is 0
// Layout: planes [N * C, H, W] and [N * C, OH, OW].
// Dispatch: one thread an output element, folded into x and y.
// Example: exponent = 2

struct Sizes {
  planes: u32,
  height: u32,
  width: u32,
  outputHeight: u32,
  outputWidth: u32,
  kernelHeight: u32,
  kernelWidth: u32,
  strideY: u32,
  strideX: u32,
  dilationY: u32,
  dilationX: u32,
  padTop: u32,
  padLeft: u32,
  exponent: f32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read> norms: array<f32>;
@group(0) @binding(4) var<storage, read> cotangent: array<f32>;

// base^power for base >= 0: exact for the powers that networks use.
fn power(base: f32, p: f32) -> f32 {
  if (p == 0.0) { return 1.0; }
  if (p == 1.0) { return base; }
  if (p == 2.0) { return base * base; }
  if (p == 3.0) { return base * base * base; }
  if (p == 0.5) { return sqrt(base); }
  if (base <= 0.0) { return 0.0; }
  return exp2(p * log2(base));
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.outputHeight * sizes.outputWidth;
  if (i >= sizes.planes * area) { return; }
  let plane = (i / area) * sizes.height * sizes.width;
  let top = i32(((i / sizes.outputWidth) % sizes.outputHeight) * sizes.strideY) - i32(sizes.padTop);
  let left = i32((i % sizes.outputWidth) * sizes.strideX) - i32(sizes.padLeft);
  // The largest magnitude is taken out, so that no power overflows.
  var largest = 0.0;
  for (var round = 0u; round < 2u; round++) {
    var total = 0.0;
    for (var ky = 0u; ky < sizes.kernelHeight; ky++) {
      let y = top + i32(ky * sizes.dilationY);
      if (y < 0 || y >= i32(sizes.height)) { continue; }
      for (var kx = 0u; kx < sizes.kernelWidth; kx++) {
        let x = left + i32(kx * sizes.dilationX);
        if (x < 0 || x >= i32(sizes.width)) { continue; }
        let magnitude = abs(input[plane + u32(y) * sizes.width + u32(x)]);
        if (round == 0u) {
          largest = max(largest, magnitude);
        } else {
          total += power(magnitude / largest, sizes.exponent);
        }
      }
    }
    if (largest == 0.0) { break; }
    if (round == 1u) { largest = largest * power(total, 1.0 / sizes.exponent); }
  }
  output[i] = largest;
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.height * sizes.width;
  if (i >= sizes.planes * area) { return; }
  let plane = (i / area) * sizes.outputHeight * sizes.outputWidth;
  let y = (i / sizes.width) % sizes.height + sizes.padTop;
  let x = i % sizes.width + sizes.padLeft;
  let value = input[i];
  var total = 0.0;
  for (var ky = 0u; ky < sizes.kernelHeight; ky++) {
    let fromY = i32(y) - i32(ky * sizes.dilationY);
    if (fromY < 0 || fromY % i32(sizes.strideY) != 0) { continue; }
    let oy = u32(fromY) / sizes.strideY;
    if (oy >= sizes.outputHeight) { continue; }
    for (var kx = 0u; kx < sizes.kernelWidth; kx++) {
      let fromX = i32(x) - i32(kx * sizes.dilationX);
      if (fromX < 0 || fromX % i32(sizes.strideX) != 0) { continue; }
      let ox = u32(fromX) / sizes.strideX;
      if (ox >= sizes.outputWidth) { continue; }
      let at = plane + oy * sizes.outputWidth + ox;
      let norm = norms[at];
      if (norm > 0.0) { total += cotangent[at] * power(abs(value) / norm, sizes.exponent - 1.0); }
    }
  }
  output[i] = total * sign(value);
}
