// toSpace: output[n, c, y * b + i, x * b + j] = input[n, k, y, x]
// toDepth: output[n, k, y, x] = input[n, c, y * b + i, x * b + j]
// with b the block size and k = (i * b + j) * C + c (ONNX's DCR), or k = c * b * b + i * b + j (CRD; PixelShuffle).
// Layout: deep [N, C * b * b, H, W], wide [N, C, H * b, W * b]. Dispatch: one thread an element, folded into x and y.

struct Sizes {
  count: u32,
  channels: u32,
  height: u32,
  width: u32,
  side: u32,
  columnFirst: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;

// The flat index in the deep layout of the element at flat index e of the wide layout.
fn deepIndex(e: u32) -> u32 {
  let b = sizes.side;
  let wide = sizes.width * b;
  let x = e % wide;
  let y = (e / wide) % (sizes.height * b);
  let plane = e / (wide * sizes.height * b);
  let c = plane % sizes.channels;
  let n = plane / sizes.channels;
  let cell = (y % b) * b + x % b;
  let k = select(cell * sizes.channels + c, c * b * b + cell, sizes.columnFirst == 1u);
  return ((n * sizes.channels * b * b + k) * sizes.height + y / b) * sizes.width + x / b;
}

@compute @workgroup_size(64, 1, 1)
fn toSpace(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let e = id.x + id.y * groups.x * 64u;
  if (e >= sizes.count) { return; }
  output[e] = input[deepIndex(e)];
}

@compute @workgroup_size(64, 1, 1)
fn toDepth(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let e = id.x + id.y * groups.x * 64u;
  if (e >= sizes.count) { return; }
  output[deepIndex(e)] = input[e];
}
