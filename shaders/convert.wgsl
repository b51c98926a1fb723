// output[i] = f(input[i]); OPERATION chooses f by the bits that go in and come out:
// 0 the same bits, 1 float32 -> int32 (cut towards zero), 2 int32 -> float32; 3 and 4: 1 where float32 is not 0 (a NaN is
// not), as int32 and as float32; 5 and 6: the same for int32; 7: 1 where int32 is 0; 8: 1 where float32 is NaN;
// 9: 1 where float32 is +infinity (mask 1), -infinity (mask 2) or either (mask 3).
// Layout: any tensor of 4-byte elements, flat.
// Dispatch: one thread an element, folded into x and y.

struct Sizes {
  count: u32,
  mask: u32,
}

const OPERATION = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;

fn convert(bits: u32) -> u32 {
  let magnitude = bits & 0x7fffffffu;
  if (OPERATION == 0u) { return bits; }
  if (OPERATION == 1u) { return bitcast<u32>(i32(bitcast<f32>(bits))); }
  if (OPERATION == 2u) { return bitcast<u32>(f32(bitcast<i32>(bits))); }
  if (OPERATION == 3u) { return u32(magnitude != 0u); }
  if (OPERATION == 4u) { return bitcast<u32>(f32(magnitude != 0u)); }
  if (OPERATION == 5u) { return u32(bits != 0u); }
  if (OPERATION == 6u) { return bitcast<u32>(f32(bits != 0u)); }
  if (OPERATION == 7u) { return u32(bits == 0u); }
  if (OPERATION == 8u) { return u32(magnitude > 0x7f800000u); }
  let wanted = 1u + (bits >> 31u);
  return u32(magnitude == 0x7f800000u && (sizes.mask & wanted) != 0u);
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  output[i] = convert(input[i]);
}
