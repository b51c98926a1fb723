// Adam (Kingma & Ba, 1412.6980), in place, with the bias corrections computed by the host in double precision:
//   d = gradient + weightDecay * parameter
//   m = beta1 * m + (1 - beta1) * d; v = beta2 * v + (1 - beta2) * d * d
//   parameter -= stepSize * m / (sqrt(v) / secondCorrection + epsilon)
// Layout: parameter, gradient, firstMoment (m), secondMoment (v) flat; stepSize, secondCorrection [1].
// Dispatch: one thread an element, folded into x and y.

struct Sizes {
  count: u32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  weightDecay: f32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> stepSize: array<f32>;
@group(0) @binding(3) var<storage, read> secondCorrection: array<f32>;
@group(0) @binding(4) var<storage, read_write> parameter: array<f32>;
@group(0) @binding(5) var<storage, read_write> firstMoment: array<f32>;
@group(0) @binding(6) var<storage, read_write> secondMoment: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  let d = gradient[i] + sizes.weightDecay * parameter[i];
  let m = sizes.beta1 * firstMoment[i] + (1.0 - sizes.beta1) * d;
  let v = sizes.beta2 * secondMoment[i] + (1.0 - sizes.beta2) * d * d;
  firstMoment[i] = m;
  secondMoment[i] = v;
  parameter[i] -= stepSize[0] * m / (sqrt(v) / secondCorrection[0] + sizes.epsilon);
}
