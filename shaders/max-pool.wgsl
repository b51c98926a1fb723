// maxPool:    output[n, c, oy, ox] = max of the window; switches = y * W + x of its first maximum in row-major order,
//             padding excluded; -1 and output 0 where the window holds no input
// unpool:     output[n, c, y, x] = sum of the cotangents of the windows whose switch is y * W + x
// poolSwitch: output[n, c, oy, ox] = input[n, c] at switches[n, c, oy, ox]; 0 for -1
// Layout: planes [N * C, H, W] and [N * C, OH, OW].
// Dispatch: one thread an output element, folded into x and y. Unpooling is a gather over the windows that cover (y, x).

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
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read_write> switches: array<i32>;
@group(0) @binding(3) var<storage, read> givenSwitches: array<i32>;

@compute @workgroup_size(64, 1, 1)
fn maxPool(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.outputHeight * sizes.outputWidth;
  if (i >= sizes.planes * area) { return; }
  let plane = (i / area) * sizes.height * sizes.width;
  let top = i32(((i / sizes.outputWidth) % sizes.outputHeight) * sizes.strideY) - i32(sizes.padTop);
  let left = i32((i % sizes.outputWidth) * sizes.strideX) - i32(sizes.padLeft);
  var best = 0.0;
  var position = -1;
  for (var ky = 0u; ky < sizes.kernelHeight; ky++) {
    let y = top + i32(ky * sizes.dilationY);
    if (y < 0 || y >= i32(sizes.height)) { continue; }
    for (var kx = 0u; kx < sizes.kernelWidth; kx++) {
      let x = left + i32(kx * sizes.dilationX);
      if (x < 0 || x >= i32(sizes.width)) { continue; }
      let at = y * i32(sizes.width) + x;
      let candidate = input[plane + u32(at)];
      if (position < 0 || candidate > best) {
        best = candidate;
        position = at;
      }
    }
  }
  output[i] = best;
  switches[i] = position;
}

@compute @workgroup_size(64, 1, 1)
fn unpool(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.height * sizes.width;
  if (i >= sizes.planes * area) { return; }
  let plane = (i / area) * sizes.outputHeight * sizes.outputWidth;
  let wanted = i32(i % area);
  let y = (i / sizes.width) % sizes.height + sizes.padTop;
  let x = i % sizes.width + sizes.padLeft;
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
      if (givenSwitches[at] == wanted) { total += input[at]; }
    }
  }
  output[i] = total;
}

@compute @workgroup_size(64, 1, 1)
fn poolSwitch(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let area = sizes.outputHeight * sizes.outputWidth;
  if (i >= sizes.planes * area) { return; }
  let position = givenSwitches[i];
  if (position < 0) {
    output[i] = 0.0;
  } else {
    output[i] = input[(i / area) * sizes.height * sizes.width + u32(position)];
  }
}
