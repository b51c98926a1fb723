// output[n, c, s] = input[n, c, s] + bias[c]
// Layout: input and output [N, C, S] (S = all spatial elements), bias [C]. They are seen as segments of equal length: with S > 1 the
// N * C planes, whose elements share one bias; with S = 1 the N rows, whose elements have one bias each (biasStep 1).
// Dispatch: one thread for a run of elements of one segment, folded into x and y: segments * ceil(segmentLength / runLength).

struct Sizes {
  segments: u32,
  segmentLength: u32,
  runLength: u32,
  channels: u32,
  biasStep: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  let runs = (sizes.segmentLength + sizes.runLength - 1u) / sizes.runLength;
  let segment = i / runs;
  if (segment >= sizes.segments) { return; }
  let start = (i - segment * runs) * sizes.runLength;
  let end = min(start + sizes.runLength, sizes.segmentLength);
  let place = segment * sizes.segmentLength;
  var channel = select(segment % sizes.channels, start, sizes.biasStep == 1u);
  for (var k = start; k < end; k++) {
    output[place + k] = input[place + k] + bias[channel];
    channel += sizes.biasStep;
  }
}
