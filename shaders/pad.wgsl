// forward:  output[o, p, i] = input[o, source(p - before), i], or `value` where there is no source
// gradient: output[o, c, i] = sum of input[o, p, i] over all p with source(p - before) == c
// MODE chooses the source of a place outside 0..size-1: 0 constant (none), 1 reflect (mirrored at the outermost elements,
// which are not repeated), 2 edge (the nearest), 3 wrap (periodic).
// Layout: tensors of 4-byte elements as [outer, axis, inner]; `size` is the axis without the padding, `padded` with it.
// Dispatch: one thread an output element, folded into x and y.
// Example: count = 16, inner = 1, size = 4, padded = 4

struct Sizes {
  count: u32,
  inner: u32,
  size: u32,
  padded: u32,
  before: i32,
  value: u32,
}

const MODE = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read> cotangent: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<storage, read_write> sum: array<f32>;

// Never negative, unlike %.
fn modulo(x: i32, period: i32) -> i32 {
  return ((x % period) + period) % period;
}

// The place in 0..size-1 that a place outside takes its value from; -1 for none.
fn source(place: i32) -> i32 {
  let size = i32(sizes.size);
  if (place >= 0 && place < size) { return place; }
  if (MODE == 0u || size == 0) { return -1; }
  if (MODE == 1u) {
    let period = max(2 * (size - 1), 1);
    let phase = modulo(place, period);
    return min(phase, period - phase) % size;
  }
  if (MODE == 2u) { return clamp(place, 0, size - 1); }
  return modulo(place, size);
}

@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.count) { return; }
  let i = t % sizes.inner;
  let place = i32((t / sizes.inner) % sizes.padded) - sizes.before;
  let o = t / (sizes.inner * sizes.padded);
  let taken = source(place);
  if (taken < 0) {
    output[t] = sizes.value;
  } else {
    output[t] = input[(o * sizes.size + u32(taken)) * sizes.inner + i];
  }
}

// The sum over the padded places from `first` on, `step` apart, before `end`.
fn sumOf(start: u32, first: i32, step: i32, end: i32) -> f32 {
  var total = 0.0;
  for (var p = first; p < end; p += step) {
    if (p >= 0) { total += cotangent[start + u32(p) * sizes.inner]; }
  }
  return total;
}

@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let t = id.x + id.y * groups.x * 64u;
  if (t >= sizes.count) { return; }
  let i = t % sizes.inner;
  let c = i32((t / sizes.inner) % sizes.size);
  let o = t / (sizes.inner * sizes.size);
  let start = o * sizes.padded * sizes.inner + i;
  let size = i32(sizes.size);
  let padded = i32(sizes.padded);
  let own = c + sizes.before;
  if (MODE == 0u) {
    sum[t] = sumOf(start, own, 1, min(own + 1, padded));
  } else if (MODE == 1u) {
    let period = max(2 * (size - 1), 1);
    var total = sumOf(start, modulo(own, period), period, padded);
    // The mirrored places; the outermost elements are their own mirror images.
    if (c > 0 && c < size - 1) { total += sumOf(start, modulo(sizes.before - c, period), period, padded); }
    sum[t] = total;
  } else if (MODE == 2u) {
    let first = select(max(own, 0), 0, c == 0);
    let end = select(min(own + 1, padded), padded, c == size - 1);
    sum[t] = sumOf(start, first, 1, end);
  } else {
    sum[t] = sumOf(start, modulo(own, size), size, padded);
  }
}
