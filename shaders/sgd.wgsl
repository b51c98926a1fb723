// Stochastic gradient descent with momentum (PyTorch's form), in place:
//   d = gradient + weightDecay * parameter; velocity = momentum * velocity + d
//   parameter -= learningRate * (nesterov ? d + momentum * velocity : velocity)
// Layout: parameter, gradient, velocity flat, as vectors; learningRate [1].
//   The gradient is only read; it is bound as the others are, so that all may lie in one buffer.
// Dispatch: main: one thread a vector, folded into x and y.
//   many: one workgroup for each four numbers of places: where 256 vectors of gradient, parameter and velocity begin in
//   their bindings, which hold many tensors, and how many of them there are.

struct Sizes {
  count: u32,
  momentum: f32,
  weightDecay: f32,
  nesterov: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read_write> gradient: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> learningRate: array<f32>;
@group(0) @binding(3) var<storage, read_write> parameter: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> velocity: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> places: array<u32>;

const PLACE_NUMBERS = 4u;
const PLACE_ROUNDS = 4u;

fn update(gradientAt: u32, parameterAt: u32, velocityAt: u32) {
  let p = parameter[parameterAt];
  let d = gradient[gradientAt] + sizes.weightDecay * p;
  let v = sizes.momentum * velocity[velocityAt] + d;
  velocity[velocityAt] = v;
  parameter[parameterAt] = p - learningRate[0] * select(v, d + sizes.momentum * v, sizes.nesterov == 1u);
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  update(i, i, i);
}

@compute @workgroup_size(64, 1, 1)
fn many(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let place = PLACE_NUMBERS * (id.x / 64u + id.y * groups.x);
  if (place >= arrayLength(&places)) { return; }
  let count = places[place + 3u];
  for (var round = 0u; round < PLACE_ROUNDS; round++) {
    let i = round * 64u + id.x % 64u;
    if (i < count) { update(places[place] + i, places[place + 1u] + i, places[place + 2u] + i); }
  }
}
