// Adam (Kingma & Ba, 1412.6980), in place, with the bias corrections computed by the host in double precision:
//   d = gradient + weightDecay * parameter
//   m = beta1 * m + (1 - beta1) * d; v = beta2 * v + (1 - beta2) * d * d
//   parameter -= stepSize * m / (sqrt(v) / secondCorrection + epsilon)
// Layout: parameter, gradient, firstMoment (m), secondMoment (v) flat, as vectors; stepSize, secondCorrection [1].
//   The gradient is only read; it is bound as the others are, so that all may lie in one buffer.
// Dispatch: main: one thread a vector, folded into x and y.
//   many: one workgroup for each five numbers of places: where 256 vectors of gradient, parameter, m and v begin in
//   their bindings, which hold many tensors, and how many of them there are.

struct Sizes {
  count: u32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  weightDecay: f32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read_write> gradient: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> stepSize: array<f32>;
@group(0) @binding(3) var<storage, read> secondCorrection: array<f32>;
@group(0) @binding(4) var<storage, read_write> parameter: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> firstMoment: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> secondMoment: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read> places: array<u32>;

const PLACE_NUMBERS = 5u;
const PLACE_ROUNDS = 4u;

fn update(gradientAt: u32, parameterAt: u32, firstAt: u32, secondAt: u32) {
  let p = parameter[parameterAt];
  let d = gradient[gradientAt] + sizes.weightDecay * p;
  let m = sizes.beta1 * firstMoment[firstAt] + (1.0 - sizes.beta1) * d;
  let v = sizes.beta2 * secondMoment[secondAt] + (1.0 - sizes.beta2) * d * d;
  firstMoment[firstAt] = m;
  secondMoment[secondAt] = v;
  parameter[parameterAt] = p - stepSize[0] * m / (sqrt(v) / secondCorrection[0] + sizes.epsilon);
}

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  update(i, i, i, i);
}

@compute @workgroup_size(64, 1, 1)
fn many(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let place = PLACE_NUMBERS * (id.x / 64u + id.y * groups.x);
  if (place >= arrayLength(&places)) { return; }
  let count = places[place + 4u];
  for (var round = 0u; round < PLACE_ROUNDS; round++) {
    let i = round * 64u + id.x % 64u;
    if (i < count) { update(places[place] + i, places[place + 1u] + i, places[place + 2u] + i, places[place + 3u] + i); }
  }
}
