// Weights re-laid-out for the register-blocked convolutions: eight output channels of one tap lie side by side.
//
//   pack            packed[g, b, c, i, j, r] = w[g·O + 8b + r, c, i, j]                   for conv2d.wgsl
//   packTransposed  packed[g, b, o, i, j, r] = w[g·O + o, 8b + r, KH - 1 - i, KW - 1 - j]  for the gradient to the input
//
// with O = outputChannels / groups; the tile index b runs to ceil(O / 8) in pack, and to ceil(C / 8), C = inputChannels / groups, in
// packTransposed, where input channels are what is blocked. Entries past the last channel are zero.
//
// Layout: weight [Co, Ci / groups, KH, KW]; packed [groups, blocks, depth, KH, KW, 8], depth being C in pack and O in packTransposed.
// Dispatch: one thread an element of packed; ceil(elements / 64) workgroups, folded into y beyond 65535.

struct Sizes {
  outputChannels: u32,
  inputChannels: u32,
  kernelHeight: u32,
  kernelWidth: u32,
  groups: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> weight: array<f32>;
@group(0) @binding(2) var<storage, read_write> packed: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn pack(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let taps = sizes.kernelHeight * sizes.kernelWidth;
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let blocks = (outputs + 7u) / 8u;
  if (index >= sizes.groups * blocks * channels * taps * 8u) {
    return;
  }
  let tap = (index / 8u) % taps;
  let c = (index / (8u * taps)) % channels;
  let tile = (index / (8u * taps * channels)) % blocks;
  let group = index / (8u * taps * channels * blocks);
  let o = tile * 8u + index % 8u;
  var value = 0.0;
  if (o < outputs) {
    value = weight[((group * outputs + o) * channels + c) * taps + tap];
  }
  packed[index] = value;
}

@compute @workgroup_size(64, 1, 1)
fn packTransposed(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let taps = sizes.kernelHeight * sizes.kernelWidth;
  let channels = sizes.inputChannels / sizes.groups;
  let outputs = sizes.outputChannels / sizes.groups;
  let blocks = (channels + 7u) / 8u;
  if (index >= sizes.groups * blocks * outputs * taps * 8u) {
    return;
  }
  let tap = (index / 8u) % taps;
  let o = (index / (8u * taps)) % outputs;
  let tile = (index / (8u * taps * outputs)) % blocks;
  let group = index / (8u * taps * outputs * blocks);
  let c = tile * 8u + index % 8u;
  var value = 0.0;
  if (c < channels) {
    value = weight[((group * outputs + o) * channels + c) * taps + (taps - 1u - tap)];
  }
  packed[index] = value;
}
