// Stochastic gradient descent with momentum (PyTorch's form), in place:
//   d = gradient + weightDecay * parameter; velocity = momentum * velocity + d
//   parameter -= learningRate * (nesterov ? d + momentum * velocity : velocity)
// Layout: parameter, gradient, velocity flat; learningRate [1].
// Dispatch: one thread an element, folded into x and y.

struct Sizes {
  count: u32,
  momentum: f32,
  weightDecay: f32,
  nesterov: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> learningRate: array<f32>;
@group(0) @binding(3) var<storage, read_write> parameter: array<f32>;
@group(0) @binding(4) var<storage, read_write> velocity: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= sizes.count) { return; }
  let d = gradient[i] + sizes.weightDecay * parameter[i];
  let v = sizes.momentum * velocity[i] + d;
  velocity[i] = v;
  let step = select(v, d + sizes.momentum * v, sizes.nesterov == 1u);
  parameter[i] -= learningRate[0] * step;
}
