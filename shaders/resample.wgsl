// output[o, k, i] = sum over t < count of weights[first + t] * input[o, start + t, i], with (start, count, first) the k-th
// span; `fill` where start is -1. A linear map along one axis by tables that the host computes: resizing, and with the
// transposed tables its gradient.
// Layout: tensors as [outer, axis, inner]; spans three integers an output position.
// Dispatch: one thread an output element, folded into x and y.

struct Sizes {
  count: u32,
  inner: u32,
  inputAxis: u32,
  outputAxis: u32,
  fill: f32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> spans: array<i32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let e = id.x + id.y * groups.x * 64u;
  if (e >= sizes.count) { return; }
  let i = e % sizes.inner;
  let k = (e / sizes.inner) % sizes.outputAxis;
  let o = e / (sizes.inner * sizes.outputAxis);
  let start = spans[3u * k];
  var total = sizes.fill;
  if (start >= 0) {
    total = 0.0;
    let taps = u32(spans[3u * k + 1u]);
    let first = u32(spans[3u * k + 2u]);
    var at = (o * sizes.inputAxis + u32(start)) * sizes.inner + i;
    for (var t = 0u; t < taps; t++) {
      total += weights[first + t] * input[at];
      at += sizes.inner;
    }
  }
  output[e] = total;
}
