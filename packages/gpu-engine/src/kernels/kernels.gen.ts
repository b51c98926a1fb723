// Generated from shaders/ by `npm run generate`; do not edit.
export const kernelSources = {
  activation: {
    source: `struct Sizes {
count: u32,
alpha: f32,
beta: f32,
}
const OPERATION = 0u; // variant
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> cotangent: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<vec4<f32>>;
fn logistic(x: f32) -> f32 {
let e = exp(-abs(x));
return select(e, 1.0, x >= 0.0) / (1.0 + e);
}
fn logisticSlope(x: f32) -> f32 {
let e = exp(-abs(x));
return e / ((1.0 + e) * (1.0 + e));
}
fn hyperbolicTangent(x: f32) -> f32 {
let z = abs(x);
if (z < 0.625) {
let s = x * x;
let p = ((-5.70498872745e-3 * s + 2.06390887954e-2) * s - 5.37397155531e-2) * s + 1.33314422036e-1;
return x + x * s * (p * s - 3.33332819422e-1);
}
let e = exp(-2.0 * z);
return sign(x) * (1.0 - e) / (1.0 + e);
}
fn softplus(x: f32) -> f32 {
return max(x, 0.0) + log(1.0 + exp(-abs(x)));
}
fn normalBelow(x: f32) -> f32 {
let z = abs(x) * 0.70710678;
if (z < 1.0) {
let s = z * z;
var p = 7.853861353153693e-5;
p = p * s - 8.010193625184903e-4;
p = p * s + 5.188327685732524e-3;
p = p * s - 2.685381193529856e-2;
p = p * s + 1.128358514861418e-1;
p = p * s - 3.761262582423300e-1;
return 0.5 + 0.5 * sign(x) * z * (p * s + 1.128379165726710);
}
let t = 1.0 / (1.0 + 0.3275911 * z);
let p = (((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592;
let tail = 0.5 * p * t * exp(-z * z);
return select(tail, 1.0 - tail, x > 0.0);
}
fn geluArgument(x: f32) -> f32 {
return 0.79788456 * (x + 0.044715 * x * x * x);
}
fn value(x: f32) -> f32 {
let a = sizes.alpha;
let b = sizes.beta;
if (OPERATION == 0u) { return select(a * x, x, x > 0.0); }
if (OPERATION == 1u) { return select(a * (exp(min(x, 0.0)) - 1.0), x, x > 0.0); }
if (OPERATION == 2u) { return b * select(a * (exp(min(x, 0.0)) - 1.0), x, x > 0.0); }
if (OPERATION == 3u) { return max(x, 0.0) + min(a * (exp(min(x / a, 60.0)) - 1.0), 0.0); }
if (OPERATION == 4u) { return logistic(x); }
if (OPERATION == 5u) { return clamp(a * x + b, 0.0, 1.0); }
if (OPERATION == 6u) { return hyperbolicTangent(x); }
if (OPERATION == 7u) { return softplus(x); }
if (OPERATION == 8u) { return x / (1.0 + abs(x)); }
if (OPERATION == 9u) { return x * normalBelow(x); }
if (OPERATION == 10u) { return x * logistic(2.0 * geluArgument(x)); }
if (OPERATION == 11u) { return x * logistic(a * x); }
if (OPERATION == 12u) { return x * clamp(x / 6.0 + 0.5, 0.0, 1.0); }
if (OPERATION == 13u) {
let e = exp(min(x, 20.0));
let n = e * (e + 2.0);
return x * (n / (n + 2.0));
}
if (OPERATION == 14u) { return select(0.0, x, x > a); }
return min(max(x, a), b);
}
fn slope(x: f32) -> f32 {
let a = sizes.alpha;
let b = sizes.beta;
if (OPERATION == 0u) { return select(a, 1.0, x > 0.0); }
if (OPERATION == 1u) { return select(a * exp(min(x, 0.0)), 1.0, x > 0.0); }
if (OPERATION == 2u) { return b * select(a * exp(min(x, 0.0)), 1.0, x > 0.0); }
if (OPERATION == 3u) { return select(exp(min(x / a, 60.0)), 1.0, x > 0.0); }
if (OPERATION == 4u) { return logisticSlope(x); }
if (OPERATION == 5u) { return select(0.0, a, a * x + b > 0.0 && a * x + b < 1.0); }
if (OPERATION == 6u) { return 4.0 * logisticSlope(2.0 * x); }
if (OPERATION == 7u) { return logistic(x); }
if (OPERATION == 8u) { return 1.0 / ((1.0 + abs(x)) * (1.0 + abs(x))); }
if (OPERATION == 9u) { return normalBelow(x) + x * 0.39894228 * exp(-0.5 * x * x); }
if (OPERATION == 10u) {
let u = 2.0 * geluArgument(x);
return logistic(u) + x * logisticSlope(u) * 1.59576912 * (1.0 + 0.134145 * x * x);
}
if (OPERATION == 11u) { return logistic(a * x) + a * x * logisticSlope(a * x); }
if (OPERATION == 12u) { return select(select(x / 3.0 + 0.5, 1.0, x >= 3.0), 0.0, x <= -3.0); }
if (OPERATION == 13u) {
let e = exp(min(x, 20.0));
let n = e * (e + 2.0);
return n / (n + 2.0) + x * 4.0 * (e * (e + 1.0) / (n + 2.0)) / (n + 2.0);
}
if (OPERATION == 14u) { return select(0.0, 1.0, x > a); }
return select(0.0, 1.0, x > a && x < b);
}
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i * 4u >= sizes.count) { return; }
let x = input[i];
output[i] = vec4<f32>(value(x.x), value(x.y), value(x.z), value(x.w));
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i * 4u >= sizes.count) { return; }
let x = input[i];
output[i] = cotangent[i] * vec4<f32>(slope(x.x), slope(x.y), slope(x.z), slope(x.w));
}
`,
    constants: [{ name: 'OPERATION', value: 0 }],
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'alpha', type: 'f32', offset: 4 },
          { name: 'beta', type: 'f32', offset: 8 },
        ],
        uniformSize: 12,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'vec4f' },
          { name: 'cotangent', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'alpha', type: 'f32', offset: 4 },
          { name: 'beta', type: 'f32', offset: 8 },
        ],
        uniformSize: 12,
      },
    },
  },
  adam: {
    source: `struct Sizes {
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
`,
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'gradient', binding: 1, kind: 'write', element: 'vec4f' },
          { name: 'stepSize', binding: 2, kind: 'read', element: 'f32' },
          { name: 'secondCorrection', binding: 3, kind: 'read', element: 'f32' },
          { name: 'parameter', binding: 4, kind: 'write', element: 'vec4f' },
          { name: 'firstMoment', binding: 5, kind: 'write', element: 'vec4f' },
          { name: 'secondMoment', binding: 6, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'beta1', type: 'f32', offset: 4 },
          { name: 'beta2', type: 'f32', offset: 8 },
          { name: 'epsilon', type: 'f32', offset: 12 },
          { name: 'weightDecay', type: 'f32', offset: 16 },
        ],
        uniformSize: 20,
      },
      many: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'gradient', binding: 1, kind: 'write', element: 'vec4f' },
          { name: 'stepSize', binding: 2, kind: 'read', element: 'f32' },
          { name: 'secondCorrection', binding: 3, kind: 'read', element: 'f32' },
          { name: 'parameter', binding: 4, kind: 'write', element: 'vec4f' },
          { name: 'firstMoment', binding: 5, kind: 'write', element: 'vec4f' },
          { name: 'secondMoment', binding: 6, kind: 'write', element: 'vec4f' },
          { name: 'places', binding: 7, kind: 'read', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'beta1', type: 'f32', offset: 4 },
          { name: 'beta2', type: 'f32', offset: 8 },
          { name: 'epsilon', type: 'f32', offset: 12 },
          { name: 'weightDecay', type: 'f32', offset: 16 },
        ],
        uniformSize: 20,
      },
    },
  },
  'average-pool': {
    source: `struct Sizes {
planes: u32,
height: u32,
width: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideY: u32,
strideX: u32,
dilationY: u32,
dilationX: u32,
padTop: u32,
padLeft: u32,
padBottom: u32,
padRight: u32,
countPadding: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
fn cellsWithin(start: i32, kernel: u32, dilation: u32, low: i32, high: i32) -> vec2<u32> {
let last = u32(max(high - start, 0)) + dilation - 1u;
return vec2<u32>((u32(max(low - start, 0)) + dilation - 1u) / dilation, min(kernel, last / dilation));
}
fn counted(start: i32, kernel: u32, dilation: u32, size: u32, padBefore: u32, padAfter: u32) -> f32 {
var low = 0;
var high = i32(size);
if (sizes.countPadding == 1u) {
low = -i32(padBefore);
high = i32(size + padAfter);
}
let cells = cellsWithin(start, kernel, dilation, low, high);
return f32(max(cells.y, cells.x) - cells.x);
}
fn divisor(oy: u32, ox: u32) -> f32 {
let top = i32(oy * sizes.strideY) - i32(sizes.padTop);
let left = i32(ox * sizes.strideX) - i32(sizes.padLeft);
return max(counted(top, sizes.kernelHeight, sizes.dilationY, sizes.height, sizes.padTop, sizes.padBottom)
* counted(left, sizes.kernelWidth, sizes.dilationX, sizes.width, sizes.padLeft, sizes.padRight), 1.0);
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
let area = sizes.outputHeight * sizes.outputWidth;
if (i >= sizes.planes * area) { return; }
let plane = (i / area) * sizes.height * sizes.width;
let oy = (i / sizes.outputWidth) % sizes.outputHeight;
let ox = i % sizes.outputWidth;
let top = i32(oy * sizes.strideY) - i32(sizes.padTop);
let left = i32(ox * sizes.strideX) - i32(sizes.padLeft);
let rows = cellsWithin(top, sizes.kernelHeight, sizes.dilationY, 0, i32(sizes.height));
let columns = cellsWithin(left, sizes.kernelWidth, sizes.dilationX, 0, i32(sizes.width));
var total = 0.0;
for (var ky = rows.x; ky < rows.y; ky++) {
let row = plane + u32(top + i32(ky * sizes.dilationY)) * sizes.width;
for (var kx = columns.x; kx < columns.y; kx++) {
total += input[row + u32(left + i32(kx * sizes.dilationX))];
}
}
output[i] = total / divisor(oy, ox);
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
let area = sizes.height * sizes.width;
if (i >= sizes.planes * area) { return; }
let plane = (i / area) * sizes.outputHeight * sizes.outputWidth;
let y = (i / sizes.width) % sizes.height + sizes.padTop;
let x = i % sizes.width + sizes.padLeft;
let extentY = (sizes.kernelHeight - 1u) * sizes.dilationY;
let extentX = (sizes.kernelWidth - 1u) * sizes.dilationX;
let firstY = (max(y, extentY) - extentY + sizes.strideY - 1u) / sizes.strideY;
let firstX = (max(x, extentX) - extentX + sizes.strideX - 1u) / sizes.strideX;
let endY = min(y / sizes.strideY + 1u, sizes.outputHeight);
let endX = min(x / sizes.strideX + 1u, sizes.outputWidth);
var total = 0.0;
for (var oy = firstY; oy < endY; oy++) {
if ((y - oy * sizes.strideY) % sizes.dilationY != 0u) { continue; }
for (var ox = firstX; ox < endX; ox++) {
if ((x - ox * sizes.strideX) % sizes.dilationX != 0u) { continue; }
total += input[plane + oy * sizes.outputWidth + ox] / divisor(oy, ox);
}
}
output[i] = total;
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'height', type: 'u32', offset: 4 },
          { name: 'width', type: 'u32', offset: 8 },
          { name: 'outputHeight', type: 'u32', offset: 12 },
          { name: 'outputWidth', type: 'u32', offset: 16 },
          { name: 'kernelHeight', type: 'u32', offset: 20 },
          { name: 'kernelWidth', type: 'u32', offset: 24 },
          { name: 'strideY', type: 'u32', offset: 28 },
          { name: 'strideX', type: 'u32', offset: 32 },
          { name: 'dilationY', type: 'u32', offset: 36 },
          { name: 'dilationX', type: 'u32', offset: 40 },
          { name: 'padTop', type: 'u32', offset: 44 },
          { name: 'padLeft', type: 'u32', offset: 48 },
          { name: 'padBottom', type: 'u32', offset: 52 },
          { name: 'padRight', type: 'u32', offset: 56 },
          { name: 'countPadding', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'height', type: 'u32', offset: 4 },
          { name: 'width', type: 'u32', offset: 8 },
          { name: 'outputHeight', type: 'u32', offset: 12 },
          { name: 'outputWidth', type: 'u32', offset: 16 },
          { name: 'kernelHeight', type: 'u32', offset: 20 },
          { name: 'kernelWidth', type: 'u32', offset: 24 },
          { name: 'strideY', type: 'u32', offset: 28 },
          { name: 'strideX', type: 'u32', offset: 32 },
          { name: 'dilationY', type: 'u32', offset: 36 },
          { name: 'dilationX', type: 'u32', offset: 40 },
          { name: 'padTop', type: 'u32', offset: 44 },
          { name: 'padLeft', type: 'u32', offset: 48 },
          { name: 'padBottom', type: 'u32', offset: 52 },
          { name: 'padRight', type: 'u32', offset: 56 },
          { name: 'countPadding', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
      },
    },
  },
  'batch-norm': {
    source: `struct Sizes {
batch: u32,
channels: u32,
spatial: u32,
splits: u32,
runLength: u32,
epsilon: f32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> variance: array<f32>;
@group(0) @binding(4) var<storage, read> scale: array<f32>;
@group(0) @binding(5) var<storage, read> shift: array<f32>;
@group(0) @binding(6) var<storage, read> cotangent: array<f32>;
@group(0) @binding(7) var<storage, read_write> output: array<f32>;
@group(0) @binding(8) var<storage, read> partials: array<f32>;
@group(0) @binding(9) var<storage, read_write> scaleGradient: array<f32>;
@group(0) @binding(10) var<storage, read_write> shiftGradient: array<f32>;
@group(0) @binding(11) var<storage, read_write> table: array<vec4<f32>>;
fn run(t: u32) -> vec2<u32> {
let count = sizes.batch * sizes.spatial;
let perSplit = (count + sizes.splits - 1u) / sizes.splits;
let start = (t % sizes.splits) * perSplit;
return vec2<u32>(min(start, count), min(start + perSplit, count));
}
struct Walk {
at: u32,
planeEnd: u32,
}
fn walkFrom(element: u32, channel: u32) -> Walk {
let plane = ((element / sizes.spatial) * sizes.channels + channel) * sizes.spatial;
return Walk(plane + element % sizes.spatial, plane + sizes.spatial);
}
fn next(walk: Walk) -> Walk {
if (walk.at + 1u < walk.planeEnd) { return Walk(walk.at + 1u, walk.planeEnd); }
let skipped = sizes.channels * sizes.spatial;
return Walk(walk.planeEnd + skipped - sizes.spatial, walk.planeEnd + skipped);
}
fn deviation(channel: u32) -> f32 {
return sqrt(variance[channel] + sizes.epsilon);
}
fn planeRun(t: u32) -> vec3<u32> {
let runs = (sizes.spatial + sizes.runLength - 1u) / sizes.runLength;
let plane = t / runs;
if (plane >= sizes.batch * sizes.channels) { return vec3<u32>(); }
let start = (t - plane * runs) * sizes.runLength;
let place = plane * sizes.spatial;
return vec3<u32>(place + start, place + min(start + sizes.runLength, sizes.spatial), plane % sizes.channels);
}
@compute @workgroup_size(64, 1, 1)
fn partialSums(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.channels * sizes.splits) { return; }
let channel = t / sizes.splits;
let bounds = run(t);
var total = 0.0;
var walk = walkFrom(bounds.x, channel);
for (var e = bounds.x; e < bounds.y; e++) {
total += input[walk.at];
walk = next(walk);
}
output[t] = total;
}
@compute @workgroup_size(64, 1, 1)
fn partialSquares(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.channels * sizes.splits) { return; }
let channel = t / sizes.splits;
let bounds = run(t);
let center = mean[channel];
var total = 0.0;
var walk = walkFrom(bounds.x, channel);
for (var e = bounds.x; e < bounds.y; e++) {
let d = input[walk.at] - center;
total += d * d;
walk = next(walk);
}
output[t] = total;
}
@compute @workgroup_size(64, 1, 1)
fn combine(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let channel = id.x + id.y * groups.x * 64u;
if (channel >= sizes.channels) { return; }
var total = 0.0;
for (var i = 0u; i < sizes.splits; i++) { total += partials[channel * sizes.splits + i]; }
output[channel] = total / f32(sizes.batch * sizes.spatial);
}
@compute @workgroup_size(64, 1, 1)
fn normalize(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let bounds = planeRun(id.x + id.y * groups.x * 64u);
let channel = bounds.z;
let center = mean[channel];
let factor = scale[channel] / deviation(channel);
let added = shift[channel];
for (var i = bounds.x; i < bounds.y; i++) { output[i] = (input[i] - center) * factor + added; }
}
@compute @workgroup_size(64, 1, 1)
fn tabulate(@builtin(global_invocation_id) id: vec3<u32>) {
let channel = id.x;
if (channel >= sizes.channels) { return; }
table[channel] = vec4<f32>(mean[channel], scale[channel] / deviation(channel), shift[channel], 0.0);
}
@compute @workgroup_size(64, 1, 1)
fn partialGradients(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.channels * sizes.splits) { return; }
let channel = t / sizes.splits;
let bounds = run(t);
var total = 0.0;
var weighted = 0.0;
let center = mean[channel];
let scaling = 1.0 / deviation(channel);
var walk = walkFrom(bounds.x, channel);
for (var e = bounds.x; e < bounds.y; e++) {
let g = cotangent[walk.at];
total += g;
weighted += g * ((input[walk.at] - center) * scaling);
walk = next(walk);
}
output[2u * t] = total;
output[2u * t + 1u] = weighted;
}
@compute @workgroup_size(64, 1, 1)
fn combineGradients(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let channel = id.x + id.y * groups.x * 64u;
if (channel >= sizes.channels) { return; }
var total = 0.0;
var weighted = 0.0;
for (var i = 0u; i < sizes.splits; i++) {
total += partials[2u * (channel * sizes.splits + i)];
weighted += partials[2u * (channel * sizes.splits + i) + 1u];
}
shiftGradient[channel] = total;
scaleGradient[channel] = weighted;
}
@group(0) @binding(9) var<storage, read> scaleSums: array<f32>;
@group(0) @binding(10) var<storage, read> shiftSums: array<f32>;
@compute @workgroup_size(64, 1, 1)
fn inputGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let bounds = planeRun(id.x + id.y * groups.x * 64u);
let channel = bounds.z;
let count = f32(sizes.batch * sizes.spatial);
let center = mean[channel];
let scaling = 1.0 / deviation(channel);
let constant = shiftSums[channel] / count;
let slope = scaleSums[channel] / count * scaling;
let factor = scale[channel] * scaling;
for (var i = bounds.x; i < bounds.y; i++) {
output[i] = (cotangent[i] - constant - (input[i] - center) * slope) * factor;
}
}
@compute @workgroup_size(64, 1, 1)
fn inferenceGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let bounds = planeRun(id.x + id.y * groups.x * 64u);
let factor = scale[bounds.z] / deviation(bounds.z);
for (var i = bounds.x; i < bounds.y; i++) { output[i] = cotangent[i] * factor; }
}
`,
    entryPoints: {
      partialSums: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 7, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
      partialSquares: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 7, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
      combine: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'output', binding: 7, kind: 'write', element: 'f32' },
          { name: 'partials', binding: 8, kind: 'read', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
      normalize: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'variance', binding: 3, kind: 'read', element: 'f32' },
          { name: 'scale', binding: 4, kind: 'read', element: 'f32' },
          { name: 'shift', binding: 5, kind: 'read', element: 'f32' },
          { name: 'output', binding: 7, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
      tabulate: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'variance', binding: 3, kind: 'read', element: 'f32' },
          { name: 'scale', binding: 4, kind: 'read', element: 'f32' },
          { name: 'shift', binding: 5, kind: 'read', element: 'f32' },
          { name: 'table', binding: 11, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
      partialGradients: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'variance', binding: 3, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 6, kind: 'read', element: 'f32' },
          { name: 'output', binding: 7, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
      combineGradients: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'partials', binding: 8, kind: 'read', element: 'f32' },
          { name: 'scaleGradient', binding: 9, kind: 'write', element: 'f32' },
          { name: 'shiftGradient', binding: 10, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
      inputGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'variance', binding: 3, kind: 'read', element: 'f32' },
          { name: 'scale', binding: 4, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 6, kind: 'read', element: 'f32' },
          { name: 'output', binding: 7, kind: 'write', element: 'f32' },
          { name: 'scaleSums', binding: 9, kind: 'read', element: 'f32' },
          { name: 'shiftSums', binding: 10, kind: 'read', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
      inferenceGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'variance', binding: 3, kind: 'read', element: 'f32' },
          { name: 'scale', binding: 4, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 6, kind: 'read', element: 'f32' },
          { name: 'output', binding: 7, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'splits', type: 'u32', offset: 12 },
          { name: 'runLength', type: 'u32', offset: 16 },
          { name: 'epsilon', type: 'f32', offset: 20 },
        ],
        uniformSize: 24,
      },
    },
  },
  bias: {
    source: `struct Sizes {
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
`,
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'bias', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'segments', type: 'u32', offset: 0 },
          { name: 'segmentLength', type: 'u32', offset: 4 },
          { name: 'runLength', type: 'u32', offset: 8 },
          { name: 'channels', type: 'u32', offset: 12 },
          { name: 'biasStep', type: 'u32', offset: 16 },
        ],
        uniformSize: 20,
      },
    },
  },
  'binary-integer': {
    source: `struct Sizes {
count: u32,
rank: u32,
outputSize: array<vec4<u32>, 2>,
aStride: array<vec4<u32>, 2>,
bStride: array<vec4<u32>, 2>,
}
const OPERATION = 0u; // variant
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<i32>;
@group(0) @binding(2) var<storage, read> b: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<i32>;
fn power(x: i32, y: i32) -> i32 {
if (y < 0) {
if (x == -1) { return select(1, -1, (y & 1) == 1); }
return select(0, 1, x == 1);
}
var result = 1;
var base = x;
for (var rest = y; rest > 0; rest = rest >> 1u) {
if ((rest & 1) == 1) { result *= base; }
base *= base;
}
return result;
}
fn combine(x: i32, y: i32) -> i32 {
if (OPERATION == 0u) { return i32(x == y); }
if (OPERATION == 1u) { return i32(x < y); }
if (OPERATION == 2u) { return i32(x <= y); }
if (OPERATION == 3u) { return i32(x > y); }
if (OPERATION == 4u) { return i32(x >= y); }
if (OPERATION == 5u) { return i32(x != 0 && y != 0); }
if (OPERATION == 6u) { return i32(x != 0 || y != 0); }
if (OPERATION == 7u) { return i32((x != 0) != (y != 0)); }
if (OPERATION == 8u) { return x + y; }
if (OPERATION == 9u) { return x - y; }
if (OPERATION == 10u) { return x * y; }
if (OPERATION == 11u) { return x / y; }
if (OPERATION == 12u) { return power(x, y); }
if (OPERATION == 13u) {
let r = x % y;
return select(r, r + y, r != 0 && (r < 0) != (y < 0));
}
if (OPERATION == 14u) { return x % y; }
if (OPERATION == 15u) { return min(x, y); }
return max(x, y);
}
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
var rest = i;
var aIndex = 0u;
var bIndex = 0u;
for (var axis = sizes.rank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let r = (axis - 1u) % 4u;
let size = sizes.outputSize[q][r];
let position = rest % size;
rest = rest / size;
aIndex += position * sizes.aStride[q][r];
bIndex += position * sizes.bStride[q][r];
}
output[i] = combine(a[aIndex], b[bIndex]);
}
`,
    constants: [{ name: 'OPERATION', value: 0 }],
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'i32' },
          { name: 'b', binding: 2, kind: 'read', element: 'i32' },
          { name: 'output', binding: 3, kind: 'write', element: 'i32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'outputSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'aStride', type: 'vec4u', offset: 48, count: 2 },
          { name: 'bStride', type: 'vec4u', offset: 80, count: 2 },
        ],
        uniformSize: 112,
      },
    },
  },
  binary: {
    source: `struct Sizes {
count: u32,
rank: u32,
outputSize: array<vec4<u32>, 2>,
aStride: array<vec4<u32>, 2>,
bStride: array<vec4<u32>, 2>,
}
const OPERATION = 0u; // variant
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@group(0) @binding(1) var<storage, read> a4: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> b4: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output4: array<vec4<f32>>;
fn power(x: f32, y: f32) -> f32 {
if (y == 0.0) { return 1.0; }
if (y == 1.0) { return x; }
if (y == 2.0) { return x * x; }
if (x == 0.0) { return select(1.0 / abs(x), 0.0, y > 0.0); }
if (x > 0.0) { return pow(x, y); }
if (y != floor(y)) { return sqrt(x); }
let size = pow(-x, y);
return select(size, -size, y != 2.0 * floor(0.5 * y));
}
fn modulo(x: f32, y: f32) -> f32 {
var r = x - y * floor(x / y);
if (r != 0.0 && (r < 0.0) != (y < 0.0)) { r += y; }
if (abs(r) >= abs(y)) { r -= y; }
return r;
}
fn remainder(x: f32, y: f32) -> f32 {
return select(modulo(abs(x), abs(y)), -modulo(abs(x), abs(y)), x < 0.0);
}
fn powerByBase(x: f32, y: f32) -> f32 {
if (y == 0.0) { return 0.0; }
return y * power(x, y - 1.0);
}
fn powerByExponent(x: f32, y: f32) -> f32 {
if (x == 0.0 && y >= 0.0) { return 0.0; }
return power(x, y) * log(x);
}
fn combineOne(x: f32, y: f32) -> f32 {
if (OPERATION == 5u) { return power(x, y); }
if (OPERATION == 6u) { return modulo(x, y); }
if (OPERATION == 7u) { return remainder(x, y); }
if (OPERATION == 11u) { return powerByBase(x, y); }
return powerByExponent(x, y);
}
fn combine(x: vec4<f32>, y: vec4<f32>) -> vec4<f32> {
if (OPERATION == 0u) { return x + y; }
if (OPERATION == 1u) { return x - y; }
if (OPERATION == 2u) { return x * y; }
if (OPERATION == 3u) { return x / y; }
if (OPERATION == 4u) { return select(vec4<f32>(0.0), x, y > vec4<f32>(0.0)); }
if (OPERATION == 8u) { return min(x, y); }
if (OPERATION == 9u) { return max(x, y); }
if (OPERATION == 10u) { return select(x * y, x, x > vec4<f32>(0.0)); }
return vec4<f32>(combineOne(x.x, y.x), combineOne(x.y, y.y), combineOne(x.z, y.z), combineOne(x.w, y.w));
}
@compute @workgroup_size(64, 1, 1)
fn same(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i * 4u >= sizes.count) { return; }
output4[i] = combine(a4[i], b4[i]);
}
@compute @workgroup_size(64, 1, 1)
fn broadcast(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
var rest = i;
var aIndex = 0u;
var bIndex = 0u;
for (var axis = sizes.rank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let r = (axis - 1u) % 4u;
let size = sizes.outputSize[q][r];
let position = rest % size;
rest = rest / size;
aIndex += position * sizes.aStride[q][r];
bIndex += position * sizes.bStride[q][r];
}
output[i] = combine(vec4<f32>(a[aIndex]), vec4<f32>(b[bIndex])).x;
}
`,
    constants: [{ name: 'OPERATION', value: 0 }],
    entryPoints: {
      same: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a4', binding: 1, kind: 'read', element: 'vec4f' },
          { name: 'b4', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'output4', binding: 3, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'outputSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'aStride', type: 'vec4u', offset: 48, count: 2 },
          { name: 'bStride', type: 'vec4u', offset: 80, count: 2 },
        ],
        uniformSize: 112,
      },
      broadcast: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'f32' },
          { name: 'b', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'outputSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'aStride', type: 'vec4u', offset: 48, count: 2 },
          { name: 'bStride', type: 'vec4u', offset: 80, count: 2 },
        ],
        uniformSize: 112,
      },
    },
  },
  compare: {
    source: `struct Sizes {
count: u32,
rank: u32,
outputSize: array<vec4<u32>, 2>,
aStride: array<vec4<u32>, 2>,
bStride: array<vec4<u32>, 2>,
}
const OPERATION = 0u; // variant
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<u32>;
@group(0) @binding(2) var<storage, read> b: array<u32>;
@group(0) @binding(3) var<storage, read_write> output: array<i32>;
fn isNan(bits: u32) -> bool {
return (bits & 0x7fffffffu) > 0x7f800000u;
}
fn combine(aBits: u32, bBits: u32) -> i32 {
if (isNan(aBits) || isNan(bBits)) { return 0; }
let x = bitcast<f32>(aBits);
let y = bitcast<f32>(bBits);
if (OPERATION == 0u) { return i32(x == y); }
if (OPERATION == 1u) { return i32(x < y); }
if (OPERATION == 2u) { return i32(x <= y); }
if (OPERATION == 3u) { return i32(x > y); }
return i32(x >= y);
}
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
var rest = i;
var aIndex = 0u;
var bIndex = 0u;
for (var axis = sizes.rank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let r = (axis - 1u) % 4u;
let size = sizes.outputSize[q][r];
let position = rest % size;
rest = rest / size;
aIndex += position * sizes.aStride[q][r];
bIndex += position * sizes.bStride[q][r];
}
output[i] = combine(a[aIndex], b[bIndex]);
}
`,
    constants: [{ name: 'OPERATION', value: 0 }],
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'u32' },
          { name: 'b', binding: 2, kind: 'read', element: 'u32' },
          { name: 'output', binding: 3, kind: 'write', element: 'i32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'outputSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'aStride', type: 'vec4u', offset: 48, count: 2 },
          { name: 'bStride', type: 'vec4u', offset: 80, count: 2 },
        ],
        uniformSize: 112,
      },
    },
  },
  'conv2d-depthwise-columns': {
    source: `struct Sizes {
batch: u32,
inputChannels: u32,
inputHeight: u32,
inputWidth: u32,
outputChannels: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideHeight: u32,
strideWidth: u32,
dilationHeight: u32,
dilationWidth: u32,
padTop: i32,
padLeft: i32,
groups: u32,
spreadHeight: u32,
spreadWidth: u32,
flip: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }
fn load(plane: u32, h: i32, column: u32) -> f32 {
return select(0.0, input[(plane + u32(h)) * sizes.inputWidth + column], u32(h) < sizes.inputHeight);
}
@compute @workgroup_size(64, 1, 1)
fn convolve(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let phaseRows = (sizes.outputHeight + sizes.spreadHeight - 1u) / sizes.spreadHeight;
let tiles = (phaseRows + 3u) / 4u;
let line = index / sizes.outputWidth;
let column = index - line * sizes.outputWidth;
let phaseLine = line / tiles;
let firstRow = (line - phaseLine * tiles) * 4u;
let planeIndex = phaseLine / sizes.spreadHeight;
let phaseRow = phaseLine - planeIndex * sizes.spreadHeight;
if (planeIndex >= sizes.batch * sizes.outputChannels) {
return;
}
let n = planeIndex / sizes.outputChannels;
let o = planeIndex - n * sizes.outputChannels;
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let group = o / outputs;
let taps = sizes.kernelHeight * sizes.kernelWidth;
let slides = sizes.strideHeight * sizes.dilationHeight * sizes.spreadHeight == 1u;
let corner = i32(firstRow * sizes.strideHeight);
var sums = vec4<f32>();
for (var c = 0u; c < channels; c++) {
let plane = (n * sizes.inputChannels + group * channels + c) * sizes.inputHeight;
let own = select(o * channels + c, (group * channels + c) * outputs + o - group * outputs, sizes.flip != 0u) * taps;
for (var j = 0u; j < sizes.kernelWidth; j++) {
let across = i32(column * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft;
let w = u32(across / i32(sizes.spreadWidth));
if (across < 0 || across % i32(sizes.spreadWidth) != 0 || w >= sizes.inputWidth) {
continue;
}
var window = vec4<f32>();
if (slides) {
let h = corner - sizes.padTop;
window = vec4<f32>(0.0, load(plane, h, w), load(plane, h + 1, w), load(plane, h + 2, w));
}
for (var i = 0u; i < sizes.kernelHeight; i++) {
let down = i32(phaseRow + i * sizes.dilationHeight) - sizes.padTop;
if (down % i32(sizes.spreadHeight) != 0) {
continue;
}
let h = corner + down / i32(sizes.spreadHeight);
let step = i32(sizes.strideHeight);
let last = load(plane, h + 3 * step, w);
if (slides) {
window = vec4<f32>(window.yzw, last);
} else {
window = vec4<f32>(load(plane, h, w), load(plane, h + step, w), load(plane, h + 2 * step, w), last);
}
let tap = i * sizes.kernelWidth + j;
sums = fma(window, vec4<f32>(weight[own + select(tap, taps - 1u - tap, sizes.flip != 0u)]), sums);
}
}
}
for (var t = 0u; t < 4u; t++) {
let h = (firstRow + t) * sizes.spreadHeight + phaseRow;
if (h < sizes.outputHeight) {
let place = (planeIndex * sizes.outputHeight + h) * sizes.outputWidth + column;
output[place] = finished(sums[t], o, place);
}
}
}
`,
    entryPoints: {
      convolve: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'weight', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'spreadHeight', type: 'u32', offset: 64 },
          { name: 'spreadWidth', type: 'u32', offset: 68 },
          { name: 'flip', type: 'u32', offset: 72 },
        ],
        uniformSize: 76,
        hook: 'finished',
      },
    },
  },
  'conv2d-depthwise': {
    source: `struct Sizes {
batch: u32,
inputChannels: u32,
inputHeight: u32,
inputWidth: u32,
outputChannels: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideHeight: u32,
strideWidth: u32,
dilationHeight: u32,
dilationWidth: u32,
padTop: i32,
padLeft: i32,
groups: u32,
flip: u32,
}
const PIXELS = 8u; // variant
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }
fn tapOf(o: u32, tap: u32, taps: u32) -> f32 {
return weight[o * taps + select(tap, taps - 1u - tap, sizes.flip != 0u)];
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let tilesInRow = (sizes.outputWidth + PIXELS - 1u) / PIXELS;
if (index >= sizes.batch * sizes.outputChannels * sizes.outputHeight * tilesInRow) {
return;
}
let rowIndex = index / tilesInRow;
let q = (index - rowIndex * tilesInRow) * PIXELS;
let planeIndex = rowIndex / sizes.outputHeight;
let p = rowIndex - planeIndex * sizes.outputHeight;
let n = planeIndex / sizes.outputChannels;
let o = planeIndex - n * sizes.outputChannels;
var inputPlane = planeIndex;
if (sizes.outputChannels != sizes.groups) {
inputPlane = n * sizes.groups + o / (sizes.outputChannels / sizes.groups);
}
let plane = inputPlane * sizes.inputHeight;
let taps = sizes.kernelHeight * sizes.kernelWidth;
let slides = sizes.strideWidth == 1u && sizes.dilationWidth == 1u;
var sums: array<f32, PIXELS>;
var window: array<f32, PIXELS>;
for (var i = 0u; i < sizes.kernelHeight; i++) {
let h = u32(i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop);
let limit = select(0u, sizes.inputWidth, h < sizes.inputHeight);
let row = (plane + h) * sizes.inputWidth;
if (slides) {
let first = i32(q) - sizes.padLeft;
for (var t = 1u; t < PIXELS; t++) {
let w = u32(first + i32(t) - 1);
window[t] = select(0.0, input[row + w], w < limit);
}
for (var j = 0u; j < sizes.kernelWidth; j++) {
for (var t = 1u; t < PIXELS; t++) {
window[t - 1u] = window[t];
}
let w = u32(first + i32(PIXELS - 1u + j));
window[PIXELS - 1u] = select(0.0, input[row + w], w < limit);
let value = tapOf(o, i * sizes.kernelWidth + j, taps);
for (var t = 0u; t < PIXELS; t++) {
sums[t] += window[t] * value;
}
}
continue;
}
for (var j = 0u; j < sizes.kernelWidth; j++) {
let value = tapOf(o, i * sizes.kernelWidth + j, taps);
let first = i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft;
for (var t = 0u; t < PIXELS; t++) {
let w = u32(first + i32(t * sizes.strideWidth));
sums[t] += select(0.0, input[row + w], w < limit) * value;
}
}
}
let place = ((n * sizes.outputChannels + o) * sizes.outputHeight + p) * sizes.outputWidth + q;
for (var t = 0u; t < PIXELS; t++) {
if (q + t < sizes.outputWidth) {
output[place + t] = finished(sums[t], o, place + t);
}
}
}
`,
    constants: [{ name: 'PIXELS', value: 8 }],
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'weight', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'flip', type: 'u32', offset: 64 },
        ],
        uniformSize: 68,
        hook: 'finished',
      },
    },
  },
  'conv2d-direct': {
    source: `struct Sizes {
batch: u32,
inputChannels: u32,
inputHeight: u32,
inputWidth: u32,
outputChannels: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideHeight: u32,
strideWidth: u32,
dilationHeight: u32,
dilationWidth: u32,
padTop: i32,
padLeft: i32,
groups: u32,
spreadHeight: u32,
spreadWidth: u32,
rowsPerStage: u32,
channelsPerStage: u32,
}
const VECTORS = 1u; // variant
const OUTPUTS = VECTORS * 4u;
const NOWHERE = 0xffffffffu;
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> packed: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
var<workgroup> stage: array<vec4<f32>, 512>;
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }
@compute @workgroup_size(64, 1, 1)
fn convolve(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let outputTiles = (outputs + OUTPUTS - 1u) / OUTPUTS;
var index = workgroup.x + workgroup.y * workgroups.x;
let firstOutput = index % outputTiles * OUTPUTS;
index /= outputTiles;
let group = index % sizes.groups;
index /= sizes.groups;
let phaseColumn = index % sizes.spreadWidth;
index /= sizes.spreadWidth;
let phaseRow = index % sizes.spreadHeight;
let firstPixel = index / sizes.spreadHeight * 256u;
if (phaseRow >= sizes.outputHeight || phaseColumn >= sizes.outputWidth) {
return;
}
let phaseRows = (sizes.outputHeight - phaseRow + sizes.spreadHeight - 1u) / sizes.spreadHeight;
let phaseColumns = (sizes.outputWidth - phaseColumn + sizes.spreadWidth - 1u) / sizes.spreadWidth;
let pixels = sizes.batch * phaseRows * phaseColumns;
if (firstPixel >= pixels) {
return;
}
let inputPlane = sizes.inputHeight * sizes.inputWidth;
let outputPlane = sizes.outputHeight * sizes.outputWidth;
var rows: array<i32, 4>;
var columns: array<i32, 4>;
var starts: array<u32, 4>;
var corners: array<u32, 4>;
for (var t = 0u; t < 4u; t++) {
let pixel = min(firstPixel + lane + 64u * t, pixels - 1u);
let phaseLine = pixel / phaseColumns;
let n = phaseLine / phaseRows;
let row = phaseLine - n * phaseRows;
let column = pixel - phaseLine * phaseColumns;
rows[t] = i32(row * sizes.strideHeight);
columns[t] = i32(column * sizes.strideWidth);
starts[t] = (n * sizes.inputChannels + group * channels) * inputPlane;
let place = (row * sizes.spreadHeight + phaseRow) * sizes.outputWidth + column * sizes.spreadWidth + phaseColumn;
corners[t] = (n * sizes.outputChannels + group * outputs + firstOutput) * outputPlane + place;
}
let taps = sizes.kernelHeight * sizes.kernelWidth;
let blocks = (outputs + 7u) / 8u;
let stageSize = sizes.rowsPerStage * sizes.kernelWidth * sizes.channelsPerStage * VECTORS;
var sums: array<vec4<f32>, OUTPUTS>;
for (var first = 0u; first < channels; first += sizes.channelsPerStage) {
for (var top = 0u; top < sizes.kernelHeight; top += sizes.rowsPerStage) {
for (var slot = lane; slot < min(stageSize, 512u); slot += 64u) {
let line = slot / VECTORS;
let tap = top * sizes.kernelWidth + line / sizes.channelsPerStage;
let c = first + line % sizes.channelsPerStage;
let quarter = firstOutput / 4u + slot % VECTORS;
if (c < channels && tap < taps && quarter / 2u < blocks) {
let block = (group * blocks + quarter / 2u) * channels + c;
stage[slot] = packed[(block * taps + tap) * 2u + quarter % 2u];
} else {
stage[slot] = vec4<f32>();
}
}
workgroupBarrier();
let count = min(sizes.channelsPerStage, channels - first);
for (var i = top; i < min(sizes.kernelHeight, top + sizes.rowsPerStage); i++) {
let down = i32(phaseRow + i * sizes.dilationHeight) - sizes.padTop;
if (down % i32(sizes.spreadHeight) != 0) {
continue;
}
for (var j = 0u; j < sizes.kernelWidth; j++) {
let across = i32(phaseColumn + j * sizes.dilationWidth) - sizes.padLeft;
if (across % i32(sizes.spreadWidth) != 0) {
continue;
}
var places: array<u32, 4>;
for (var t = 0u; t < 4u; t++) {
let h = u32(rows[t] + down / i32(sizes.spreadHeight));
let w = u32(columns[t] + across / i32(sizes.spreadWidth));
let valid = h < sizes.inputHeight && w < sizes.inputWidth;
places[t] = select(NOWHERE, starts[t] + h * sizes.inputWidth + w, valid);
}
let tapStart = ((i - top) * sizes.kernelWidth + j) * sizes.channelsPerStage;
for (var c = 0u; c < count; c++) {
let start = (first + c) * inputPlane;
let right = vec4<f32>(
select(0.0, input[places[0] + start], places[0] != NOWHERE),
select(0.0, input[places[1] + start], places[1] != NOWHERE),
select(0.0, input[places[2] + start], places[2] != NOWHERE),
select(0.0, input[places[3] + start], places[3] != NOWHERE),
);
for (var v = 0u; v < VECTORS; v++) {
let left = stage[(tapStart + c) * VECTORS + v];
for (var t = 0u; t < 4u; t++) {
sums[4u * v + t] = fma(vec4<f32>(left[t]), right, sums[4u * v + t]);
}
}
}
}
}
workgroupBarrier();
}
}
let step = min(sizes.batch, 1u);
for (var r = 0u; r < min(OUTPUTS, outputs - firstOutput); r += step) {
var values = sums[0];
for (var t = 1u; t < OUTPUTS; t++) {
values = select(values, sums[t], t == r);
}
for (var t = 0u; t < 4u; t++) {
if (firstPixel + lane + 64u * t < pixels) {
let place = corners[t] + r * outputPlane;
output[place] = finished(values[t], group * outputs + firstOutput + r, place);
}
}
}
}
`,
    constants: [{ name: 'VECTORS', value: 1 }],
    entryPoints: {
      convolve: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'packed', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'spreadHeight', type: 'u32', offset: 64 },
          { name: 'spreadWidth', type: 'u32', offset: 68 },
          { name: 'rowsPerStage', type: 'u32', offset: 72 },
          { name: 'channelsPerStage', type: 'u32', offset: 76 },
        ],
        uniformSize: 80,
        hook: 'finished',
      },
    },
  },
  'conv2d-input-gradient': {
    source: `struct Sizes {
batch: u32,
inputChannels: u32,
inputHeight: u32,
inputWidth: u32,
outputChannels: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideHeight: u32,
strideWidth: u32,
dilationHeight: u32,
dilationWidth: u32,
padTop: i32,
padLeft: i32,
groups: u32,
}
const PIXELS = 8u; // variant
const NOWHERE = 0xffffffffu;
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> outputCotangent: array<f32>;
@group(0) @binding(2) var<storage, read> packed: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> inputCotangent: array<f32>;
fn store(place: u32, plane: u32, pixels: u32, channels: u32, sums: array<array<vec4<f32>, 2>, PIXELS>) {
let step = min(sizes.batch, 1u);
for (var p = 0u; p < min(pixels, PIXELS); p += step) {
var low = sums[0][0];
var high = sums[0][1];
for (var t = 1u; t < PIXELS; t++) {
low = select(low, sums[t][0], t == p);
high = select(high, sums[t][1], t == p);
}
let corner = place + p * sizes.strideWidth;
for (var v = 0u; v < min(channels, 8u); v += step) {
let half = select(low, high, (v & 4u) != 0u);
let pair = select(half.xy, half.zw, (v & 2u) != 0u);
inputCotangent[corner + v * plane] = select(pair.x, pair.y, (v & 1u) != 0u);
}
}
}
@compute @workgroup_size(64, 1, 1)
fn inputGradient(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let blocks = (channels + 7u) / 8u;
let flat = workgroup.x + workgroup.y * workgroups.x;
let block = flat % blocks;
let group = (flat / blocks) % sizes.groups;
let phaseColumn = (flat / (blocks * sizes.groups)) % sizes.strideWidth;
let phaseRow = (flat / (blocks * sizes.groups * sizes.strideWidth)) % sizes.strideHeight;
let tile = flat / (blocks * sizes.groups * sizes.strideWidth * sizes.strideHeight) * 64u + lane;
let phaseRows = (sizes.inputHeight + sizes.strideHeight - 1u) / sizes.strideHeight;
let phaseColumns = (sizes.inputWidth + sizes.strideWidth - 1u) / sizes.strideWidth;
let tilesInRow = (phaseColumns + PIXELS - 1u) / PIXELS;
let w = tile % tilesInRow * PIXELS * sizes.strideWidth + phaseColumn;
let h = (tile / tilesInRow) % phaseRows * sizes.strideHeight + phaseRow;
let n = tile / (tilesInRow * phaseRows);
if (n >= sizes.batch || h >= sizes.inputHeight || w >= sizes.inputWidth) {
return;
}
let outputPlane = sizes.outputHeight * sizes.outputWidth;
let outputStart = (n * sizes.outputChannels + group * outputs) * outputPlane;
let taps = sizes.kernelHeight * sizes.kernelWidth;
let firstTap = (group * blocks + block) * outputs * taps * 2u;
var sums: array<array<vec4<f32>, 2>, PIXELS>;
for (var i = 0u; i < sizes.kernelHeight; i++) {
let down = i32(phaseRow) + sizes.padTop - i32(i * sizes.dilationHeight);
if (down % i32(sizes.strideHeight) != 0) {
continue;
}
let p = u32(down / i32(sizes.strideHeight) + i32(h / sizes.strideHeight));
for (var j = 0u; j < sizes.kernelWidth; j++) {
let across = i32(phaseColumn) + sizes.padLeft - i32(j * sizes.dilationWidth);
if (across % i32(sizes.strideWidth) != 0) {
continue;
}
let q = u32(across / i32(sizes.strideWidth) + i32(w / sizes.strideWidth));
var places: array<u32, PIXELS>;
for (var t = 0u; t < PIXELS; t++) {
let valid = p < sizes.outputHeight && q + t < sizes.outputWidth;
places[t] = select(NOWHERE, outputStart + p * sizes.outputWidth + q + t, valid);
}
var tap = firstTap + (taps - 1u - (i * sizes.kernelWidth + j)) * 2u;
for (var o = 0u; o < outputs; o++) {
let low = packed[tap];
let high = packed[tap + 1u];
tap += taps * 2u;
for (var t = 0u; t < PIXELS; t++) {
let y = select(0.0, outputCotangent[places[t] + o * outputPlane], places[t] != NOWHERE);
sums[t][0] += y * low;
sums[t][1] += y * high;
}
}
}
}
let plane = sizes.inputHeight * sizes.inputWidth;
let first = block * 8u;
let place = (n * sizes.inputChannels + group * channels + first) * plane + h * sizes.inputWidth + w;
let pixels = (sizes.inputWidth - w + sizes.strideWidth - 1u) / sizes.strideWidth;
store(place, plane, pixels, channels - first, sums);
}
`,
    constants: [{ name: 'PIXELS', value: 8 }],
    entryPoints: {
      inputGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'outputCotangent', binding: 1, kind: 'read', element: 'f32' },
          { name: 'packed', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'inputCotangent', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
      },
    },
  },
  'conv2d-naive': {
    source: `struct Sizes {
batch: u32,
inputChannels: u32,
inputHeight: u32,
inputWidth: u32,
outputChannels: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideHeight: u32,
strideWidth: u32,
dilationHeight: u32,
dilationWidth: u32,
padTop: i32,
padLeft: i32,
groups: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@group(0) @binding(4) var<storage, read> outputCotangent: array<f32>;
@group(0) @binding(5) var<storage, read_write> inputCotangent: array<f32>;
@group(0) @binding(6) var<storage, read_write> weightCotangent: array<f32>;
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
if (index >= sizes.batch * sizes.outputChannels * sizes.outputHeight * sizes.outputWidth) {
return;
}
let q = index % sizes.outputWidth;
let p = (index / sizes.outputWidth) % sizes.outputHeight;
let o = (index / (sizes.outputWidth * sizes.outputHeight)) % sizes.outputChannels;
let n = index / (sizes.outputWidth * sizes.outputHeight * sizes.outputChannels);
let channels = sizes.inputChannels / sizes.groups;
let firstChannel = o / (sizes.outputChannels / sizes.groups) * channels;
var sum = 0.0;
for (var c = 0u; c < channels; c++) {
for (var i = 0u; i < sizes.kernelHeight; i++) {
let h = i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop;
for (var j = 0u; j < sizes.kernelWidth; j++) {
let w = i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft;
if (h >= 0 && h < i32(sizes.inputHeight) && w >= 0 && w < i32(sizes.inputWidth)) {
let row = (n * sizes.inputChannels + firstChannel + c) * sizes.inputHeight + u32(h);
let tap = ((o * channels + c) * sizes.kernelHeight + i) * sizes.kernelWidth + j;
sum += input[row * sizes.inputWidth + u32(w)] * weight[tap];
}
}
}
}
output[index] = sum;
}
@compute @workgroup_size(64, 1, 1)
fn inputGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
if (index >= sizes.batch * sizes.inputChannels * sizes.inputHeight * sizes.inputWidth) {
return;
}
let w = index % sizes.inputWidth;
let h = (index / sizes.inputWidth) % sizes.inputHeight;
let inputChannel = (index / (sizes.inputWidth * sizes.inputHeight)) % sizes.inputChannels;
let n = index / (sizes.inputWidth * sizes.inputHeight * sizes.inputChannels);
let channels = sizes.inputChannels / sizes.groups;
let groupOutputs = sizes.outputChannels / sizes.groups;
let c = inputChannel % channels;
let firstOutput = inputChannel / channels * groupOutputs;
var sum = 0.0;
for (var i = 0u; i < sizes.kernelHeight; i++) {
let down = i32(h) + sizes.padTop - i32(i * sizes.dilationHeight);
if (down < 0 || u32(down) % sizes.strideHeight != 0u || u32(down) / sizes.strideHeight >= sizes.outputHeight) {
continue;
}
for (var j = 0u; j < sizes.kernelWidth; j++) {
let across = i32(w) + sizes.padLeft - i32(j * sizes.dilationWidth);
if (across < 0 || u32(across) % sizes.strideWidth != 0u || u32(across) / sizes.strideWidth >= sizes.outputWidth) {
continue;
}
let p = u32(down) / sizes.strideHeight;
let q = u32(across) / sizes.strideWidth;
for (var o = firstOutput; o < firstOutput + groupOutputs; o++) {
let row = (n * sizes.outputChannels + o) * sizes.outputHeight + p;
let tap = ((o * channels + c) * sizes.kernelHeight + i) * sizes.kernelWidth + j;
sum += outputCotangent[row * sizes.outputWidth + q] * weight[tap];
}
}
}
inputCotangent[index] = sum;
}
@compute @workgroup_size(64, 1, 1)
fn weightGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let channels = sizes.inputChannels / sizes.groups;
if (index >= sizes.outputChannels * channels * sizes.kernelHeight * sizes.kernelWidth) {
return;
}
let j = index % sizes.kernelWidth;
let i = (index / sizes.kernelWidth) % sizes.kernelHeight;
let c = (index / (sizes.kernelWidth * sizes.kernelHeight)) % channels;
let o = index / (sizes.kernelWidth * sizes.kernelHeight * channels);
let inputChannel = o / (sizes.outputChannels / sizes.groups) * channels + c;
var sum = 0.0;
for (var n = 0u; n < sizes.batch; n++) {
for (var p = 0u; p < sizes.outputHeight; p++) {
let h = i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop;
if (h < 0 || h >= i32(sizes.inputHeight)) {
continue;
}
let inputRow = ((n * sizes.inputChannels + inputChannel) * sizes.inputHeight + u32(h)) * sizes.inputWidth;
let outputRow = ((n * sizes.outputChannels + o) * sizes.outputHeight + p) * sizes.outputWidth;
for (var q = 0u; q < sizes.outputWidth; q++) {
let w = i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft;
if (w >= 0 && w < i32(sizes.inputWidth)) {
sum += outputCotangent[outputRow + q] * input[inputRow + u32(w)];
}
}
}
}
weightCotangent[index] = sum;
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'weight', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
      },
      inputGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'weight', binding: 2, kind: 'read', element: 'f32' },
          { name: 'outputCotangent', binding: 4, kind: 'read', element: 'f32' },
          { name: 'inputCotangent', binding: 5, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
      },
      weightGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'outputCotangent', binding: 4, kind: 'read', element: 'f32' },
          { name: 'weightCotangent', binding: 6, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
      },
    },
  },
  'conv2d-pack-weights': {
    source: `struct Sizes {
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
`,
    entryPoints: {
      pack: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'weight', binding: 1, kind: 'read', element: 'f32' },
          { name: 'packed', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'outputChannels', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'kernelHeight', type: 'u32', offset: 8 },
          { name: 'kernelWidth', type: 'u32', offset: 12 },
          { name: 'groups', type: 'u32', offset: 16 },
        ],
        uniformSize: 20,
      },
      packTransposed: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'weight', binding: 1, kind: 'read', element: 'f32' },
          { name: 'packed', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'outputChannels', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'kernelHeight', type: 'u32', offset: 8 },
          { name: 'kernelWidth', type: 'u32', offset: 12 },
          { name: 'groups', type: 'u32', offset: 16 },
        ],
        uniformSize: 20,
      },
    },
  },
  'conv2d-tiled': {
    source: `struct Sizes {
batch: u32,
inputChannels: u32,
inputHeight: u32,
inputWidth: u32,
outputChannels: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideHeight: u32,
strideWidth: u32,
dilationHeight: u32,
dilationWidth: u32,
padTop: i32,
padLeft: i32,
groups: u32,
spreadHeight: u32,
spreadWidth: u32,
splits: u32,
channelsPerSplit: u32,
}
const CHANNELS = 4u; // variant
const PIXELS = 4u; // variant
const DEPTH = 8u; // variant
const CHANNEL_VECTORS = CHANNELS / 4u;
const PIXEL_VECTORS = PIXELS / 4u;
const CHANNEL_SLOTS = CHANNELS * 2u;
const PIXEL_SLOTS = PIXELS * 2u;
const NOWHERE = 0xffffffffu;
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> packed: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
var<workgroup> weightTile: array<vec4<f32>, 272>;
var<workgroup> pixelTile: array<vec4<f32>, 272>;
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }
@compute @workgroup_size(64, 1, 1)
fn convolve(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let channelTiles = (outputs + 8u * CHANNELS - 1u) / (8u * CHANNELS);
var index = workgroup.x + workgroup.y * workgroups.x;
let firstOutput = index % channelTiles * 8u * CHANNELS;
index /= channelTiles;
let group = index % sizes.groups;
index /= sizes.groups;
let phaseColumn = index % sizes.spreadWidth;
index /= sizes.spreadWidth;
let phaseRow = index % sizes.spreadHeight;
index /= sizes.spreadHeight;
let split = index % sizes.splits;
let firstPixel = index / sizes.splits * 8u * PIXELS;
if (phaseRow >= sizes.outputHeight || phaseColumn >= sizes.outputWidth) {
return;
}
let phaseRows = (sizes.outputHeight - phaseRow + sizes.spreadHeight - 1u) / sizes.spreadHeight;
let phaseColumns = (sizes.outputWidth - phaseColumn + sizes.spreadWidth - 1u) / sizes.spreadWidth;
let pixels = sizes.batch * phaseRows * phaseColumns;
if (firstPixel >= pixels) {
return;
}
let inputPlane = sizes.inputHeight * sizes.inputWidth;
let pixelSlot = lane % PIXEL_SLOTS;
var rows: array<i32, 4>;
var columns: array<i32, 4>;
var starts: array<u32, 4>;
for (var t = 0u; t < 4u; t++) {
let pixel = min(firstPixel + pixelSlot + PIXEL_SLOTS * t, pixels - 1u);
let row = pixel / phaseColumns;
let n = row / phaseRows;
rows[t] = i32((row - n * phaseRows) * sizes.strideHeight);
columns[t] = i32((pixel - row * phaseColumns) * sizes.strideWidth);
starts[t] = (n * sizes.inputChannels + group * channels) * inputPlane;
}
let channelSlot = lane % CHANNEL_SLOTS;
let taps = sizes.kernelHeight * sizes.kernelWidth;
let blocks = (outputs + 7u) / 8u;
let block = (firstOutput / 8u) + channelSlot / 2u;
let blockStart = (group * blocks + min(block, blocks - 1u)) * channels * taps * 2u + channelSlot % 2u;
let firstChannel = split * sizes.channelsPerSplit;
let end = min(channels, firstChannel + sizes.channelsPerSplit);
let laneChannel = lane / 8u;
let lanePixel = lane % 8u;
var sums: array<array<vec4<f32>, PIXEL_VECTORS>, CHANNELS>;
for (var i = 0u; i < sizes.kernelHeight; i++) {
let down = i32(phaseRow + i * sizes.dilationHeight) - sizes.padTop;
if (down % i32(sizes.spreadHeight) != 0) {
continue;
}
for (var j = 0u; j < sizes.kernelWidth; j++) {
let across = i32(phaseColumn + j * sizes.dilationWidth) - sizes.padLeft;
if (across % i32(sizes.spreadWidth) != 0) {
continue;
}
var places: array<u32, 4>;
for (var t = 0u; t < 4u; t++) {
let h = u32(rows[t] + down / i32(sizes.spreadHeight));
let w = u32(columns[t] + across / i32(sizes.spreadWidth));
let valid = h < sizes.inputHeight && w < sizes.inputWidth;
places[t] = select(NOWHERE, starts[t] + h * sizes.inputWidth + w, valid);
}
let tapStart = blockStart + (i * sizes.kernelWidth + j) * 2u;
for (var first = firstChannel; first < end; first += DEPTH) {
for (var slot = lane; slot < DEPTH * CHANNEL_SLOTS; slot += 64u) {
let k = slot / CHANNEL_SLOTS;
let weights = packed[tapStart + (first + k) * taps * 2u];
let exists = first + k < end && block < blocks;
weightTile[k * (CHANNEL_SLOTS + 1u) + channelSlot] = select(vec4<f32>(), weights, exists);
}
for (var slot = lane; slot < DEPTH * PIXEL_SLOTS; slot += 64u) {
let k = slot / PIXEL_SLOTS;
let start = (first + k) * inputPlane;
let exists = first + k < end;
pixelTile[k * (PIXEL_SLOTS + 1u) + pixelSlot] = vec4<f32>(
select(0.0, input[places[0] + start], exists && places[0] != NOWHERE),
select(0.0, input[places[1] + start], exists && places[1] != NOWHERE),
select(0.0, input[places[2] + start], exists && places[2] != NOWHERE),
select(0.0, input[places[3] + start], exists && places[3] != NOWHERE),
);
}
workgroupBarrier();
for (var k = 0u; k < DEPTH; k++) {
var right: array<vec4<f32>, PIXEL_VECTORS>;
for (var v = 0u; v < PIXEL_VECTORS; v++) {
right[v] = pixelTile[k * (PIXEL_SLOTS + 1u) + lanePixel + 8u * v];
}
for (var u = 0u; u < CHANNEL_VECTORS; u++) {
let left = weightTile[k * (CHANNEL_SLOTS + 1u) + laneChannel + 8u * u];
for (var t = 0u; t < 4u; t++) {
for (var v = 0u; v < PIXEL_VECTORS; v++) {
sums[4u * u + t][v] = fma(vec4<f32>(left[t]), right[v], sums[4u * u + t][v]);
}
}
}
}
workgroupBarrier();
}
}
}
let plane = sizes.outputHeight * sizes.outputWidth;
let base = (split * sizes.batch * sizes.outputChannels + group * outputs + firstOutput) * plane;
var corners: array<array<u32, 4>, PIXEL_VECTORS>;
for (var v = 0u; v < PIXEL_VECTORS; v++) {
for (var t = 0u; t < 4u; t++) {
let pixel = firstPixel + lanePixel + 8u * v + PIXEL_SLOTS * t;
let row = pixel / phaseColumns;
let n = row / phaseRows;
let h = (row - n * phaseRows) * sizes.spreadHeight + phaseRow;
let w = (pixel - row * phaseColumns) * sizes.spreadWidth + phaseColumn;
corners[v][t] = base + n * sizes.outputChannels * plane + h * sizes.outputWidth + w;
}
}
let step = min(sizes.batch, 1u);
for (var r = 0u; r < CHANNELS; r += step) {
var values = sums[0];
for (var t = 1u; t < CHANNELS; t++) {
for (var v = 0u; v < PIXEL_VECTORS; v++) {
values[v] = select(values[v], sums[t][v], t == r);
}
}
let o = 4u * laneChannel + 32u * (r / 4u) + r % 4u;
for (var v = 0u; v < PIXEL_VECTORS; v++) {
for (var t = 0u; t < 4u; t++) {
if (firstOutput + o < outputs && firstPixel + lanePixel + 8u * v + PIXEL_SLOTS * t < pixels) {
let place = corners[v][t] + o * plane;
output[place] = finished(values[v][t], group * outputs + firstOutput + o, place);
}
}
}
}
}
`,
    constants: [
      { name: 'CHANNELS', value: 4 },
      { name: 'PIXELS', value: 4 },
      { name: 'DEPTH', value: 8 },
    ],
    entryPoints: {
      convolve: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'packed', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'spreadHeight', type: 'u32', offset: 64 },
          { name: 'spreadWidth', type: 'u32', offset: 68 },
          { name: 'splits', type: 'u32', offset: 72 },
          { name: 'channelsPerSplit', type: 'u32', offset: 76 },
        ],
        uniformSize: 80,
        hook: 'finished',
      },
    },
  },
  'conv2d-weight-gradient': {
    source: `struct Sizes {
batch: u32,
inputChannels: u32,
inputHeight: u32,
inputWidth: u32,
outputChannels: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideHeight: u32,
strideWidth: u32,
dilationHeight: u32,
dilationWidth: u32,
padTop: i32,
padLeft: i32,
groups: u32,
splits: u32,
rowsPerSplit: u32,
}
const WINDOW = 5u;
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> outputCotangent: array<f32>;
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;
@group(0) @binding(4) var<storage, read> partialSums: array<f32>;
@group(0) @binding(5) var<storage, read_write> weightCotangent: array<f32>;
@group(0) @binding(6) var<storage, read> inputVectors: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read> cotangentVectors: array<vec4<f32>>;
fn store(place: u32, taps: u32, tapCount: u32, channelCount: u32, sums: array<array<vec4<f32>, 2>, 8>) {
let step = min(sizes.batch, 1u);
for (var r = 0u; r < min(8u, tapCount); r += step) {
var low = sums[0][0];
var high = sums[0][1];
for (var t = 1u; t < 8u; t++) {
low = select(low, sums[t][0], t == r);
high = select(high, sums[t][1], t == r);
}
for (var v = 0u; v < min(8u, channelCount); v += step) {
let half = select(low, high, (v & 4u) != 0u);
let pair = select(half.xy, half.zw, (v & 2u) != 0u);
partials[place + r + v * taps] = select(pair.x, pair.y, (v & 1u) != 0u);
}
}
}
@compute @workgroup_size(64, 1, 1)
fn weightGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let taps = channels * sizes.kernelHeight * sizes.kernelWidth;
let tapTiles = (taps + 7u) / 8u;
let outputTiles = (outputs + 7u) / 8u;
let tiles = tapTiles * outputTiles * sizes.groups;
if (index >= tiles * sizes.splits) {
return;
}
let firstTap = index % tapTiles * 8u;
let outputTile = (index / tapTiles) % outputTiles;
let group = (index / (tapTiles * outputTiles)) % sizes.groups;
let split = index / tiles;
let plane = sizes.outputHeight * sizes.outputWidth;
var planes: array<u32, 8>;
var downs: array<i32, 8>;
var acrosses: array<i32, 8>;
var outputPlanes: array<u32, 8>;
for (var t = 0u; t < 8u; t++) {
let tap = min(firstTap + t, taps - 1u);
planes[t] = (group * channels + tap / (sizes.kernelHeight * sizes.kernelWidth)) * sizes.inputHeight;
downs[t] = i32(tap / sizes.kernelWidth % sizes.kernelHeight * sizes.dilationHeight) - sizes.padTop;
acrosses[t] = i32(tap % sizes.kernelWidth * sizes.dilationWidth) - sizes.padLeft;
outputPlanes[t] = (group * outputs + min(outputTile * 8u + t, outputs - 1u)) * plane;
}
var sums: array<array<vec4<f32>, 2>, 8>;
let endRow = min((split + 1u) * sizes.rowsPerSplit, sizes.batch * sizes.outputHeight);
for (var outputRow = split * sizes.rowsPerSplit; outputRow < endRow; outputRow++) {
let n = outputRow / sizes.outputHeight;
let p = outputRow % sizes.outputHeight;
let image = n * sizes.inputChannels * sizes.inputHeight;
var rows: array<u32, 8>;
var limits: array<u32, 8>;
for (var t = 0u; t < 8u; t++) {
let h = u32(i32(p * sizes.strideHeight) + downs[t]);
rows[t] = (image + planes[t] + h) * sizes.inputWidth + u32(acrosses[t]);
limits[t] = select(0u, sizes.inputWidth, h < sizes.inputHeight);
}
let outputStart = n * sizes.outputChannels * plane + p * sizes.outputWidth;
for (var q = 0u; q < sizes.outputWidth; q++) {
let y = outputStart + q;
let low = vec4<f32>(
outputCotangent[outputPlanes[0] + y],
outputCotangent[outputPlanes[1] + y],
outputCotangent[outputPlanes[2] + y],
outputCotangent[outputPlanes[3] + y],
);
let high = vec4<f32>(
outputCotangent[outputPlanes[4] + y],
outputCotangent[outputPlanes[5] + y],
outputCotangent[outputPlanes[6] + y],
outputCotangent[outputPlanes[7] + y],
);
let across = q * sizes.strideWidth;
for (var t = 0u; t < 8u; t++) {
let x = select(0.0, input[rows[t] + across], across + u32(acrosses[t]) < limits[t]);
sums[t][0] += x * low;
sums[t][1] += x * high;
}
}
}
let place = split * sizes.outputChannels * taps + (group * outputs + outputTile * 8u) * taps + firstTap;
store(place, taps, taps - firstTap, outputs - outputTile * 8u, sums);
}
@compute @workgroup_size(64, 1, 1)
fn weightGradientPointwise(
@builtin(global_invocation_id) id: vec3<u32>,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let index = id.x + id.y * (workgroups.x * 64u);
let taps = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let tapTiles = (taps + 7u) / 8u;
let outputTiles = (outputs + 7u) / 8u;
let tiles = tapTiles * outputTiles * sizes.groups;
if (index >= tiles * sizes.splits) {
return;
}
let firstTap = index % tapTiles * 8u;
let outputTile = (index / tapTiles) % outputTiles;
let group = (index / (tapTiles * outputTiles)) % sizes.groups;
let split = index / tiles;
let plane = sizes.outputHeight;
var planes: array<u32, 8>;
var outputPlanes: array<u32, 8>;
for (var t = 0u; t < 8u; t++) {
planes[t] = (group * taps + min(firstTap + t, taps - 1u)) * plane;
outputPlanes[t] = (group * outputs + min(outputTile * 8u + t, outputs - 1u)) * plane;
}
var sums: array<array<vec4<f32>, 2>, 8>;
var element = split * sizes.rowsPerSplit;
let end = min(element + sizes.rowsPerSplit, sizes.batch * plane);
while (element < end) {
let n = element / plane;
let past = min(end, (n + 1u) * plane);
var x = element - n * plane + n * sizes.inputChannels * plane;
var y = element - n * plane + n * sizes.outputChannels * plane;
while (element < past) {
let a = cotangentVectors[outputPlanes[0] + y];
let b = cotangentVectors[outputPlanes[1] + y];
let c = cotangentVectors[outputPlanes[2] + y];
let d = cotangentVectors[outputPlanes[3] + y];
let low = transpose(mat4x4<f32>(a, b, c, d));
let e = cotangentVectors[outputPlanes[4] + y];
let f = cotangentVectors[outputPlanes[5] + y];
let g = cotangentVectors[outputPlanes[6] + y];
let h = cotangentVectors[outputPlanes[7] + y];
let high = transpose(mat4x4<f32>(e, f, g, h));
for (var t = 0u; t < 8u; t++) {
let value = inputVectors[planes[t] + x];
for (var k = 0u; k < 4u; k++) {
sums[t][0] = fma(vec4<f32>(value[k]), low[k], sums[t][0]);
sums[t][1] = fma(vec4<f32>(value[k]), high[k], sums[t][1]);
}
}
element++;
x++;
y++;
}
}
let place = split * sizes.outputChannels * taps + (group * outputs + outputTile * 8u) * taps + firstTap;
store(place, taps, taps - firstTap, outputs - outputTile * 8u, sums);
}
@compute @workgroup_size(64, 1, 1)
fn weightGradientRow(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let tapRows = channels * sizes.kernelHeight;
let outputTiles = (outputs + 7u) / 8u;
let tiles = tapRows * outputTiles * sizes.groups;
if (index >= tiles * sizes.splits) {
return;
}
let tapRow = index % tapRows;
let outputTile = (index / tapRows) % outputTiles;
let group = (index / (tapRows * outputTiles)) % sizes.groups;
let split = index / tiles;
let channel = group * channels + tapRow / sizes.kernelHeight;
let down = i32(tapRow % sizes.kernelHeight * sizes.dilationHeight) - sizes.padTop;
let plane = sizes.outputHeight * sizes.outputWidth;
var outputPlanes: array<u32, 8>;
for (var t = 0u; t < 8u; t++) {
outputPlanes[t] = (group * outputs + min(outputTile * 8u + t, outputs - 1u)) * plane;
}
var sums: array<array<vec4<f32>, 2>, WINDOW>;
var window: array<f32, WINDOW>;
let endRow = min((split + 1u) * sizes.rowsPerSplit, sizes.batch * sizes.outputHeight);
for (var outputRow = split * sizes.rowsPerSplit; outputRow < endRow; outputRow++) {
let n = outputRow / sizes.outputHeight;
let p = outputRow % sizes.outputHeight;
let h = u32(i32(p * sizes.strideHeight) + down);
let limit = select(0u, sizes.inputWidth, h < sizes.inputHeight);
let row = ((n * sizes.inputChannels + channel) * sizes.inputHeight + h) * sizes.inputWidth;
let outputStart = n * sizes.outputChannels * plane + p * sizes.outputWidth;
for (var t = 1u; t < WINDOW; t++) {
let w = u32(i32(t) - 1 - sizes.padLeft);
window[t] = select(0.0, input[row + w], w < limit);
}
for (var q = 0u; q < sizes.outputWidth; q++) {
for (var t = 1u; t < WINDOW; t++) {
window[t - 1u] = window[t];
}
let w = u32(i32(q + WINDOW - 1u) - sizes.padLeft);
window[WINDOW - 1u] = select(0.0, input[row + w], w < limit);
let y = outputStart + q;
let low = vec4<f32>(
outputCotangent[outputPlanes[0] + y],
outputCotangent[outputPlanes[1] + y],
outputCotangent[outputPlanes[2] + y],
outputCotangent[outputPlanes[3] + y],
);
let high = vec4<f32>(
outputCotangent[outputPlanes[4] + y],
outputCotangent[outputPlanes[5] + y],
outputCotangent[outputPlanes[6] + y],
outputCotangent[outputPlanes[7] + y],
);
for (var t = 0u; t < WINDOW; t++) {
sums[t][0] += window[t] * low;
sums[t][1] += window[t] * high;
}
}
}
let step = min(sizes.batch, 1u);
let taps = tapRows * sizes.kernelWidth;
let place = split * sizes.outputChannels * taps + (group * outputs + outputTile * 8u) * taps + tapRow * sizes.kernelWidth;
for (var r = 0u; r < min(WINDOW, sizes.kernelWidth); r += step) {
var low = sums[0][0];
var high = sums[0][1];
for (var t = 1u; t < WINDOW; t++) {
low = select(low, sums[t][0], t == r);
high = select(high, sums[t][1], t == r);
}
for (var v = 0u; v < min(8u, outputs - outputTile * 8u); v += step) {
let half = select(low, high, (v & 4u) != 0u);
let pair = select(half.xy, half.zw, (v & 2u) != 0u);
partials[place + r + v * taps] = select(pair.x, pair.y, (v & 1u) != 0u);
}
}
}
@compute @workgroup_size(64, 1, 1)
fn singleTap(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let channels = sizes.inputChannels / sizes.groups;
let elements = sizes.outputChannels * channels * sizes.kernelHeight * sizes.kernelWidth;
if (index >= elements * sizes.splits) {
return;
}
let split = index / elements;
let j = index % sizes.kernelWidth;
let i = (index / sizes.kernelWidth) % sizes.kernelHeight;
let c = (index / (sizes.kernelWidth * sizes.kernelHeight)) % channels;
let o = (index % elements) / (sizes.kernelWidth * sizes.kernelHeight * channels);
let inputChannel = o / (sizes.outputChannels / sizes.groups) * channels + c;
var sum = 0.0;
let endRow = min((split + 1u) * sizes.rowsPerSplit, sizes.batch * sizes.outputHeight);
for (var outputRow = split * sizes.rowsPerSplit; outputRow < endRow; outputRow++) {
let n = outputRow / sizes.outputHeight;
let p = outputRow % sizes.outputHeight;
let h = i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop;
if (h < 0 || h >= i32(sizes.inputHeight)) {
continue;
}
let row = ((n * sizes.inputChannels + inputChannel) * sizes.inputHeight + u32(h)) * sizes.inputWidth;
let start = ((n * sizes.outputChannels + o) * sizes.outputHeight + p) * sizes.outputWidth;
for (var q = 0u; q < sizes.outputWidth; q++) {
let w = u32(i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft);
sum += outputCotangent[start + q] * select(0.0, input[row + w], w < sizes.inputWidth);
}
}
partials[index] = sum;
}
@compute @workgroup_size(64, 1, 1)
fn reducePartials(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let channels = sizes.inputChannels / sizes.groups;
let elements = sizes.outputChannels * channels * sizes.kernelHeight * sizes.kernelWidth;
if (index >= elements) {
return;
}
var sum = 0.0;
for (var split = 0u; split < sizes.splits; split++) {
sum += partialSums[split * elements + index];
}
weightCotangent[index] = sum;
}
`,
    entryPoints: {
      weightGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'outputCotangent', binding: 2, kind: 'read', element: 'f32' },
          { name: 'partials', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'splits', type: 'u32', offset: 64 },
          { name: 'rowsPerSplit', type: 'u32', offset: 68 },
        ],
        uniformSize: 72,
      },
      weightGradientPointwise: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'partials', binding: 3, kind: 'write', element: 'f32' },
          { name: 'inputVectors', binding: 6, kind: 'read', element: 'vec4f' },
          { name: 'cotangentVectors', binding: 7, kind: 'read', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'splits', type: 'u32', offset: 64 },
          { name: 'rowsPerSplit', type: 'u32', offset: 68 },
        ],
        uniformSize: 72,
      },
      weightGradientRow: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'outputCotangent', binding: 2, kind: 'read', element: 'f32' },
          { name: 'partials', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'splits', type: 'u32', offset: 64 },
          { name: 'rowsPerSplit', type: 'u32', offset: 68 },
        ],
        uniformSize: 72,
      },
      singleTap: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'outputCotangent', binding: 2, kind: 'read', element: 'f32' },
          { name: 'partials', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'splits', type: 'u32', offset: 64 },
          { name: 'rowsPerSplit', type: 'u32', offset: 68 },
        ],
        uniformSize: 72,
      },
      reducePartials: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'partialSums', binding: 4, kind: 'read', element: 'f32' },
          { name: 'weightCotangent', binding: 5, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
          { name: 'splits', type: 'u32', offset: 64 },
          { name: 'rowsPerSplit', type: 'u32', offset: 68 },
        ],
        uniformSize: 72,
      },
    },
  },
  conv2d: {
    source: `struct Sizes {
batch: u32,
inputChannels: u32,
inputHeight: u32,
inputWidth: u32,
outputChannels: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideHeight: u32,
strideWidth: u32,
dilationHeight: u32,
dilationWidth: u32,
padTop: i32,
padLeft: i32,
groups: u32,
}
const PIXELS = 8u; // variant
const NOWHERE = 0xffffffffu;
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> packed: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@group(0) @binding(4) var<storage, read> inputVectors: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> outputVectors: array<vec4<f32>>;
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }
fn finishedVectors(value: vec4<f32>, channel: u32, place: u32) -> vec4<f32> { return value; }
fn load(row: u32, column: i32, limit: u32) -> f32 {
return select(0.0, input[row + u32(column)], u32(column) < limit);
}
fn store(place: u32, plane: u32, pixels: u32, first: u32, channels: u32, sums: array<array<vec4<f32>, 2>, PIXELS>) {
let step = min(sizes.batch, 1u);
for (var p = 0u; p < min(pixels, PIXELS); p += step) {
var low = sums[0][0];
var high = sums[0][1];
for (var t = 1u; t < PIXELS; t++) {
low = select(low, sums[t][0], t == p);
high = select(high, sums[t][1], t == p);
}
let corner = place + p;
for (var v = 0u; v < min(channels, 8u); v += step) {
let half = select(low, high, (v & 4u) != 0u);
let pair = select(half.xy, half.zw, (v & 2u) != 0u);
let value = select(pair.x, pair.y, (v & 1u) != 0u);
output[corner + v * plane] = finished(value, first + v, corner + v * plane);
}
}
}
@compute @workgroup_size(64, 1, 1)
fn forwardRow(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let blocks = (outputs + 7u) / 8u;
let workgroupIndex = workgroup.x + workgroup.y * workgroups.x;
let block = workgroupIndex % blocks;
let group = (workgroupIndex / blocks) % sizes.groups;
let tile = workgroupIndex / (blocks * sizes.groups) * 64u + lane;
let tilesInRow = (sizes.outputWidth + PIXELS - 1u) / PIXELS;
if (tile >= sizes.batch * sizes.outputHeight * tilesInRow) {
return;
}
let q = tile % tilesInRow * PIXELS;
let p = (tile / tilesInRow) % sizes.outputHeight;
let n = tile / (tilesInRow * sizes.outputHeight);
let firstColumn = i32(q) - sizes.padLeft;
let firstRow = i32(p * sizes.strideHeight) - sizes.padTop;
var sums: array<array<vec4<f32>, 2>, PIXELS>;
var window: array<f32, PIXELS>;
var tap = (group * blocks + block) * channels * sizes.kernelHeight * sizes.kernelWidth * 2u;
for (var c = 0u; c < channels; c++) {
let plane = (n * sizes.inputChannels + group * channels + c) * sizes.inputHeight;
for (var i = 0u; i < sizes.kernelHeight; i++) {
let h = u32(firstRow + i32(i * sizes.dilationHeight));
let limit = select(0u, sizes.inputWidth, h < sizes.inputHeight);
let row = (plane + h) * sizes.inputWidth;
for (var t = 1u; t < PIXELS; t++) {
window[t] = load(row, firstColumn + i32(t) - 1, limit);
}
for (var j = 0u; j < sizes.kernelWidth; j++) {
for (var t = 1u; t < PIXELS; t++) {
window[t - 1u] = window[t];
}
window[PIXELS - 1u] = load(row, firstColumn + i32(PIXELS - 1u + j), limit);
let low = packed[tap];
let high = packed[tap + 1u];
tap += 2u;
for (var t = 0u; t < PIXELS; t++) {
sums[t][0] = fma(vec4<f32>(window[t]), low, sums[t][0]);
sums[t][1] = fma(vec4<f32>(window[t]), high, sums[t][1]);
}
}
}
}
let plane = sizes.outputHeight * sizes.outputWidth;
let first = group * outputs + block * 8u;
let place = (n * sizes.outputChannels + first) * plane + p * sizes.outputWidth + q;
store(place, plane, sizes.outputWidth - q, first, (group + 1u) * outputs - first, sums);
}
@compute @workgroup_size(64, 1, 1)
fn forwardPixels(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let blocks = (outputs + 7u) / 8u;
let workgroupIndex = workgroup.x + workgroup.y * workgroups.x;
let block = workgroupIndex % blocks;
let group = (workgroupIndex / blocks) % sizes.groups;
let tile = workgroupIndex / (blocks * sizes.groups) * 64u + lane;
let plane = sizes.outputHeight * sizes.outputWidth;
let tilesInPlane = (plane + PIXELS - 1u) / PIXELS;
if (tile >= sizes.batch * tilesInPlane) {
return;
}
let firstPixel = tile % tilesInPlane * PIXELS;
let n = tile / tilesInPlane;
let inputPlane = sizes.inputHeight * sizes.inputWidth;
let inputStart = (n * sizes.inputChannels + group * channels) * inputPlane;
let taps = sizes.kernelHeight * sizes.kernelWidth;
let firstTap = (group * blocks + block) * channels * taps * 2u;
var rows: array<i32, PIXELS>;
var columns: array<i32, PIXELS>;
for (var t = 0u; t < PIXELS; t++) {
rows[t] = i32((firstPixel + t) / sizes.outputWidth * sizes.strideHeight) - sizes.padTop;
columns[t] = i32((firstPixel + t) % sizes.outputWidth * sizes.strideWidth) - sizes.padLeft;
}
var sums: array<array<vec4<f32>, 2>, PIXELS>;
for (var i = 0u; i < sizes.kernelHeight; i++) {
for (var j = 0u; j < sizes.kernelWidth; j++) {
var places: array<u32, PIXELS>;
for (var t = 0u; t < PIXELS; t++) {
let h = u32(rows[t] + i32(i * sizes.dilationHeight));
let w = u32(columns[t] + i32(j * sizes.dilationWidth));
let valid = h < sizes.inputHeight && w < sizes.inputWidth;
places[t] = select(NOWHERE, inputStart + h * sizes.inputWidth + w, valid);
}
var tap = firstTap + (i * sizes.kernelWidth + j) * 2u;
for (var c = 0u; c < channels; c++) {
let low = packed[tap];
let high = packed[tap + 1u];
tap += taps * 2u;
for (var t = 0u; t < PIXELS; t++) {
let x = select(0.0, input[places[t] + c * inputPlane], places[t] != NOWHERE);
sums[t][0] += x * low;
sums[t][1] += x * high;
}
}
}
}
let first = group * outputs + block * 8u;
let place = (n * sizes.outputChannels + first) * plane + firstPixel;
store(place, plane, plane - firstPixel, first, (group + 1u) * outputs - first, sums);
}
@compute @workgroup_size(64, 1, 1)
fn forwardPointwise(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let channels = sizes.inputChannels / sizes.groups;
let outputs = sizes.outputChannels / sizes.groups;
let blocks = (outputs + 7u) / 8u;
let workgroupIndex = workgroup.x + workgroup.y * workgroups.x;
let block = workgroupIndex % blocks;
let group = (workgroupIndex / blocks) % sizes.groups;
let tile = workgroupIndex / (blocks * sizes.groups) * 64u + lane;
let plane = sizes.outputHeight * sizes.outputWidth / 4u;
let tilesInPlane = (plane + 1u) / 2u;
if (tile >= sizes.batch * tilesInPlane) {
return;
}
let n = tile / tilesInPlane;
let first = (tile - n * tilesInPlane) * 2u;
var sums: array<array<vec4<f32>, 2>, 8>;
var tap = (group * blocks + block) * channels * 2u;
var place = (n * sizes.inputChannels + group * channels) * plane + first;
for (var c = 0u; c < channels; c++) {
let left = inputVectors[place];
let right = inputVectors[place + 1u];
let low = packed[tap];
let high = packed[tap + 1u];
place += plane;
tap += 2u;
for (var t = 0u; t < 4u; t++) {
sums[t][0] = fma(left, vec4<f32>(low[t]), sums[t][0]);
sums[t][1] = fma(right, vec4<f32>(low[t]), sums[t][1]);
sums[t + 4u][0] = fma(left, vec4<f32>(high[t]), sums[t + 4u][0]);
sums[t + 4u][1] = fma(right, vec4<f32>(high[t]), sums[t + 4u][1]);
}
}
let step = min(sizes.batch, 1u);
let firstOutput = group * outputs + block * 8u;
let corner = (n * sizes.outputChannels + firstOutput) * plane + first;
for (var v = 0u; v < min(8u, (group + 1u) * outputs - firstOutput); v += step) {
var left = sums[0][0];
var right = sums[0][1];
for (var t = 1u; t < 8u; t++) {
left = select(left, sums[t][0], t == v);
right = select(right, sums[t][1], t == v);
}
let at = corner + v * plane;
outputVectors[at] = finishedVectors(left, firstOutput + v, at);
if (first + 1u < plane) {
outputVectors[at + 1u] = finishedVectors(right, firstOutput + v, at + 1u);
}
}
}
`,
    constants: [{ name: 'PIXELS', value: 8 }],
    entryPoints: {
      forwardRow: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'packed', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
        hook: 'finished',
      },
      forwardPixels: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'packed', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
        hook: 'finished',
      },
      forwardPointwise: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'packed', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'inputVectors', binding: 4, kind: 'read', element: 'vec4f' },
          { name: 'outputVectors', binding: 5, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'inputChannels', type: 'u32', offset: 4 },
          { name: 'inputHeight', type: 'u32', offset: 8 },
          { name: 'inputWidth', type: 'u32', offset: 12 },
          { name: 'outputChannels', type: 'u32', offset: 16 },
          { name: 'outputHeight', type: 'u32', offset: 20 },
          { name: 'outputWidth', type: 'u32', offset: 24 },
          { name: 'kernelHeight', type: 'u32', offset: 28 },
          { name: 'kernelWidth', type: 'u32', offset: 32 },
          { name: 'strideHeight', type: 'u32', offset: 36 },
          { name: 'strideWidth', type: 'u32', offset: 40 },
          { name: 'dilationHeight', type: 'u32', offset: 44 },
          { name: 'dilationWidth', type: 'u32', offset: 48 },
          { name: 'padTop', type: 'i32', offset: 52 },
          { name: 'padLeft', type: 'i32', offset: 56 },
          { name: 'groups', type: 'u32', offset: 60 },
        ],
        uniformSize: 64,
        hook: 'finishedVectors',
      },
    },
  },
  convert: {
    source: `struct Sizes {
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
`,
    constants: [{ name: 'OPERATION', value: 0 }],
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'output', binding: 2, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'mask', type: 'u32', offset: 4 },
        ],
        uniformSize: 8,
      },
    },
  },
  copy: {
    source: `struct Sizes {
count: u32,
length: u32,
inner: u32,
inputAxis: u32,
inputStart: u32,
inputStep: i32,
outputAxis: u32,
outputStart: u32,
outputStep: i32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;
@compute @workgroup_size(64, 1, 1)
fn copy(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.count) { return; }
let i = t % sizes.inner;
let a = (t / sizes.inner) % sizes.length;
let o = t / (sizes.inner * sizes.length);
let to = (o * sizes.outputAxis + u32(i32(sizes.outputStart) + i32(a) * sizes.outputStep)) * sizes.inner + i;
let source = (o * sizes.inputAxis + u32(i32(sizes.inputStart) + i32(a) * sizes.inputStep)) * sizes.inner + i;
output[to] = input[source];
}
@compute @workgroup_size(64, 1, 1)
fn fill(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.count) { return; }
output[t] = 0u;
}
`,
    entryPoints: {
      copy: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'output', binding: 2, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'length', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'inputAxis', type: 'u32', offset: 12 },
          { name: 'inputStart', type: 'u32', offset: 16 },
          { name: 'inputStep', type: 'i32', offset: 20 },
          { name: 'outputAxis', type: 'u32', offset: 24 },
          { name: 'outputStart', type: 'u32', offset: 28 },
          { name: 'outputStep', type: 'i32', offset: 32 },
        ],
        uniformSize: 36,
      },
      fill: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'output', binding: 2, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'length', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'inputAxis', type: 'u32', offset: 12 },
          { name: 'inputStart', type: 'u32', offset: 16 },
          { name: 'inputStep', type: 'i32', offset: 20 },
          { name: 'outputAxis', type: 'u32', offset: 24 },
          { name: 'outputStart', type: 'u32', offset: 28 },
          { name: 'outputStep', type: 'i32', offset: 32 },
        ],
        uniformSize: 36,
      },
    },
  },
  'cross-entropy': {
    source: `struct Sizes {
batch: u32,
classes: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read> labels: array<i32>;
@group(0) @binding(3) var<storage, read> cotangent: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;
fn rowMaximum(start: u32) -> f32 {
var best = logits[start];
for (var k = 1u; k < sizes.classes; k++) { best = max(best, logits[start + k]); }
return best;
}
fn rowSum(start: u32, largest: f32) -> f32 {
var total = 0.0;
for (var k = 0u; k < sizes.classes; k++) { total += exp(logits[start + k] - largest); }
return total;
}
fn valid(label: i32) -> bool {
return label >= 0 && label < i32(sizes.classes);
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let n = id.x + id.y * groups.x * 64u;
if (n >= sizes.batch) { return; }
let label = labels[n];
if (!valid(label)) {
output[n] = 0.0;
return;
}
let start = n * sizes.classes;
let largest = rowMaximum(start);
output[n] = log(rowSum(start, largest)) + (largest - logits[start + u32(label)]);
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let n = id.x + id.y * groups.x * 64u;
if (n >= sizes.batch) { return; }
let start = n * sizes.classes;
let label = labels[n];
let largest = rowMaximum(start);
let total = rowSum(start, largest);
let seed = select(0.0, cotangent[n], valid(label));
for (var k = 0u; k < sizes.classes; k++) {
let hot = select(0.0, 1.0, i32(k) == label);
output[start + k] = seed * (exp(logits[start + k] - largest) / total - hot);
}
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'logits', binding: 1, kind: 'read', element: 'f32' },
          { name: 'labels', binding: 2, kind: 'read', element: 'i32' },
          { name: 'output', binding: 4, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'classes', type: 'u32', offset: 4 },
        ],
        uniformSize: 8,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'logits', binding: 1, kind: 'read', element: 'f32' },
          { name: 'labels', binding: 2, kind: 'read', element: 'i32' },
          { name: 'cotangent', binding: 3, kind: 'read', element: 'f32' },
          { name: 'output', binding: 4, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'classes', type: 'u32', offset: 4 },
        ],
        uniformSize: 8,
      },
    },
  },
  'depth-to-space': {
    source: `struct Sizes {
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
`,
    entryPoints: {
      toSpace: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'side', type: 'u32', offset: 16 },
          { name: 'columnFirst', type: 'u32', offset: 20 },
        ],
        uniformSize: 24,
      },
      toDepth: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'side', type: 'u32', offset: 16 },
          { name: 'columnFirst', type: 'u32', offset: 20 },
        ],
        uniformSize: 24,
      },
    },
  },
  'draw-maps': {
    source: `struct Sizes {
start: u32,
channels: u32,
height: u32,
width: u32,
outputHeight: u32,
outputWidth: u32,
isSigned: u32,
isSmooth: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> maps: array<f32>;
@group(0) @binding(2) var<storage, read_write> partialExtents: array<f32>;
@group(0) @binding(3) var<storage, read_write> range: array<f32>;
@group(0) @binding(4) var<storage, read> table: array<u32>;
@group(0) @binding(5) var<storage, read_write> colours: array<u32>;
const PARTS = 256u;
fn isFinite(value: f32) -> bool {
return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
}
@compute @workgroup_size(64, 1, 1)
fn partials(@builtin(global_invocation_id) id: vec3<u32>) {
if (id.x >= PARTS) { return; }
let count = sizes.channels * sizes.height * sizes.width;
var least = 0.0;
var largest = 0.0;
for (var i = id.x; i < count; i += PARTS) {
let value = maps[sizes.start + i];
if (isFinite(value)) {
least = min(least, value);
largest = max(largest, value);
}
}
partialExtents[2u * id.x] = least;
partialExtents[2u * id.x + 1u] = largest;
}
@compute @workgroup_size(1, 1, 1)
fn extent() {
var least = 0.0;
var largest = 0.0;
for (var part = 0u; part < PARTS; part++) {
least = min(least, partialExtents[2u * part]);
largest = max(largest, partialExtents[2u * part + 1u]);
}
if (sizes.isSigned != 0u) { largest = max(largest, -least); }
if (largest == 0.0) { largest = 1.0; }
range[1] = largest;
range[0] = select(0.0, -largest, sizes.isSigned != 0u);
}
fn colourOf(value: f32) -> u32 {
if ((bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u) { return table[0]; }
let place = (value - range[0]) / (range[1] - range[0]);
return table[u32(floor(clamp(place, 0.0, 1.0) * 255.0 + 0.5))];
}
@compute @workgroup_size(64, 1, 1)
fn tiles(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.channels * sizes.height * sizes.width) { return; }
colours[i] = colourOf(maps[sizes.start + i]);
}
fn strongest(y: u32, x: u32) -> f32 {
let plane = sizes.height * sizes.width;
var found = 0.0;
for (var channel = 0u; channel < sizes.channels; channel++) {
let value = maps[sizes.start + channel * plane + y * sizes.width + x];
if (abs(value) > abs(found)) { found = value; }
}
return found;
}
@compute @workgroup_size(64, 1, 1)
fn overlay(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.outputHeight * sizes.outputWidth) { return; }
let y = (f32(i / sizes.outputWidth) + 0.5) * f32(sizes.height) / f32(sizes.outputHeight);
let x = (f32(i % sizes.outputWidth) + 0.5) * f32(sizes.width) / f32(sizes.outputWidth);
let bottom = sizes.height - 1u;
let right = sizes.width - 1u;
if (sizes.isSmooth == 0u) {
colours[i] = colourOf(strongest(min(u32(y), bottom), min(u32(x), right)));
return;
}
let top = clamp(y - 0.5, 0.0, f32(bottom));
let left = clamp(x - 0.5, 0.0, f32(right));
let y0 = u32(top);
let x0 = u32(left);
let y1 = min(y0 + 1u, bottom);
let x1 = min(x0 + 1u, right);
let upper = mix(strongest(y0, x0), strongest(y0, x1), left - f32(x0));
let lower = mix(strongest(y1, x0), strongest(y1, x1), left - f32(x0));
colours[i] = colourOf(mix(upper, lower, top - f32(y0)));
}
`,
    entryPoints: {
      partials: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'maps', binding: 1, kind: 'read', element: 'f32' },
          { name: 'partialExtents', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'start', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'outputHeight', type: 'u32', offset: 16 },
          { name: 'outputWidth', type: 'u32', offset: 20 },
          { name: 'isSigned', type: 'u32', offset: 24 },
          { name: 'isSmooth', type: 'u32', offset: 28 },
        ],
        uniformSize: 32,
      },
      extent: {
        workgroupSize: [1, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'partialExtents', binding: 2, kind: 'write', element: 'f32' },
          { name: 'range', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'start', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'outputHeight', type: 'u32', offset: 16 },
          { name: 'outputWidth', type: 'u32', offset: 20 },
          { name: 'isSigned', type: 'u32', offset: 24 },
          { name: 'isSmooth', type: 'u32', offset: 28 },
        ],
        uniformSize: 32,
      },
      tiles: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'maps', binding: 1, kind: 'read', element: 'f32' },
          { name: 'range', binding: 3, kind: 'write', element: 'f32' },
          { name: 'table', binding: 4, kind: 'read', element: 'u32' },
          { name: 'colours', binding: 5, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'start', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'outputHeight', type: 'u32', offset: 16 },
          { name: 'outputWidth', type: 'u32', offset: 20 },
          { name: 'isSigned', type: 'u32', offset: 24 },
          { name: 'isSmooth', type: 'u32', offset: 28 },
        ],
        uniformSize: 32,
      },
      overlay: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'maps', binding: 1, kind: 'read', element: 'f32' },
          { name: 'range', binding: 3, kind: 'write', element: 'f32' },
          { name: 'table', binding: 4, kind: 'read', element: 'u32' },
          { name: 'colours', binding: 5, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'start', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'outputHeight', type: 'u32', offset: 16 },
          { name: 'outputWidth', type: 'u32', offset: 20 },
          { name: 'isSigned', type: 'u32', offset: 24 },
          { name: 'isSmooth', type: 'u32', offset: 28 },
        ],
        uniformSize: 32,
      },
    },
  },
  dropout: {
    source: `struct Sizes {
count: u32,
stream: u32,
threshold: u32,
scale: f32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> seed: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
fn mix(value: u32) -> u32 {
var v = value;
v = (v ^ (v >> 16u)) * 0x7feb352du;
v = (v ^ (v >> 15u)) * 0x846ca68bu;
return v ^ (v >> 16u);
}
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
let hash = mix(mix(u32(seed[0]) + 0x9E3779B9u * sizes.stream) ^ i);
output[i] = select(0.0, input[i] * sizes.scale, (hash >> 8u) >= sizes.threshold);
}
`,
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'seed', binding: 2, kind: 'read', element: 'i32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'stream', type: 'u32', offset: 4 },
          { name: 'threshold', type: 'u32', offset: 8 },
          { name: 'scale', type: 'f32', offset: 12 },
        ],
        uniformSize: 16,
      },
    },
  },
  'flat-indices': {
    source: `struct Sizes {
planes: u32,
pooledArea: u32,
height: u32,
width: u32,
columnMajor: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> switches: array<i32>;
@group(0) @binding(2) var<storage, read_write> flat: array<i32>;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read> indices: array<i32>;
@compute @workgroup_size(64, 1, 1)
fn fromSwitches(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.planes * sizes.pooledArea) { return; }
let start = i32((i / sizes.pooledArea) * sizes.height * sizes.width);
let position = switches[i];
if (position < 0) {
flat[i] = -1;
} else if (sizes.columnMajor == 1u) {
flat[i] = start + (position % i32(sizes.width)) * i32(sizes.height) + position / i32(sizes.width);
} else {
flat[i] = start + position;
}
}
@compute @workgroup_size(64, 1, 1)
fn scatter(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let p = id.x + id.y * groups.x * 64u;
if (p >= sizes.planes) { return; }
let area = sizes.height * sizes.width;
let start = p * area;
for (var k = 0u; k < area; k++) { output[start + k] = 0.0; }
for (var k = 0u; k < sizes.pooledArea; k++) {
let at = indices[p * sizes.pooledArea + k] - i32(start);
if (at >= 0 && at < i32(area)) { output[start + u32(at)] = input[p * sizes.pooledArea + k]; }
}
}
@compute @workgroup_size(64, 1, 1)
fn gather(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.planes * sizes.pooledArea) { return; }
let area = sizes.height * sizes.width;
let start = (i / sizes.pooledArea) * area;
let at = indices[i] - i32(start);
var value = 0.0;
if (at >= 0 && at < i32(area)) { value = input[start + u32(at)]; }
output[i] = value;
}
`,
    entryPoints: {
      fromSwitches: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'switches', binding: 1, kind: 'read', element: 'i32' },
          { name: 'flat', binding: 2, kind: 'write', element: 'i32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'pooledArea', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'columnMajor', type: 'u32', offset: 16 },
        ],
        uniformSize: 20,
      },
      scatter: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'indices', binding: 3, kind: 'read', element: 'i32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'pooledArea', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'columnMajor', type: 'u32', offset: 16 },
        ],
        uniformSize: 20,
      },
      gather: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'indices', binding: 3, kind: 'read', element: 'i32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'pooledArea', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'columnMajor', type: 'u32', offset: 16 },
        ],
        uniformSize: 20,
      },
    },
  },
  'gather-elements': {
    source: `struct Sizes {
count: u32,
rank: u32,
axis: u32,
axisSize: u32,
axisStride: u32,
axisLength: u32,
outputSize: array<vec4<u32>, 2>,
otherSize: array<vec4<u32>, 2>,
ownStride: array<vec4<u32>, 2>,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read> cotangent: array<f32>;
@group(0) @binding(2) var<storage, read> indices: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<u32>;
@group(0) @binding(3) var<storage, read_write> sum: array<f32>;
fn place(index: i32) -> i32 {
return select(index, index + i32(sizes.axisSize), index < 0);
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.count) { return; }
var rest = t;
var start = 0u;
for (var axis = sizes.rank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let r = (axis - 1u) % 4u;
start += (rest % sizes.outputSize[q][r]) * sizes.ownStride[q][r];
rest = rest / sizes.outputSize[q][r];
}
let a = place(indices[t]);
if (a >= 0 && a < i32(sizes.axisSize)) {
output[t] = input[start + u32(a) * sizes.axisStride];
} else {
output[t] = 0u;
}
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.count) { return; }
var rest = t;
var start = 0u;
var own = 0;
var inside = true;
for (var axis = sizes.rank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let r = (axis - 1u) % 4u;
let coordinate = rest % sizes.outputSize[q][r];
rest = rest / sizes.outputSize[q][r];
start += coordinate * sizes.ownStride[q][r];
if (axis - 1u == sizes.axis) {
own = i32(coordinate);
} else if (coordinate >= sizes.otherSize[q][r]) {
inside = false;
}
}
var total = 0.0;
if (inside) {
for (var j = 0u; j < sizes.axisLength; j++) {
let at = start + j * sizes.axisStride;
if (place(indices[at]) == own) { total += cotangent[at]; }
}
}
sum[t] = total;
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'indices', binding: 2, kind: 'read', element: 'i32' },
          { name: 'output', binding: 3, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'axis', type: 'u32', offset: 8 },
          { name: 'axisSize', type: 'u32', offset: 12 },
          { name: 'axisStride', type: 'u32', offset: 16 },
          { name: 'axisLength', type: 'u32', offset: 20 },
          { name: 'outputSize', type: 'vec4u', offset: 32, count: 2 },
          { name: 'otherSize', type: 'vec4u', offset: 64, count: 2 },
          { name: 'ownStride', type: 'vec4u', offset: 96, count: 2 },
        ],
        uniformSize: 128,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'cotangent', binding: 1, kind: 'read', element: 'f32' },
          { name: 'indices', binding: 2, kind: 'read', element: 'i32' },
          { name: 'sum', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'axis', type: 'u32', offset: 8 },
          { name: 'axisSize', type: 'u32', offset: 12 },
          { name: 'axisStride', type: 'u32', offset: 16 },
          { name: 'axisLength', type: 'u32', offset: 20 },
          { name: 'outputSize', type: 'vec4u', offset: 32, count: 2 },
          { name: 'otherSize', type: 'vec4u', offset: 64, count: 2 },
          { name: 'ownStride', type: 'vec4u', offset: 96, count: 2 },
        ],
        uniformSize: 128,
      },
    },
  },
  gather: {
    source: `struct Sizes {
count: u32,
inner: u32,
axis: u32,
indexCount: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read> cotangent: array<f32>;
@group(0) @binding(2) var<storage, read> indices: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<u32>;
@group(0) @binding(3) var<storage, read_write> sum: array<f32>;
fn place(j: u32) -> i32 {
let index = indices[j];
return select(index, index + i32(sizes.axis), index < 0);
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.count) { return; }
let i = t % sizes.inner;
let a = place((t / sizes.inner) % sizes.indexCount);
let o = t / (sizes.inner * sizes.indexCount);
if (a >= 0 && a < i32(sizes.axis)) {
output[t] = input[(o * sizes.axis + u32(a)) * sizes.inner + i];
} else {
output[t] = 0u;
}
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.count) { return; }
let i = t % sizes.inner;
let a = i32((t / sizes.inner) % sizes.axis);
let o = t / (sizes.inner * sizes.axis);
var total = 0.0;
for (var j = 0u; j < sizes.indexCount; j++) {
if (place(j) == a) { total += cotangent[(o * sizes.indexCount + j) * sizes.inner + i]; }
}
sum[t] = total;
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'indices', binding: 2, kind: 'read', element: 'i32' },
          { name: 'output', binding: 3, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'inner', type: 'u32', offset: 4 },
          { name: 'axis', type: 'u32', offset: 8 },
          { name: 'indexCount', type: 'u32', offset: 12 },
        ],
        uniformSize: 16,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'cotangent', binding: 1, kind: 'read', element: 'f32' },
          { name: 'indices', binding: 2, kind: 'read', element: 'i32' },
          { name: 'sum', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'inner', type: 'u32', offset: 4 },
          { name: 'axis', type: 'u32', offset: 8 },
          { name: 'indexCount', type: 'u32', offset: 12 },
        ],
        uniformSize: 16,
      },
    },
  },
  'grid-sample': {
    source: `struct Sizes {
batch: u32,
channels: u32,
height: u32,
width: u32,
points: u32,
mode: u32,
padding: u32,
alignCorners: u32,
bands: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> grid: array<f32>;
@group(0) @binding(3) var<storage, read> cotangent: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;
fn reflected(x: f32, size: u32) -> vec2<f32> {
let low = select(-0.5, 0.0, sizes.alignCorners == 1u);
let span = select(f32(size), f32(size) - 1.0, sizes.alignCorners == 1u);
if (span == 0.0) { return vec2<f32>(0.0, 0.0); }
let distance = abs(x - low);
let flips = floor(distance / span);
let rest = distance - flips * span;
let isOdd = flips - 2.0 * floor(flips * 0.5) > 0.5;
let mirrored = select(rest, span - rest, isOdd) + low;
let slope = select(1.0, -1.0, x < low) * select(1.0, -1.0, isOdd);
return vec2<f32>(mirrored, slope);
}
fn clipped(place: vec2<f32>, size: u32) -> vec2<f32> {
let last = f32(size) - 1.0;
let isInside = place.x > 0.0 && place.x < last;
return vec2<f32>(clamp(place.x, 0.0, last), select(0.0, place.y, isInside));
}
fn placeOf(g: f32, size: u32) -> vec2<f32> {
let scale = 0.5 * select(f32(size), f32(size) - 1.0, sizes.alignCorners == 1u);
var place = vec2<f32>(clamp((g + 1.0) * scale - select(0.5, 0.0, sizes.alignCorners == 1u), -1e6, 1e6), scale);
if (sizes.mode == 2u || sizes.padding == 0u) { return place; }
if (sizes.padding == 2u) {
let mirror = reflected(place.x, size);
place = vec2<f32>(mirror.x, place.y * mirror.y);
}
return clipped(place, size);
}
struct Tap {
at: i32,
weight: f32,
slope: f32,
}
fn tapCount() -> u32 {
return select(1u << sizes.mode, 1u, sizes.mode == 0u);
}
fn cubic(t: f32) -> vec2<f32> {
let a = -0.75;
let d = abs(t);
let side = sign(t);
if (d <= 1.0) {
return vec2<f32>(((a + 2.0) * d - (a + 3.0)) * d * d + 1.0, side * (3.0 * (a + 2.0) * d - 2.0 * (a + 3.0)) * d);
}
return vec2<f32>(((a * d - 5.0 * a) * d + 8.0 * a) * d - 4.0 * a, side * ((3.0 * a * d - 10.0 * a) * d + 8.0 * a));
}
fn tapOf(k: u32, place: vec2<f32>, size: u32) -> Tap {
let base = floor(place.x);
let fraction = place.x - base;
var at = i32(base) + i32(k);
var weight = 1.0;
var slope = 0.0;
if (sizes.mode == 0u) {
at = i32(round(place.x));
} else if (sizes.mode == 1u) {
weight = select(fraction, 1.0 - fraction, k == 0u);
slope = select(place.y, -place.y, k == 0u);
} else {
at -= 1;
let filtered = cubic(fraction + 1.0 - f32(k));
weight = filtered.x;
slope = filtered.y * place.y;
if (sizes.padding == 1u) { at = clamp(at, 0, i32(size) - 1); }
if (sizes.padding == 2u) { at = clamp(i32(round(reflected(f32(at), size).x)), 0, i32(size) - 1); }
}
if (at >= i32(size)) { at = -1; }
return Tap(at, weight, slope);
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.batch * sizes.channels * sizes.points) { return; }
let p = i / sizes.points;
let point = 2u * ((p / sizes.channels) * sizes.points + i % sizes.points);
let px = placeOf(grid[point], sizes.width);
let py = placeOf(grid[point + 1u], sizes.height);
let taps = tapCount();
var total = 0.0;
for (var ky = 0u; ky < taps; ky++) {
let ty = tapOf(ky, py, sizes.height);
if (ty.at < 0) { continue; }
let row = (p * sizes.height + u32(ty.at)) * sizes.width;
for (var kx = 0u; kx < taps; kx++) {
let tx = tapOf(kx, px, sizes.width);
if (tx.at >= 0) { total += ty.weight * tx.weight * input[row + u32(tx.at)]; }
}
}
output[i] = total;
}
@compute @workgroup_size(64, 1, 1)
fn gridGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.batch * sizes.points) { return; }
let n = i / sizes.points;
let px = placeOf(grid[2u * i], sizes.width);
let py = placeOf(grid[2u * i + 1u], sizes.height);
let taps = tapCount();
var total = vec2<f32>(0.0, 0.0);
for (var ky = 0u; ky < taps; ky++) {
let ty = tapOf(ky, py, sizes.height);
if (ty.at < 0) { continue; }
for (var kx = 0u; kx < taps; kx++) {
let tx = tapOf(kx, px, sizes.width);
if (tx.at < 0) { continue; }
var weighted = 0.0;
for (var c = 0u; c < sizes.channels; c++) {
let p = n * sizes.channels + c;
weighted += cotangent[p * sizes.points + i % sizes.points]
* input[(p * sizes.height + u32(ty.at)) * sizes.width + u32(tx.at)];
}
total += weighted * vec2<f32>(tx.slope * ty.weight, tx.weight * ty.slope);
}
}
output[2u * i] = total.x;
output[2u * i + 1u] = total.y;
}
@compute @workgroup_size(64, 1, 1)
fn inputGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.batch * sizes.channels * sizes.bands) { return; }
let p = i / sizes.bands;
let first = (i % sizes.bands) * sizes.height / sizes.bands;
let last = (i % sizes.bands + 1u) * sizes.height / sizes.bands;
let area = sizes.height * sizes.width;
let taps = tapCount();
for (var at = first * sizes.width; at < last * sizes.width; at++) { output[p * area + at] = 0.0; }
for (var o = 0u; o < sizes.points; o++) {
let point = 2u * ((p / sizes.channels) * sizes.points + o);
let px = placeOf(grid[point], sizes.width);
let py = placeOf(grid[point + 1u], sizes.height);
let g = cotangent[p * sizes.points + o];
for (var ky = 0u; ky < taps; ky++) {
let ty = tapOf(ky, py, sizes.height);
if (ty.at < i32(first) || ty.at >= i32(last)) { continue; }
for (var kx = 0u; kx < taps; kx++) {
let tx = tapOf(kx, px, sizes.width);
if (tx.at < 0) { continue; }
let place = p * area + u32(ty.at) * sizes.width + u32(tx.at);
output[place] = output[place] + ty.weight * tx.weight * g;
}
}
}
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'grid', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 4, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'points', type: 'u32', offset: 16 },
          { name: 'mode', type: 'u32', offset: 20 },
          { name: 'padding', type: 'u32', offset: 24 },
          { name: 'alignCorners', type: 'u32', offset: 28 },
          { name: 'bands', type: 'u32', offset: 32 },
        ],
        uniformSize: 36,
      },
      gridGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'grid', binding: 2, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 3, kind: 'read', element: 'f32' },
          { name: 'output', binding: 4, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'points', type: 'u32', offset: 16 },
          { name: 'mode', type: 'u32', offset: 20 },
          { name: 'padding', type: 'u32', offset: 24 },
          { name: 'alignCorners', type: 'u32', offset: 28 },
          { name: 'bands', type: 'u32', offset: 32 },
        ],
        uniformSize: 36,
      },
      inputGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'grid', binding: 2, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 3, kind: 'read', element: 'f32' },
          { name: 'output', binding: 4, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'batch', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'height', type: 'u32', offset: 8 },
          { name: 'width', type: 'u32', offset: 12 },
          { name: 'points', type: 'u32', offset: 16 },
          { name: 'mode', type: 'u32', offset: 20 },
          { name: 'padding', type: 'u32', offset: 24 },
          { name: 'alignCorners', type: 'u32', offset: 28 },
          { name: 'bands', type: 'u32', offset: 32 },
        ],
        uniformSize: 36,
      },
    },
  },
  'lp-norm': {
    source: `struct Sizes {
lines: u32,
axis: u32,
inner: u32,
p: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read> cotangent: array<f32>;
fn normFrom(start: u32) -> f32 {
var largest = 0.0;
for (var k = 0u; k < sizes.axis; k++) { largest = max(largest, abs(input[start + k * sizes.inner])); }
if (largest == 0.0) { return 0.0; }
var total = 0.0;
for (var k = 0u; k < sizes.axis; k++) {
let x = abs(input[start + k * sizes.inner]) / largest;
total += select(x * x, x, sizes.p == 1u);
}
return largest * select(sqrt(total), total, sizes.p == 1u);
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let l = id.x + id.y * groups.x * 64u;
if (l >= sizes.lines) { return; }
let start = (l / sizes.inner) * sizes.axis * sizes.inner + l % sizes.inner;
let norm = normFrom(start);
let divisor = select(norm, 1.0, norm == 0.0);
for (var k = 0u; k < sizes.axis; k++) {
let at = start + k * sizes.inner;
output[at] = input[at] / divisor;
}
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let l = id.x + id.y * groups.x * 64u;
if (l >= sizes.lines) { return; }
let start = (l / sizes.inner) * sizes.axis * sizes.inner + l % sizes.inner;
let norm = normFrom(start);
let divisor = select(norm, 1.0, norm == 0.0);
var total = 0.0;
for (var k = 0u; k < sizes.axis; k++) {
let at = start + k * sizes.inner;
total += cotangent[at] * (input[at] / divisor);
}
for (var k = 0u; k < sizes.axis; k++) {
let at = start + k * sizes.inner;
let x = input[at];
let direction = select(x / divisor, sign(x), sizes.p == 1u);
output[at] = select((cotangent[at] - direction * total) / divisor, 0.0, norm == 0.0);
}
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'lines', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'p', type: 'u32', offset: 12 },
        ],
        uniformSize: 16,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'cotangent', binding: 3, kind: 'read', element: 'f32' },
        ],
        uniforms: [
          { name: 'lines', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'p', type: 'u32', offset: 12 },
        ],
        uniformSize: 16,
      },
    },
  },
  'lp-pool': {
    source: `struct Sizes {
planes: u32,
height: u32,
width: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideY: u32,
strideX: u32,
dilationY: u32,
dilationX: u32,
padTop: u32,
padLeft: u32,
exponent: f32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read> norms: array<f32>;
@group(0) @binding(4) var<storage, read> cotangent: array<f32>;
fn power(base: f32, p: f32) -> f32 {
if (p == 0.0) { return 1.0; }
if (p == 1.0) { return base; }
if (p == 2.0) { return base * base; }
if (p == 3.0) { return base * base * base; }
if (p == 0.5) { return sqrt(base); }
if (base <= 0.0) { return 0.0; }
return exp2(p * log2(base));
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
let area = sizes.outputHeight * sizes.outputWidth;
if (i >= sizes.planes * area) { return; }
let plane = (i / area) * sizes.height * sizes.width;
let top = i32(((i / sizes.outputWidth) % sizes.outputHeight) * sizes.strideY) - i32(sizes.padTop);
let left = i32((i % sizes.outputWidth) * sizes.strideX) - i32(sizes.padLeft);
var largest = 0.0;
for (var round = 0u; round < 2u; round++) {
var total = 0.0;
for (var ky = 0u; ky < sizes.kernelHeight; ky++) {
let y = top + i32(ky * sizes.dilationY);
if (y < 0 || y >= i32(sizes.height)) { continue; }
for (var kx = 0u; kx < sizes.kernelWidth; kx++) {
let x = left + i32(kx * sizes.dilationX);
if (x < 0 || x >= i32(sizes.width)) { continue; }
let magnitude = abs(input[plane + u32(y) * sizes.width + u32(x)]);
if (round == 0u) {
largest = max(largest, magnitude);
} else {
total += power(magnitude / largest, sizes.exponent);
}
}
}
if (largest == 0.0) { break; }
if (round == 1u) { largest = largest * power(total, 1.0 / sizes.exponent); }
}
output[i] = largest;
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
let area = sizes.height * sizes.width;
if (i >= sizes.planes * area) { return; }
let plane = (i / area) * sizes.outputHeight * sizes.outputWidth;
let y = (i / sizes.width) % sizes.height + sizes.padTop;
let x = i % sizes.width + sizes.padLeft;
let value = input[i];
var total = 0.0;
for (var ky = 0u; ky < sizes.kernelHeight; ky++) {
let fromY = i32(y) - i32(ky * sizes.dilationY);
if (fromY < 0 || fromY % i32(sizes.strideY) != 0) { continue; }
let oy = u32(fromY) / sizes.strideY;
if (oy >= sizes.outputHeight) { continue; }
for (var kx = 0u; kx < sizes.kernelWidth; kx++) {
let fromX = i32(x) - i32(kx * sizes.dilationX);
if (fromX < 0 || fromX % i32(sizes.strideX) != 0) { continue; }
let ox = u32(fromX) / sizes.strideX;
if (ox >= sizes.outputWidth) { continue; }
let at = plane + oy * sizes.outputWidth + ox;
let norm = norms[at];
if (norm > 0.0) { total += cotangent[at] * power(abs(value) / norm, sizes.exponent - 1.0); }
}
}
output[i] = total * sign(value);
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'height', type: 'u32', offset: 4 },
          { name: 'width', type: 'u32', offset: 8 },
          { name: 'outputHeight', type: 'u32', offset: 12 },
          { name: 'outputWidth', type: 'u32', offset: 16 },
          { name: 'kernelHeight', type: 'u32', offset: 20 },
          { name: 'kernelWidth', type: 'u32', offset: 24 },
          { name: 'strideY', type: 'u32', offset: 28 },
          { name: 'strideX', type: 'u32', offset: 32 },
          { name: 'dilationY', type: 'u32', offset: 36 },
          { name: 'dilationX', type: 'u32', offset: 40 },
          { name: 'padTop', type: 'u32', offset: 44 },
          { name: 'padLeft', type: 'u32', offset: 48 },
          { name: 'exponent', type: 'f32', offset: 52 },
        ],
        uniformSize: 56,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'norms', binding: 3, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 4, kind: 'read', element: 'f32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'height', type: 'u32', offset: 4 },
          { name: 'width', type: 'u32', offset: 8 },
          { name: 'outputHeight', type: 'u32', offset: 12 },
          { name: 'outputWidth', type: 'u32', offset: 16 },
          { name: 'kernelHeight', type: 'u32', offset: 20 },
          { name: 'kernelWidth', type: 'u32', offset: 24 },
          { name: 'strideY', type: 'u32', offset: 28 },
          { name: 'strideX', type: 'u32', offset: 32 },
          { name: 'dilationY', type: 'u32', offset: 36 },
          { name: 'dilationX', type: 'u32', offset: 40 },
          { name: 'padTop', type: 'u32', offset: 44 },
          { name: 'padLeft', type: 'u32', offset: 48 },
          { name: 'exponent', type: 'f32', offset: 52 },
        ],
        uniformSize: 56,
      },
    },
  },
  lrn: {
    source: `struct Sizes {
count: u32,
channels: u32,
spatial: u32,
before: u32,
after: u32,
factor: f32,
beta: f32,
bias: f32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read_write> scale: array<f32>;
@group(0) @binding(4) var<storage, read> givenScale: array<f32>;
@group(0) @binding(5) var<storage, read> cotangent: array<f32>;
fn damping(base: f32) -> f32 {
if (sizes.beta == 0.75) { return 1.0 / (sqrt(base) * sqrt(sqrt(base))); }
return exp2(-sizes.beta * log2(base));
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
let c = (i / sizes.spatial) % sizes.channels;
let first = c - min(c, sizes.before);
let end = min(c + sizes.after + 1u, sizes.channels);
let base = i - c * sizes.spatial;
var total = 0.0;
for (var k = first; k < end; k++) {
let x = input[base + k * sizes.spatial];
total += x * x;
}
let d = sizes.bias + sizes.factor * total;
scale[i] = d;
output[i] = input[i] * damping(d);
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
let c = (i / sizes.spatial) % sizes.channels;
let first = c - min(c, sizes.after);
let end = min(c + sizes.before + 1u, sizes.channels);
let base = i - c * sizes.spatial;
var total = 0.0;
for (var k = first; k < end; k++) {
let at = base + k * sizes.spatial;
let d = givenScale[at];
total += cotangent[at] * input[at] * damping(d) / d;
}
output[i] = cotangent[i] * damping(givenScale[i]) - 2.0 * sizes.factor * sizes.beta * input[i] * total;
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'scale', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'before', type: 'u32', offset: 12 },
          { name: 'after', type: 'u32', offset: 16 },
          { name: 'factor', type: 'f32', offset: 20 },
          { name: 'beta', type: 'f32', offset: 24 },
          { name: 'bias', type: 'f32', offset: 28 },
        ],
        uniformSize: 32,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'givenScale', binding: 4, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 5, kind: 'read', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'channels', type: 'u32', offset: 4 },
          { name: 'spatial', type: 'u32', offset: 8 },
          { name: 'before', type: 'u32', offset: 12 },
          { name: 'after', type: 'u32', offset: 16 },
          { name: 'factor', type: 'f32', offset: 20 },
          { name: 'beta', type: 'f32', offset: 24 },
          { name: 'bias', type: 'f32', offset: 28 },
        ],
        uniformSize: 32,
      },
    },
  },
  'matmul-naive': {
    source: `struct Sizes {
rows: u32,
columns: u32,
inner: u32,
accumulate: u32,
aOffset: u32,
aRowStride: u32,
aColumnStride: u32,
bOffset: u32,
bRowStride: u32,
bColumnStride: u32,
cOffset: u32,
cRowStride: u32,
cColumnStride: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@compute @workgroup_size(64, 1, 1)
fn multiply(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
if (index >= sizes.rows * sizes.columns) {
return;
}
let row = index / sizes.columns;
let column = index % sizes.columns;
var sum = 0.0;
for (var k = 0u; k < sizes.inner; k++) {
sum += a[sizes.aOffset + row * sizes.aRowStride + k * sizes.aColumnStride]
* b[sizes.bOffset + k * sizes.bRowStride + column * sizes.bColumnStride];
}
let place = sizes.cOffset + row * sizes.cRowStride + column * sizes.cColumnStride;
if (sizes.accumulate != 0u) {
sum += c[place];
}
c[place] = sum;
}
`,
    entryPoints: {
      multiply: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'f32' },
          { name: 'b', binding: 2, kind: 'read', element: 'f32' },
          { name: 'c', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'columns', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'accumulate', type: 'u32', offset: 12 },
          { name: 'aOffset', type: 'u32', offset: 16 },
          { name: 'aRowStride', type: 'u32', offset: 20 },
          { name: 'aColumnStride', type: 'u32', offset: 24 },
          { name: 'bOffset', type: 'u32', offset: 28 },
          { name: 'bRowStride', type: 'u32', offset: 32 },
          { name: 'bColumnStride', type: 'u32', offset: 36 },
          { name: 'cOffset', type: 'u32', offset: 40 },
          { name: 'cRowStride', type: 'u32', offset: 44 },
          { name: 'cColumnStride', type: 'u32', offset: 48 },
        ],
        uniformSize: 52,
      },
    },
  },
  'matmul-tiled': {
    source: `struct Sizes {
rows: u32,
columns: u32,
inner: u32,
accumulate: u32,
aOffset: u32,
aRowStride: u32,
aColumnStride: u32,
bOffset: u32,
bRowStride: u32,
bColumnStride: u32,
cOffset: u32,
cRowStride: u32,
cColumnStride: u32,
splits: u32,
innerPerSplit: u32,
}
const ROWS = 4u; // variant
const COLUMNS = 4u; // variant
const ROW_VECTORS = ROWS / 4u;
const COLUMN_VECTORS = COLUMNS / 4u;
const ROW_SLOTS = ROWS * 2u;
const COLUMN_SLOTS = COLUMNS * 2u;
const DEPTH = 16u;
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
var<workgroup> aTile: array<vec4<f32>, 272>;
var<workgroup> bTile: array<vec4<f32>, 272>;
var<workgroup> partSums: array<f32, 512>;
fn finishedAt(value: f32, place: u32) -> f32 { return value; }
fn write(place: u32, value: f32) {
if (sizes.accumulate != 0u) {
c[place] = value + c[place];
} else {
c[place] = finishedAt(value, place);
}
}
fn rowsOfA(first: u32, k: u32, end: u32) -> vec4<f32> {
let place = sizes.aOffset + first * sizes.aRowStride + k * sizes.aColumnStride;
let step = ROW_SLOTS * sizes.aRowStride;
let rows = select(0u, sizes.rows, k < end);
return vec4<f32>(
select(0.0, a[place], first < rows),
select(0.0, a[place + step], first + ROW_SLOTS < rows),
select(0.0, a[place + 2u * step], first + 2u * ROW_SLOTS < rows),
select(0.0, a[place + 3u * step], first + 3u * ROW_SLOTS < rows),
);
}
fn columnsOfB(first: u32, k: u32, end: u32) -> vec4<f32> {
let place = sizes.bOffset + first * sizes.bColumnStride + k * sizes.bRowStride;
let step = COLUMN_SLOTS * sizes.bColumnStride;
let columns = select(0u, sizes.columns, k < end);
return vec4<f32>(
select(0.0, b[place], first < columns),
select(0.0, b[place + step], first + COLUMN_SLOTS < columns),
select(0.0, b[place + 2u * step], first + 2u * COLUMN_SLOTS < columns),
select(0.0, b[place + 3u * step], first + 3u * COLUMN_SLOTS < columns),
);
}
@compute @workgroup_size(64, 1, 1)
fn multiply(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let index = workgroup.x + workgroup.y * workgroups.x;
let columnTiles = (sizes.columns + 8u * COLUMNS - 1u) / (8u * COLUMNS);
let rowTiles = (sizes.rows + 8u * ROWS - 1u) / (8u * ROWS);
let firstColumn = index % columnTiles * 8u * COLUMNS;
let firstRow = index / columnTiles % rowTiles * 8u * ROWS;
let split = index / (columnTiles * rowTiles);
if (split >= sizes.splits || firstRow >= sizes.rows || firstColumn >= sizes.columns) {
return;
}
let end = min(sizes.inner, (split + 1u) * sizes.innerPerSplit);
let laneRow = lane / 8u;
let laneColumn = lane % 8u;
let alongA = sizes.aColumnStride <= sizes.aRowStride;
let alongB = sizes.bRowStride <= sizes.bColumnStride;
var sums: array<array<vec4<f32>, COLUMN_VECTORS>, ROWS>;
for (var first = split * sizes.innerPerSplit; first < end; first += DEPTH) {
for (var place = lane; place < DEPTH * ROW_SLOTS; place += 64u) {
let k = select(place / ROW_SLOTS, place % DEPTH, alongA);
let slot = select(place % ROW_SLOTS, place / DEPTH, alongA);
aTile[k * (ROW_SLOTS + 1u) + slot] = rowsOfA(firstRow + slot, first + k, end);
}
for (var place = lane; place < DEPTH * COLUMN_SLOTS; place += 64u) {
let k = select(place / COLUMN_SLOTS, place % DEPTH, alongB);
let slot = select(place % COLUMN_SLOTS, place / DEPTH, alongB);
bTile[k * (COLUMN_SLOTS + 1u) + slot] = columnsOfB(firstColumn + slot, first + k, end);
}
workgroupBarrier();
for (var k = 0u; k < DEPTH; k++) {
var right: array<vec4<f32>, COLUMN_VECTORS>;
for (var v = 0u; v < COLUMN_VECTORS; v++) {
right[v] = bTile[k * (COLUMN_SLOTS + 1u) + laneColumn + 8u * v];
}
for (var u = 0u; u < ROW_VECTORS; u++) {
let left = aTile[k * (ROW_SLOTS + 1u) + laneRow + 8u * u];
for (var t = 0u; t < 4u; t++) {
for (var v = 0u; v < COLUMN_VECTORS; v++) {
sums[4u * u + t][v] = fma(vec4<f32>(left[t]), right[v], sums[4u * u + t][v]);
}
}
}
}
workgroupBarrier();
}
let step = min(sizes.rows, 1u);
for (var r = 0u; r < ROWS; r += step) {
var values = sums[0];
for (var t = 1u; t < ROWS; t++) {
for (var v = 0u; v < COLUMN_VECTORS; v++) {
values[v] = select(values[v], sums[t][v], t == r);
}
}
let row = firstRow + laneRow + 8u * (r / 4u) + ROW_SLOTS * (r % 4u);
let start = sizes.cOffset + split * sizes.rows * sizes.columns + row * sizes.cRowStride;
for (var v = 0u; v < COLUMN_VECTORS; v++) {
for (var t = 0u; t < 4u; t++) {
let column = firstColumn + laneColumn + 8u * v + COLUMN_SLOTS * t;
if (row < sizes.rows && column < sizes.columns) {
write(start + column * sizes.cColumnStride, values[v][t]);
}
}
}
}
}
@compute @workgroup_size(64, 1, 1)
fn dot(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let column = workgroup.x + workgroup.y * workgroups.x;
if (column >= sizes.columns) {
return;
}
let start = sizes.bOffset + column * sizes.bColumnStride;
var sums: array<f32, ROWS>;
for (var k = lane; k < sizes.inner; k += 64u) {
let right = b[start + k * sizes.bRowStride];
for (var r = 0u; r < ROWS; r++) {
let left = a[sizes.aOffset + min(r, sizes.rows - 1u) * sizes.aRowStride + k * sizes.aColumnStride];
sums[r] = fma(left, right, sums[r]);
}
}
for (var r = 0u; r < ROWS; r++) {
partSums[r * 64u + lane] = sums[r];
}
workgroupBarrier();
for (var half = 32u; half > 0u; half /= 2u) {
if (lane < half) {
for (var r = 0u; r < ROWS; r++) {
partSums[r * 64u + lane] += partSums[r * 64u + lane + half];
}
}
workgroupBarrier();
}
if (lane < min(ROWS, sizes.rows)) {
write(sizes.cOffset + lane * sizes.cRowStride + column * sizes.cColumnStride, partSums[lane * 64u]);
}
}
`,
    constants: [
      { name: 'ROWS', value: 4 },
      { name: 'COLUMNS', value: 4 },
    ],
    entryPoints: {
      multiply: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'f32' },
          { name: 'b', binding: 2, kind: 'read', element: 'f32' },
          { name: 'c', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'columns', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'accumulate', type: 'u32', offset: 12 },
          { name: 'aOffset', type: 'u32', offset: 16 },
          { name: 'aRowStride', type: 'u32', offset: 20 },
          { name: 'aColumnStride', type: 'u32', offset: 24 },
          { name: 'bOffset', type: 'u32', offset: 28 },
          { name: 'bRowStride', type: 'u32', offset: 32 },
          { name: 'bColumnStride', type: 'u32', offset: 36 },
          { name: 'cOffset', type: 'u32', offset: 40 },
          { name: 'cRowStride', type: 'u32', offset: 44 },
          { name: 'cColumnStride', type: 'u32', offset: 48 },
          { name: 'splits', type: 'u32', offset: 52 },
          { name: 'innerPerSplit', type: 'u32', offset: 56 },
        ],
        uniformSize: 60,
        hook: 'finishedAt',
      },
      dot: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'f32' },
          { name: 'b', binding: 2, kind: 'read', element: 'f32' },
          { name: 'c', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'columns', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'accumulate', type: 'u32', offset: 12 },
          { name: 'aOffset', type: 'u32', offset: 16 },
          { name: 'aRowStride', type: 'u32', offset: 20 },
          { name: 'aColumnStride', type: 'u32', offset: 24 },
          { name: 'bOffset', type: 'u32', offset: 28 },
          { name: 'bRowStride', type: 'u32', offset: 32 },
          { name: 'bColumnStride', type: 'u32', offset: 36 },
          { name: 'cOffset', type: 'u32', offset: 40 },
          { name: 'cRowStride', type: 'u32', offset: 44 },
          { name: 'cColumnStride', type: 'u32', offset: 48 },
          { name: 'splits', type: 'u32', offset: 52 },
          { name: 'innerPerSplit', type: 'u32', offset: 56 },
        ],
        uniformSize: 60,
        hook: 'finishedAt',
      },
    },
  },
  matmul: {
    source: `struct Sizes {
rows: u32,
columns: u32,
inner: u32,
accumulate: u32,
aOffset: u32,
aRowStride: u32,
aColumnStride: u32,
bOffset: u32,
bRowStride: u32,
bColumnStride: u32,
cOffset: u32,
cRowStride: u32,
cColumnStride: u32,
splits: u32,
innerPerSplit: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@group(0) @binding(4) var<storage, read> partials: array<f32>;
@group(0) @binding(5) var<storage, read> packedA: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> packedB: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read_write> packed: array<vec4<f32>>;
fn finishedAt(value: f32, place: u32) -> f32 { return value; }
fn write(place: u32, value: f32) {
c[place] = finishedAt(select(value, value + c[place], sizes.accumulate != 0u), place);
}
fn store(row: u32, column: u32, split: u32, sums: array<array<vec4<f32>, 2>, 8>) {
let step = min(sizes.rows, 1u);
for (var r = 0u; r < min(8u, sizes.rows - row); r += step) {
var low = sums[0][0];
var high = sums[0][1];
for (var t = 1u; t < 8u; t++) {
low = select(low, sums[t][0], t == r);
high = select(high, sums[t][1], t == r);
}
let stride = sizes.cColumnStride;
let place = sizes.cOffset + split * sizes.rows * sizes.columns + (row + r) * sizes.cRowStride + column * stride;
for (var v = 0u; v < min(8u, sizes.columns - column); v += step) {
let half = select(low, high, (v & 4u) != 0u);
let pair = select(half.xy, half.zw, (v & 2u) != 0u);
write(place + v * stride, select(pair.x, pair.y, (v & 1u) != 0u));
}
}
}
@compute @workgroup_size(64, 1, 1)
fn multiply(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let columnTiles = (sizes.columns + 7u) / 8u;
let rowTiles = (sizes.rows + 7u) / 8u;
if (index >= columnTiles * rowTiles * sizes.splits) {
return;
}
let column = index % columnTiles * 8u;
let row = (index / columnTiles) % rowTiles * 8u;
let split = index / (columnTiles * rowTiles);
let first = split * sizes.innerPerSplit;
let end = min(sizes.inner, first + sizes.innerPerSplit);
var aPlaces: array<u32, 8>;
var bPlaces: array<u32, 8>;
for (var t = 0u; t < 8u; t++) {
aPlaces[t] = sizes.aOffset + min(row + t, sizes.rows - 1u) * sizes.aRowStride;
bPlaces[t] = sizes.bOffset + min(column + t, sizes.columns - 1u) * sizes.bColumnStride;
}
var sums: array<array<vec4<f32>, 2>, 8>;
for (var k = first; k < end; k++) {
let aStep = k * sizes.aColumnStride;
let bStep = k * sizes.bRowStride;
let low = vec4<f32>(b[bPlaces[0] + bStep], b[bPlaces[1] + bStep], b[bPlaces[2] + bStep], b[bPlaces[3] + bStep]);
let high = vec4<f32>(b[bPlaces[4] + bStep], b[bPlaces[5] + bStep], b[bPlaces[6] + bStep], b[bPlaces[7] + bStep]);
for (var t = 0u; t < 8u; t++) {
let x = a[aPlaces[t] + aStep];
sums[t][0] += x * low;
sums[t][1] += x * high;
}
}
store(row, column, split, sums);
}
@compute @workgroup_size(64, 1, 1)
fn multiplyPacked(
@builtin(workgroup_id) workgroup: vec3<u32>,
@builtin(local_invocation_index) lane: u32,
@builtin(num_workgroups) workgroups: vec3<u32>,
) {
let index = workgroup.x + workgroup.y * workgroups.x;
let rowTiles = (sizes.rows + 7u) / 8u;
let rowTile = index % rowTiles;
let columnGroups = (sizes.columns + 511u) / 512u;
let columnTile = (index / rowTiles) % columnGroups * 64u + lane;
let split = index / (rowTiles * columnGroups);
if (split >= sizes.splits || columnTile * 8u >= sizes.columns) {
return;
}
let first = split * sizes.innerPerSplit;
let end = min(sizes.inner, first + sizes.innerPerSplit);
var aPlace = (rowTile * sizes.inner + first) * 2u;
var bPlace = (columnTile * sizes.inner + first) * 2u;
var sums: array<array<vec4<f32>, 2>, 8>;
for (var k = first; k < end; k++) {
let top = packedA[aPlace];
let bottom = packedA[aPlace + 1u];
let low = packedB[bPlace];
let high = packedB[bPlace + 1u];
aPlace += 2u;
bPlace += 2u;
for (var t = 0u; t < 4u; t++) {
sums[t][0] = fma(vec4<f32>(top[t]), low, sums[t][0]);
sums[t][1] = fma(vec4<f32>(top[t]), high, sums[t][1]);
sums[t + 4u][0] = fma(vec4<f32>(bottom[t]), low, sums[t + 4u][0]);
sums[t + 4u][1] = fma(vec4<f32>(bottom[t]), high, sums[t + 4u][1]);
}
}
store(rowTile * 8u, columnTile * 8u, split, sums);
}
@compute @workgroup_size(64, 1, 1)
fn packRows(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let halves = (sizes.rows + 7u) / 8u * 2u;
if (index >= halves * sizes.inner) {
return;
}
let alongInner = sizes.aColumnStride <= sizes.aRowStride;
let k = select(index / halves, index % sizes.inner, alongInner);
let half = select(index % halves, index / sizes.inner, alongInner);
let last = sizes.rows - 1u;
let place = sizes.aOffset + k * sizes.aColumnStride;
packed[(half / 2u * sizes.inner + k) * 2u + half % 2u] = vec4<f32>(
a[place + min(half * 4u, last) * sizes.aRowStride],
a[place + min(half * 4u + 1u, last) * sizes.aRowStride],
a[place + min(half * 4u + 2u, last) * sizes.aRowStride],
a[place + min(half * 4u + 3u, last) * sizes.aRowStride],
);
}
@compute @workgroup_size(64, 1, 1)
fn multiplyVector(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
if (index >= sizes.rows * sizes.columns * sizes.splits) {
return;
}
let column = index % sizes.columns;
let row = (index / sizes.columns) % sizes.rows;
let split = index / (sizes.columns * sizes.rows);
let first = split * sizes.innerPerSplit;
let end = min(sizes.inner, first + sizes.innerPerSplit);
var sum = 0.0;
for (var k = first; k < end; k++) {
sum += a[sizes.aOffset + row * sizes.aRowStride + k * sizes.aColumnStride]
* b[sizes.bOffset + k * sizes.bRowStride + column * sizes.bColumnStride];
}
let matrix = split * sizes.rows * sizes.columns;
write(sizes.cOffset + matrix + row * sizes.cRowStride + column * sizes.cColumnStride, sum);
}
@compute @workgroup_size(64, 1, 1)
fn reducePartials(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
let index = id.x + id.y * (workgroups.x * 64u);
let elements = sizes.rows * sizes.columns;
if (index >= elements) {
return;
}
var sum = 0.0;
for (var split = 0u; split < sizes.splits; split++) {
sum += partials[split * elements + index];
}
write(sizes.cOffset + index / sizes.columns * sizes.cRowStride + index % sizes.columns * sizes.cColumnStride, sum);
}
`,
    entryPoints: {
      multiply: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'f32' },
          { name: 'b', binding: 2, kind: 'read', element: 'f32' },
          { name: 'c', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'columns', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'accumulate', type: 'u32', offset: 12 },
          { name: 'aOffset', type: 'u32', offset: 16 },
          { name: 'aRowStride', type: 'u32', offset: 20 },
          { name: 'aColumnStride', type: 'u32', offset: 24 },
          { name: 'bOffset', type: 'u32', offset: 28 },
          { name: 'bRowStride', type: 'u32', offset: 32 },
          { name: 'bColumnStride', type: 'u32', offset: 36 },
          { name: 'cOffset', type: 'u32', offset: 40 },
          { name: 'cRowStride', type: 'u32', offset: 44 },
          { name: 'cColumnStride', type: 'u32', offset: 48 },
          { name: 'splits', type: 'u32', offset: 52 },
          { name: 'innerPerSplit', type: 'u32', offset: 56 },
        ],
        uniformSize: 60,
        hook: 'finishedAt',
      },
      multiplyPacked: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'c', binding: 3, kind: 'write', element: 'f32' },
          { name: 'packedA', binding: 5, kind: 'read', element: 'vec4f' },
          { name: 'packedB', binding: 6, kind: 'read', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'columns', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'accumulate', type: 'u32', offset: 12 },
          { name: 'aOffset', type: 'u32', offset: 16 },
          { name: 'aRowStride', type: 'u32', offset: 20 },
          { name: 'aColumnStride', type: 'u32', offset: 24 },
          { name: 'bOffset', type: 'u32', offset: 28 },
          { name: 'bRowStride', type: 'u32', offset: 32 },
          { name: 'bColumnStride', type: 'u32', offset: 36 },
          { name: 'cOffset', type: 'u32', offset: 40 },
          { name: 'cRowStride', type: 'u32', offset: 44 },
          { name: 'cColumnStride', type: 'u32', offset: 48 },
          { name: 'splits', type: 'u32', offset: 52 },
          { name: 'innerPerSplit', type: 'u32', offset: 56 },
        ],
        uniformSize: 60,
        hook: 'finishedAt',
      },
      packRows: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'f32' },
          { name: 'packed', binding: 7, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'columns', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'accumulate', type: 'u32', offset: 12 },
          { name: 'aOffset', type: 'u32', offset: 16 },
          { name: 'aRowStride', type: 'u32', offset: 20 },
          { name: 'aColumnStride', type: 'u32', offset: 24 },
          { name: 'bOffset', type: 'u32', offset: 28 },
          { name: 'bRowStride', type: 'u32', offset: 32 },
          { name: 'bColumnStride', type: 'u32', offset: 36 },
          { name: 'cOffset', type: 'u32', offset: 40 },
          { name: 'cRowStride', type: 'u32', offset: 44 },
          { name: 'cColumnStride', type: 'u32', offset: 48 },
          { name: 'splits', type: 'u32', offset: 52 },
          { name: 'innerPerSplit', type: 'u32', offset: 56 },
        ],
        uniformSize: 60,
      },
      multiplyVector: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'a', binding: 1, kind: 'read', element: 'f32' },
          { name: 'b', binding: 2, kind: 'read', element: 'f32' },
          { name: 'c', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'columns', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'accumulate', type: 'u32', offset: 12 },
          { name: 'aOffset', type: 'u32', offset: 16 },
          { name: 'aRowStride', type: 'u32', offset: 20 },
          { name: 'aColumnStride', type: 'u32', offset: 24 },
          { name: 'bOffset', type: 'u32', offset: 28 },
          { name: 'bRowStride', type: 'u32', offset: 32 },
          { name: 'bColumnStride', type: 'u32', offset: 36 },
          { name: 'cOffset', type: 'u32', offset: 40 },
          { name: 'cRowStride', type: 'u32', offset: 44 },
          { name: 'cColumnStride', type: 'u32', offset: 48 },
          { name: 'splits', type: 'u32', offset: 52 },
          { name: 'innerPerSplit', type: 'u32', offset: 56 },
        ],
        uniformSize: 60,
        hook: 'finishedAt',
      },
      reducePartials: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'c', binding: 3, kind: 'write', element: 'f32' },
          { name: 'partials', binding: 4, kind: 'read', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'columns', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'accumulate', type: 'u32', offset: 12 },
          { name: 'aOffset', type: 'u32', offset: 16 },
          { name: 'aRowStride', type: 'u32', offset: 20 },
          { name: 'aColumnStride', type: 'u32', offset: 24 },
          { name: 'bOffset', type: 'u32', offset: 28 },
          { name: 'bRowStride', type: 'u32', offset: 32 },
          { name: 'bColumnStride', type: 'u32', offset: 36 },
          { name: 'cOffset', type: 'u32', offset: 40 },
          { name: 'cRowStride', type: 'u32', offset: 44 },
          { name: 'cColumnStride', type: 'u32', offset: 48 },
          { name: 'splits', type: 'u32', offset: 52 },
          { name: 'innerPerSplit', type: 'u32', offset: 56 },
        ],
        uniformSize: 60,
        hook: 'finishedAt',
      },
    },
  },
  'max-pool': {
    source: `struct Sizes {
planes: u32,
height: u32,
width: u32,
outputHeight: u32,
outputWidth: u32,
kernelHeight: u32,
kernelWidth: u32,
strideY: u32,
strideX: u32,
dilationY: u32,
dilationX: u32,
padTop: u32,
padLeft: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read_write> switches: array<i32>;
@group(0) @binding(3) var<storage, read> givenSwitches: array<i32>;
@compute @workgroup_size(64, 1, 1)
fn maxPool(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
let area = sizes.outputHeight * sizes.outputWidth;
if (i >= sizes.planes * area) { return; }
let plane = (i / area) * sizes.height * sizes.width;
let top = i32(((i / sizes.outputWidth) % sizes.outputHeight) * sizes.strideY) - i32(sizes.padTop);
let left = i32((i % sizes.outputWidth) * sizes.strideX) - i32(sizes.padLeft);
var best = 0.0;
var position = -1;
for (var ky = 0u; ky < sizes.kernelHeight; ky++) {
let y = top + i32(ky * sizes.dilationY);
if (y < 0 || y >= i32(sizes.height)) { continue; }
for (var kx = 0u; kx < sizes.kernelWidth; kx++) {
let x = left + i32(kx * sizes.dilationX);
if (x < 0 || x >= i32(sizes.width)) { continue; }
let at = y * i32(sizes.width) + x;
let candidate = input[plane + u32(at)];
if (position < 0 || candidate > best) {
best = candidate;
position = at;
}
}
}
output[i] = best;
switches[i] = position;
}
fn windowsOver(start: u32, last: u32, extent: u32, stride: u32, count: u32) -> vec2<u32> {
let first = (max(start, extent) - extent) / stride + select(0u, 1u, start >= extent);
return vec2<u32>(first, min(last / stride + 1u, count));
}
fn hasTap(offset: u32, kernel: u32, dilation: u32) -> bool {
return offset <= (kernel - 1u) * dilation && (dilation == 1u || offset % dilation == 0u);
}
@compute @workgroup_size(64, 1, 1)
fn unpool(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
let tilesInRow = (sizes.width + 7u) / 8u;
let row = i / tilesInRow;
if (row >= sizes.planes * sizes.height) { return; }
let left = (i - row * tilesInRow) * 8u;
let plane = row / sizes.height;
let y = row - plane * sizes.height;
let rowStart = y * sizes.width;
let extentY = (sizes.kernelHeight - 1u) * sizes.dilationY + 1u;
let extentX = (sizes.kernelWidth - 1u) * sizes.dilationX + 1u;
let rows = windowsOver(y + sizes.padTop, y + sizes.padTop, extentY, sizes.strideY, sizes.outputHeight);
let first = left + sizes.padLeft;
let columns = windowsOver(first, first + 7u, extentX, sizes.strideX, sizes.outputWidth);
var low = vec4<f32>();
var high = vec4<f32>();
for (var oy = rows.x; oy < rows.y; oy++) {
if (!hasTap(y + sizes.padTop - oy * sizes.strideY, sizes.kernelHeight, sizes.dilationY)) { continue; }
let start = (plane * sizes.outputHeight + oy) * sizes.outputWidth;
for (var ox = columns.x; ox < columns.y; ox++) {
let column = u32(givenSwitches[start + ox]) - rowStart;
let offset = column + sizes.padLeft - ox * sizes.strideX;
if (column < sizes.width && hasTap(offset, sizes.kernelWidth, sizes.dilationX)) {
let lane = vec4<u32>(column - left);
let value = vec4<f32>(input[start + ox]);
low += select(vec4<f32>(), value, lane == vec4<u32>(0u, 1u, 2u, 3u));
high += select(vec4<f32>(), value, lane == vec4<u32>(4u, 5u, 6u, 7u));
}
}
}
let place = plane * sizes.height * sizes.width + rowStart + left;
for (var t = 0u; t < min(8u, sizes.width - left); t++) {
let half = select(low, high, t >= 4u);
let pair = select(half.xy, half.zw, (t & 2u) != 0u);
output[place + t] = select(pair.x, pair.y, (t & 1u) != 0u);
}
}
@compute @workgroup_size(64, 1, 1)
fn poolSwitch(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
let area = sizes.outputHeight * sizes.outputWidth;
if (i >= sizes.planes * area) { return; }
let position = givenSwitches[i];
if (position < 0) {
output[i] = 0.0;
} else {
output[i] = input[(i / area) * sizes.height * sizes.width + u32(position)];
}
}
`,
    entryPoints: {
      maxPool: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'switches', binding: 3, kind: 'write', element: 'i32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'height', type: 'u32', offset: 4 },
          { name: 'width', type: 'u32', offset: 8 },
          { name: 'outputHeight', type: 'u32', offset: 12 },
          { name: 'outputWidth', type: 'u32', offset: 16 },
          { name: 'kernelHeight', type: 'u32', offset: 20 },
          { name: 'kernelWidth', type: 'u32', offset: 24 },
          { name: 'strideY', type: 'u32', offset: 28 },
          { name: 'strideX', type: 'u32', offset: 32 },
          { name: 'dilationY', type: 'u32', offset: 36 },
          { name: 'dilationX', type: 'u32', offset: 40 },
          { name: 'padTop', type: 'u32', offset: 44 },
          { name: 'padLeft', type: 'u32', offset: 48 },
        ],
        uniformSize: 52,
      },
      unpool: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'givenSwitches', binding: 3, kind: 'read', element: 'i32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'height', type: 'u32', offset: 4 },
          { name: 'width', type: 'u32', offset: 8 },
          { name: 'outputHeight', type: 'u32', offset: 12 },
          { name: 'outputWidth', type: 'u32', offset: 16 },
          { name: 'kernelHeight', type: 'u32', offset: 20 },
          { name: 'kernelWidth', type: 'u32', offset: 24 },
          { name: 'strideY', type: 'u32', offset: 28 },
          { name: 'strideX', type: 'u32', offset: 32 },
          { name: 'dilationY', type: 'u32', offset: 36 },
          { name: 'dilationX', type: 'u32', offset: 40 },
          { name: 'padTop', type: 'u32', offset: 44 },
          { name: 'padLeft', type: 'u32', offset: 48 },
        ],
        uniformSize: 52,
      },
      poolSwitch: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'givenSwitches', binding: 3, kind: 'read', element: 'i32' },
        ],
        uniforms: [
          { name: 'planes', type: 'u32', offset: 0 },
          { name: 'height', type: 'u32', offset: 4 },
          { name: 'width', type: 'u32', offset: 8 },
          { name: 'outputHeight', type: 'u32', offset: 12 },
          { name: 'outputWidth', type: 'u32', offset: 16 },
          { name: 'kernelHeight', type: 'u32', offset: 20 },
          { name: 'kernelWidth', type: 'u32', offset: 24 },
          { name: 'strideY', type: 'u32', offset: 28 },
          { name: 'strideX', type: 'u32', offset: 32 },
          { name: 'dilationY', type: 'u32', offset: 36 },
          { name: 'dilationX', type: 'u32', offset: 40 },
          { name: 'padTop', type: 'u32', offset: 44 },
          { name: 'padLeft', type: 'u32', offset: 48 },
        ],
        uniformSize: 52,
      },
    },
  },
  pad: {
    source: `struct Sizes {
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
fn modulo(x: i32, period: i32) -> i32 {
return ((x % period) + period) % period;
}
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
`,
    constants: [{ name: 'MODE', value: 0 }],
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'output', binding: 2, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'inner', type: 'u32', offset: 4 },
          { name: 'size', type: 'u32', offset: 8 },
          { name: 'padded', type: 'u32', offset: 12 },
          { name: 'before', type: 'i32', offset: 16 },
          { name: 'value', type: 'u32', offset: 20 },
        ],
        uniformSize: 24,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'cotangent', binding: 1, kind: 'read', element: 'f32' },
          { name: 'sum', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'inner', type: 'u32', offset: 4 },
          { name: 'size', type: 'u32', offset: 8 },
          { name: 'padded', type: 'u32', offset: 12 },
          { name: 'before', type: 'i32', offset: 16 },
          { name: 'value', type: 'u32', offset: 20 },
        ],
        uniformSize: 24,
      },
    },
  },
  'reduce-max-gradient': {
    source: `struct Sizes {
count: u32,
rank: u32,
outputSize: array<vec4<u32>, 2>,
keptStride: array<vec4<u32>, 2>,
reducedStride: array<vec4<u32>, 2>,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> cotangent: array<f32>;
@group(0) @binding(2) var<storage, read> positions: array<i32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
var rest = i;
var k = 0u;
var r = 0u;
for (var axis = sizes.rank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let lane = (axis - 1u) % 4u;
let size = sizes.outputSize[q][lane];
let position = rest % size;
rest = rest / size;
k += position * sizes.keptStride[q][lane];
r += position * sizes.reducedStride[q][lane];
}
output[i] = select(0.0, cotangent[k], positions[k] == i32(r));
}
`,
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'cotangent', binding: 1, kind: 'read', element: 'f32' },
          { name: 'positions', binding: 2, kind: 'read', element: 'i32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'outputSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'keptStride', type: 'vec4u', offset: 48, count: 2 },
          { name: 'reducedStride', type: 'vec4u', offset: 80, count: 2 },
        ],
        uniformSize: 112,
      },
    },
  },
  'reduce-product': {
    source: `struct Sizes {
kept: u32,
reduced: u32,
keptRank: u32,
reducedRank: u32,
keptSize: array<vec4<u32>, 2>,
keptStride: array<vec4<u32>, 2>,
reducedSize: array<vec4<u32>, 2>,
reducedStride: array<vec4<u32>, 2>,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read> cotangent: array<f32>;
fn keptOffset(k: u32) -> u32 {
var rest = k;
var offset = 0u;
for (var axis = sizes.keptRank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let lane = (axis - 1u) % 4u;
let size = sizes.keptSize[q][lane];
offset += (rest % size) * sizes.keptStride[q][lane];
rest = rest / size;
}
return offset;
}
fn rowOffset(row: u32) -> u32 {
var rest = row;
var offset = 0u;
for (var axis = sizes.reducedRank - 1u; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let lane = (axis - 1u) % 4u;
let size = sizes.reducedSize[q][lane];
offset += (rest % size) * sizes.reducedStride[q][lane];
rest = rest / size;
}
return offset;
}
fn reducedOffset(r: u32) -> u32 {
let last = sizes.reducedRank - 1u;
let innerSize = sizes.reducedSize[last / 4u][last % 4u];
return rowOffset(r / innerSize) + (r % innerSize) * sizes.reducedStride[last / 4u][last % 4u];
}
@compute @workgroup_size(64, 1, 1)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let k = id.x + id.y * groups.x * 64u;
if (k >= sizes.kept) { return; }
let base = keptOffset(k);
var total = 1.0;
for (var r = 0u; r < sizes.reduced; r++) { total *= input[base + reducedOffset(r)]; }
output[k] = total;
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.kept * sizes.reduced) { return; }
let k = i / sizes.reduced;
let own = i % sizes.reduced;
let base = keptOffset(k);
var total = cotangent[k];
for (var r = 0u; r < sizes.reduced; r++) {
if (r != own) { total *= input[base + reducedOffset(r)]; }
}
output[base + reducedOffset(own)] = total;
}
`,
    entryPoints: {
      forward: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'kept', type: 'u32', offset: 0 },
          { name: 'reduced', type: 'u32', offset: 4 },
          { name: 'keptRank', type: 'u32', offset: 8 },
          { name: 'reducedRank', type: 'u32', offset: 12 },
          { name: 'keptSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'keptStride', type: 'vec4u', offset: 48, count: 2 },
          { name: 'reducedSize', type: 'vec4u', offset: 80, count: 2 },
          { name: 'reducedStride', type: 'vec4u', offset: 112, count: 2 },
        ],
        uniformSize: 144,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'cotangent', binding: 3, kind: 'read', element: 'f32' },
        ],
        uniforms: [
          { name: 'kept', type: 'u32', offset: 0 },
          { name: 'reduced', type: 'u32', offset: 4 },
          { name: 'keptRank', type: 'u32', offset: 8 },
          { name: 'reducedRank', type: 'u32', offset: 12 },
          { name: 'keptSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'keptStride', type: 'vec4u', offset: 48, count: 2 },
          { name: 'reducedSize', type: 'vec4u', offset: 80, count: 2 },
          { name: 'reducedStride', type: 'vec4u', offset: 112, count: 2 },
        ],
        uniformSize: 144,
      },
    },
  },
  reduce: {
    source: `const TERM = 0u; // variant
const FINISH = 0u; // variant
const CHOICE = 0u; // variant
struct Sizes {
kept: u32,
reduced: u32,
splits: u32,
perSplit: u32,
keptRank: u32,
reducedRank: u32,
scale: f32,
bottom: f32,
keptSize: array<vec4<u32>, 2>,
keptStride: array<vec4<u32>, 2>,
reducedSize: array<vec4<u32>, 2>,
reducedStride: array<vec4<u32>, 2>,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<storage, read_write> positions: array<i32>;
fn keptOffset(k: u32) -> u32 {
var rest = k;
var offset = 0u;
for (var axis = sizes.keptRank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let lane = (axis - 1u) % 4u;
let size = sizes.keptSize[q][lane];
offset += (rest % size) * sizes.keptStride[q][lane];
rest = rest / size;
}
return offset;
}
fn rowOffset(row: u32) -> u32 {
var rest = row;
var offset = 0u;
for (var axis = sizes.reducedRank - 1u; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let lane = (axis - 1u) % 4u;
let size = sizes.reducedSize[q][lane];
offset += (rest % size) * sizes.reducedStride[q][lane];
rest = rest / size;
}
return offset;
}
fn reducedOffset(r: u32) -> u32 {
let last = sizes.reducedRank - 1u;
let innerSize = sizes.reducedSize[last / 4u][last % 4u];
return rowOffset(r / innerSize) + (r % innerSize) * sizes.reducedStride[last / 4u][last % 4u];
}
fn term(x: f32) -> f32 {
if (TERM == 0u) { return x; }
if (TERM == 1u) { return abs(x); }
return x * x;
}
fn finished(total: f32) -> f32 {
if (FINISH == 0u) { return total; }
if (FINISH == 1u) { return sqrt(total); }
return select(log(total), sizes.bottom, total == 0.0);
}
fn isBetter(x: f32, best: f32) -> bool {
if (CHOICE == 0u) { return x > best; }
if (CHOICE == 1u) { return x < best; }
if (CHOICE == 2u) { return x >= best; }
return x <= best;
}
@compute @workgroup_size(64, 1, 1)
fn sum(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.kept * sizes.splits) { return; }
let start = (i % sizes.splits) * sizes.perSplit;
let end = min(start + sizes.perSplit, sizes.reduced);
let base = keptOffset(i / sizes.splits);
let last = sizes.reducedRank - 1u;
let innerSize = sizes.reducedSize[last / 4u][last % 4u];
let innerStride = sizes.reducedStride[last / 4u][last % 4u];
var total = 0.0;
var r = start;
while (r < end) {
let inner = r % innerSize;
let stop = min(end, r - inner + innerSize);
var at = base + rowOffset(r / innerSize) + inner * innerStride;
for (; r < stop; r++) {
total += term(input[at]);
at += innerStride;
}
}
output[i] = finished(total * sizes.scale);
}
@compute @workgroup_size(64, 1, 1)
fn extremum(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let k = id.x + id.y * groups.x * 64u;
if (k >= sizes.kept) { return; }
let base = keptOffset(k);
var best = sizes.bottom;
var position = 0u;
for (var r = 0u; r < sizes.reduced; r++) {
let x = input[base + reducedOffset(r)];
if (r == 0u || isBetter(x, best)) {
best = x;
position = r;
}
}
output[k] = best;
positions[k] = i32(position);
}
@compute @workgroup_size(64, 1, 1)
fn logSumExp(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let k = id.x + id.y * groups.x * 64u;
if (k >= sizes.kept) { return; }
let base = keptOffset(k);
var largest = sizes.bottom;
for (var r = 0u; r < sizes.reduced; r++) { largest = max(largest, input[base + reducedOffset(r)]); }
var total = 0.0;
for (var r = 0u; r < sizes.reduced; r++) { total += exp(input[base + reducedOffset(r)] - largest); }
output[k] = select(largest + log(total), sizes.bottom, sizes.reduced == 0u || largest == sizes.bottom);
}
`,
    constants: [
      { name: 'TERM', value: 0 },
      { name: 'FINISH', value: 0 },
      { name: 'CHOICE', value: 0 },
    ],
    entryPoints: {
      sum: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'kept', type: 'u32', offset: 0 },
          { name: 'reduced', type: 'u32', offset: 4 },
          { name: 'splits', type: 'u32', offset: 8 },
          { name: 'perSplit', type: 'u32', offset: 12 },
          { name: 'keptRank', type: 'u32', offset: 16 },
          { name: 'reducedRank', type: 'u32', offset: 20 },
          { name: 'scale', type: 'f32', offset: 24 },
          { name: 'bottom', type: 'f32', offset: 28 },
          { name: 'keptSize', type: 'vec4u', offset: 32, count: 2 },
          { name: 'keptStride', type: 'vec4u', offset: 64, count: 2 },
          { name: 'reducedSize', type: 'vec4u', offset: 96, count: 2 },
          { name: 'reducedStride', type: 'vec4u', offset: 128, count: 2 },
        ],
        uniformSize: 160,
        hook: 'finished',
      },
      extremum: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
          { name: 'positions', binding: 3, kind: 'write', element: 'i32' },
        ],
        uniforms: [
          { name: 'kept', type: 'u32', offset: 0 },
          { name: 'reduced', type: 'u32', offset: 4 },
          { name: 'splits', type: 'u32', offset: 8 },
          { name: 'perSplit', type: 'u32', offset: 12 },
          { name: 'keptRank', type: 'u32', offset: 16 },
          { name: 'reducedRank', type: 'u32', offset: 20 },
          { name: 'scale', type: 'f32', offset: 24 },
          { name: 'bottom', type: 'f32', offset: 28 },
          { name: 'keptSize', type: 'vec4u', offset: 32, count: 2 },
          { name: 'keptStride', type: 'vec4u', offset: 64, count: 2 },
          { name: 'reducedSize', type: 'vec4u', offset: 96, count: 2 },
          { name: 'reducedStride', type: 'vec4u', offset: 128, count: 2 },
        ],
        uniformSize: 160,
      },
      logSumExp: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 2, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'kept', type: 'u32', offset: 0 },
          { name: 'reduced', type: 'u32', offset: 4 },
          { name: 'splits', type: 'u32', offset: 8 },
          { name: 'perSplit', type: 'u32', offset: 12 },
          { name: 'keptRank', type: 'u32', offset: 16 },
          { name: 'reducedRank', type: 'u32', offset: 20 },
          { name: 'scale', type: 'f32', offset: 24 },
          { name: 'bottom', type: 'f32', offset: 28 },
          { name: 'keptSize', type: 'vec4u', offset: 32, count: 2 },
          { name: 'keptStride', type: 'vec4u', offset: 64, count: 2 },
          { name: 'reducedSize', type: 'vec4u', offset: 96, count: 2 },
          { name: 'reducedStride', type: 'vec4u', offset: 128, count: 2 },
        ],
        uniformSize: 160,
      },
    },
  },
  resample: {
    source: `struct Sizes {
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
`,
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'spans', binding: 2, kind: 'read', element: 'i32' },
          { name: 'weights', binding: 3, kind: 'read', element: 'f32' },
          { name: 'output', binding: 4, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'inner', type: 'u32', offset: 4 },
          { name: 'inputAxis', type: 'u32', offset: 8 },
          { name: 'outputAxis', type: 'u32', offset: 12 },
          { name: 'fill', type: 'f32', offset: 16 },
        ],
        uniformSize: 20,
      },
    },
  },
  'row-norm': {
    source: `struct Sizes {
rows: u32,
size: u32,
affineInner: u32,
affineCount: u32,
epsilon: f32,
center: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> inverse: array<f32>;
@group(0) @binding(4) var<storage, read> scale: array<f32>;
@group(0) @binding(5) var<storage, read> shift: array<f32>;
@group(0) @binding(6) var<storage, read_write> output: array<f32>;
@group(0) @binding(7) var<storage, read> variance: array<f32>;
@compute @workgroup_size(64, 1, 1)
fn invert(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let r = id.x + id.y * groups.x * 64u;
if (r >= sizes.rows) { return; }
let square = select(mean[r] * mean[r], 0.0, sizes.center == 1u);
output[r] = 1.0 / sqrt(variance[r] + square + sizes.epsilon);
}
fn standardized(e: u32) -> f32 {
let r = e / sizes.size;
return (input[e] - select(0.0, mean[r], sizes.center == 1u)) * inverse[r];
}
@compute @workgroup_size(64, 1, 1)
fn plain(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let e = id.x + id.y * groups.x * 64u;
if (e >= sizes.rows * sizes.size) { return; }
output[e] = standardized(e);
}
@compute @workgroup_size(64, 1, 1)
fn scaled(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let e = id.x + id.y * groups.x * 64u;
if (e >= sizes.rows * sizes.size) { return; }
output[e] = standardized(e) * scale[(e / sizes.affineInner) % sizes.affineCount];
}
@compute @workgroup_size(64, 1, 1)
fn affine(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let e = id.x + id.y * groups.x * 64u;
if (e >= sizes.rows * sizes.size) { return; }
let a = (e / sizes.affineInner) % sizes.affineCount;
output[e] = standardized(e) * scale[a] + shift[a];
}
`,
    entryPoints: {
      invert: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 6, kind: 'write', element: 'f32' },
          { name: 'variance', binding: 7, kind: 'read', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'size', type: 'u32', offset: 4 },
          { name: 'affineInner', type: 'u32', offset: 8 },
          { name: 'affineCount', type: 'u32', offset: 12 },
          { name: 'epsilon', type: 'f32', offset: 16 },
          { name: 'center', type: 'u32', offset: 20 },
        ],
        uniformSize: 24,
      },
      plain: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'inverse', binding: 3, kind: 'read', element: 'f32' },
          { name: 'output', binding: 6, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'size', type: 'u32', offset: 4 },
          { name: 'affineInner', type: 'u32', offset: 8 },
          { name: 'affineCount', type: 'u32', offset: 12 },
          { name: 'epsilon', type: 'f32', offset: 16 },
          { name: 'center', type: 'u32', offset: 20 },
        ],
        uniformSize: 24,
      },
      scaled: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'inverse', binding: 3, kind: 'read', element: 'f32' },
          { name: 'scale', binding: 4, kind: 'read', element: 'f32' },
          { name: 'output', binding: 6, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'size', type: 'u32', offset: 4 },
          { name: 'affineInner', type: 'u32', offset: 8 },
          { name: 'affineCount', type: 'u32', offset: 12 },
          { name: 'epsilon', type: 'f32', offset: 16 },
          { name: 'center', type: 'u32', offset: 20 },
        ],
        uniformSize: 24,
      },
      affine: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'mean', binding: 2, kind: 'read', element: 'f32' },
          { name: 'inverse', binding: 3, kind: 'read', element: 'f32' },
          { name: 'scale', binding: 4, kind: 'read', element: 'f32' },
          { name: 'shift', binding: 5, kind: 'read', element: 'f32' },
          { name: 'output', binding: 6, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'size', type: 'u32', offset: 4 },
          { name: 'affineInner', type: 'u32', offset: 8 },
          { name: 'affineCount', type: 'u32', offset: 12 },
          { name: 'epsilon', type: 'f32', offset: 16 },
          { name: 'center', type: 'u32', offset: 20 },
        ],
        uniformSize: 24,
      },
    },
  },
  rows: {
    source: `struct Sizes {
rows: u32,
axis: u32,
inner: u32,
k: u32,
exclusive: u32,
reverse: u32,
onValue: f32,
offValue: f32,
}
const LARGEST = 1u; // variant
const INTEGER = 0u; // variant
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(2) var<storage, read_write> values: array<u32>;
@group(0) @binding(3) var<storage, read_write> indices: array<i32>;
@group(0) @binding(3) var<storage, read> givenIndices: array<i32>;
fn rowStart(row: u32, axis: u32) -> u32 {
return (row / sizes.inner) * axis * sizes.inner + row % sizes.inner;
}
fn keyOf(bits: u32) -> u32 {
var key = bits ^ 0x80000000u;
if (INTEGER == 0u) {
let magnitude = bits & 0x7fffffffu;
if (magnitude > 0x7f800000u) {
key = 0xffffffffu;
} else if (magnitude == 0u) {
key = 0x80000000u;
} else if (bits > 0x80000000u) {
key = ~bits;
} else {
key = bits | 0x80000000u;
}
}
return select(~key, key, LARGEST == 1u);
}
@compute @workgroup_size(64, 1, 1)
fn topK(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let row = id.x + id.y * groups.x * 64u;
if (row >= sizes.rows) { return; }
let start = rowStart(row, sizes.axis);
let first = rowStart(row, sizes.k);
var lastKey = 0xffffffffu;
var lastPlace = -1;
for (var j = 0u; j < sizes.k; j++) {
var bestKey = 0u;
var best = -1;
for (var a = 0u; a < sizes.axis; a++) {
let key = keyOf(input[start + a * sizes.inner]);
let comesAfter = key < lastKey || (key == lastKey && i32(a) > lastPlace);
if (comesAfter && (best < 0 || key > bestKey)) {
bestKey = key;
best = i32(a);
}
}
values[first + j * sizes.inner] = input[start + u32(max(best, 0)) * sizes.inner];
indices[first + j * sizes.inner] = best;
lastKey = bestKey;
lastPlace = best;
}
}
@compute @workgroup_size(64, 1, 1)
fn cumSum(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let row = id.x + id.y * groups.x * 64u;
if (row >= sizes.rows) { return; }
let start = rowStart(row, sizes.axis);
var total = 0.0;
var count = 0;
for (var b = 0u; b < sizes.axis; b++) {
let at = start + select(b, sizes.axis - 1u - b, sizes.reverse == 1u) * sizes.inner;
let before = select(bitcast<u32>(total), bitcast<u32>(count), INTEGER == 1u);
total += bitcast<f32>(input[at]);
count += bitcast<i32>(input[at]);
let after = select(bitcast<u32>(total), bitcast<u32>(count), INTEGER == 1u);
values[at] = select(after, before, sizes.exclusive == 1u);
}
}
@compute @workgroup_size(64, 1, 1)
fn hardmax(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let row = id.x + id.y * groups.x * 64u;
if (row >= sizes.rows) { return; }
let start = rowStart(row, sizes.axis);
var best = 0u;
for (var a = 1u; a < sizes.axis; a++) {
if (bitcast<f32>(input[start + a * sizes.inner]) > bitcast<f32>(input[start + best * sizes.inner])) { best = a; }
}
for (var a = 0u; a < sizes.axis; a++) {
values[start + a * sizes.inner] = bitcast<u32>(select(0.0, 1.0, a == best));
}
}
@compute @workgroup_size(64, 1, 1)
fn oneHot(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let t = id.x + id.y * groups.x * 64u;
if (t >= sizes.rows * sizes.axis) { return; }
let d = i32((t / sizes.inner) % sizes.axis);
let index = givenIndices[(t / (sizes.inner * sizes.axis)) * sizes.inner + t % sizes.inner];
let isOn = index == d || index == d - i32(sizes.axis);
values[t] = bitcast<u32>(select(sizes.offValue, sizes.onValue, isOn));
}
`,
    constants: [
      { name: 'LARGEST', value: 1 },
      { name: 'INTEGER', value: 0 },
    ],
    entryPoints: {
      topK: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'values', binding: 2, kind: 'write', element: 'u32' },
          { name: 'indices', binding: 3, kind: 'write', element: 'i32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'k', type: 'u32', offset: 12 },
          { name: 'exclusive', type: 'u32', offset: 16 },
          { name: 'reverse', type: 'u32', offset: 20 },
          { name: 'onValue', type: 'f32', offset: 24 },
          { name: 'offValue', type: 'f32', offset: 28 },
        ],
        uniformSize: 32,
      },
      cumSum: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'values', binding: 2, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'k', type: 'u32', offset: 12 },
          { name: 'exclusive', type: 'u32', offset: 16 },
          { name: 'reverse', type: 'u32', offset: 20 },
          { name: 'onValue', type: 'f32', offset: 24 },
          { name: 'offValue', type: 'f32', offset: 28 },
        ],
        uniformSize: 32,
      },
      hardmax: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'values', binding: 2, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'k', type: 'u32', offset: 12 },
          { name: 'exclusive', type: 'u32', offset: 16 },
          { name: 'reverse', type: 'u32', offset: 20 },
          { name: 'onValue', type: 'f32', offset: 24 },
          { name: 'offValue', type: 'f32', offset: 28 },
        ],
        uniformSize: 32,
      },
      oneHot: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'values', binding: 2, kind: 'write', element: 'u32' },
          { name: 'givenIndices', binding: 3, kind: 'read', element: 'i32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
          { name: 'k', type: 'u32', offset: 12 },
          { name: 'exclusive', type: 'u32', offset: 16 },
          { name: 'reverse', type: 'u32', offset: 20 },
          { name: 'onValue', type: 'f32', offset: 24 },
          { name: 'offValue', type: 'f32', offset: 28 },
        ],
        uniformSize: 32,
      },
    },
  },
  sgd: {
    source: `struct Sizes {
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
`,
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'gradient', binding: 1, kind: 'write', element: 'vec4f' },
          { name: 'learningRate', binding: 2, kind: 'read', element: 'f32' },
          { name: 'parameter', binding: 3, kind: 'write', element: 'vec4f' },
          { name: 'velocity', binding: 4, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'momentum', type: 'f32', offset: 4 },
          { name: 'weightDecay', type: 'f32', offset: 8 },
          { name: 'nesterov', type: 'u32', offset: 12 },
        ],
        uniformSize: 16,
      },
      many: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'gradient', binding: 1, kind: 'write', element: 'vec4f' },
          { name: 'learningRate', binding: 2, kind: 'read', element: 'f32' },
          { name: 'parameter', binding: 3, kind: 'write', element: 'vec4f' },
          { name: 'velocity', binding: 4, kind: 'write', element: 'vec4f' },
          { name: 'places', binding: 5, kind: 'read', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'momentum', type: 'f32', offset: 4 },
          { name: 'weightDecay', type: 'f32', offset: 8 },
          { name: 'nesterov', type: 'u32', offset: 12 },
        ],
        uniformSize: 16,
      },
    },
  },
  softmax: {
    source: `struct Sizes {
rows: u32,
axis: u32,
inner: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read> cotangent: array<f32>;
@group(0) @binding(3) var<storage, read_write> output: array<f32>;
fn rowStart(row: u32) -> u32 {
return (row / sizes.inner) * sizes.axis * sizes.inner + row % sizes.inner;
}
fn rowMaximum(start: u32) -> f32 {
var best = input[start];
for (var a = 1u; a < sizes.axis; a++) { best = max(best, input[start + a * sizes.inner]); }
return best;
}
fn rowSum(start: u32, largest: f32) -> f32 {
var total = 0.0;
for (var a = 0u; a < sizes.axis; a++) { total += exp(input[start + a * sizes.inner] - largest); }
return total;
}
@compute @workgroup_size(64, 1, 1)
fn softmax(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let row = id.x + id.y * groups.x * 64u;
if (row >= sizes.rows) { return; }
let start = rowStart(row);
let largest = rowMaximum(start);
let total = rowSum(start, largest);
for (var a = 0u; a < sizes.axis; a++) {
let at = start + a * sizes.inner;
output[at] = exp(input[at] - largest) / total;
}
}
@compute @workgroup_size(64, 1, 1)
fn logSoftmax(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let row = id.x + id.y * groups.x * 64u;
if (row >= sizes.rows) { return; }
let start = rowStart(row);
let largest = rowMaximum(start);
let logTotal = log(rowSum(start, largest));
for (var a = 0u; a < sizes.axis; a++) {
let at = start + a * sizes.inner;
output[at] = input[at] - largest - logTotal;
}
}
@compute @workgroup_size(64, 1, 1)
fn softmaxGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let row = id.x + id.y * groups.x * 64u;
if (row >= sizes.rows) { return; }
let start = rowStart(row);
var total = 0.0;
for (var a = 0u; a < sizes.axis; a++) {
let at = start + a * sizes.inner;
total += cotangent[at] * input[at];
}
for (var a = 0u; a < sizes.axis; a++) {
let at = start + a * sizes.inner;
output[at] = input[at] * (cotangent[at] - total);
}
}
@compute @workgroup_size(64, 1, 1)
fn logSoftmaxGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let row = id.x + id.y * groups.x * 64u;
if (row >= sizes.rows) { return; }
let start = rowStart(row);
var total = 0.0;
for (var a = 0u; a < sizes.axis; a++) { total += cotangent[start + a * sizes.inner]; }
for (var a = 0u; a < sizes.axis; a++) {
let at = start + a * sizes.inner;
output[at] = cotangent[at] - exp(input[at]) * total;
}
}
`,
    entryPoints: {
      softmax: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
        ],
        uniformSize: 12,
      },
      logSoftmax: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
        ],
        uniformSize: 12,
      },
      softmaxGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
        ],
        uniformSize: 12,
      },
      logSoftmaxGradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'f32' },
          { name: 'cotangent', binding: 2, kind: 'read', element: 'f32' },
          { name: 'output', binding: 3, kind: 'write', element: 'f32' },
        ],
        uniforms: [
          { name: 'rows', type: 'u32', offset: 0 },
          { name: 'axis', type: 'u32', offset: 4 },
          { name: 'inner', type: 'u32', offset: 8 },
        ],
        uniformSize: 12,
      },
    },
  },
  'strided-copy': {
    source: `struct Sizes {
count: u32,
rank: u32,
outputSize: array<vec4<u32>, 2>,
inputStride: array<vec4<u32>, 2>,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
var rest = i;
var index = 0u;
for (var axis = sizes.rank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let r = (axis - 1u) % 4u;
let size = sizes.outputSize[q][r];
index += (rest % size) * sizes.inputStride[q][r];
rest = rest / size;
}
output[i] = input[index];
}
`,
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'u32' },
          { name: 'output', binding: 2, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'outputSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'inputStride', type: 'vec4u', offset: 48, count: 2 },
        ],
        uniformSize: 80,
      },
    },
  },
  trigonometry: {
    source: `struct Sizes {
count: u32,
alpha: f32,
beta: f32,
}
const OPERATION = 0u; // variant
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> cotangent: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<vec4<f32>>;
fn sineCosine(x: f32) -> vec2<f32> {
let turns = round(x * 0.636619772);
let r = fma(turns, -7.54978995489188216e-8, fma(turns, -4.837512969970703125e-4, fma(turns, -1.5703125, x)));
let z = r * r;
let s = r + r * z * ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1);
let c = 1.0 - 0.5 * z + z * z * ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2);
let quarter = i32(turns) & 3;
let swapped = select(vec2<f32>(s, c), vec2<f32>(c, s), (quarter & 1) == 1);
return vec2<f32>(select(swapped.x, -swapped.x, quarter >= 2), select(swapped.y, -swapped.y, quarter == 1 || quarter == 2));
}
fn smallArcSine(x: f32) -> f32 {
let z = x * x;
var p = 4.2163199048e-2;
p = p * z + 2.4181311049e-2;
p = p * z + 4.5470025998e-2;
p = p * z + 7.4953002686e-2;
return x + x * z * (p * z + 1.6666752422e-1);
}
fn arcSine(x: f32) -> f32 {
let z = abs(x);
if (z <= 0.5) { return smallArcSine(x); }
return sign(x) * (1.57079633 - 2.0 * smallArcSine(sqrt(0.5 * (1.0 - z))));
}
fn arcCosine(x: f32) -> f32 {
let z = abs(x);
if (z <= 0.5) { return 1.57079633 - smallArcSine(x); }
let small = 2.0 * smallArcSine(sqrt(0.5 * (1.0 - z)));
return select(3.14159265 - small, small, x > 0.0);
}
fn arcTangent(x: f32) -> f32 {
let z = abs(x);
var offset = 0.0;
var y = z;
if (z > 2.41421356) {
offset = 1.57079633;
y = -1.0 / z;
} else if (z > 0.41421356) {
offset = 0.78539816;
y = (z - 1.0) / (z + 1.0);
}
let s = y * y;
let p = ((8.05374449538e-2 * s - 1.38776856032e-1) * s + 1.99777106478e-1) * s - 3.33329491539e-1;
return sign(x) * (offset + (y + y * s * p));
}
fn hyperbolicSine(x: f32) -> f32 {
let z = abs(x);
if (z < 1.0) {
let s = x * x;
return x + x * s * ((2.03721912945e-4 * s + 8.33028376239e-3) * s + 1.66667160211e-1);
}
let e = exp(0.5 * z);
return sign(x) * (0.5 * e * e - 0.5 / (e * e));
}
fn hyperbolicCosine(x: f32) -> f32 {
let e = exp(0.5 * abs(x));
return 0.5 * e * e + 0.5 / (e * e);
}
fn inverseHyperbolicSine(x: f32) -> f32 {
let z = abs(x);
if (z < 0.5) {
let s = x * x;
let p = (2.0122003309e-2 * s - 4.2699340972e-2) * s + 7.4847586088e-2;
return x + x * s * (p * s - 1.6666288134e-1);
}
if (z > 1500.0) { return sign(x) * (log(z) + 0.69314718); }
return sign(x) * log(z + sqrt(z * z + 1.0));
}
fn inverseHyperbolicCosine(x: f32) -> f32 {
let z = x - 1.0;
if (z < 0.5) {
let p = ((1.7596881071e-3 * z - 7.5272886713e-3) * z + 2.6454905019e-2) * z - 1.1784741703e-1;
return sqrt(z) * (p * z + 1.4142135263);
}
if (x > 1500.0) { return log(x) + 0.69314718; }
return log(x + sqrt(z * (x + 1.0)));
}
fn inverseHyperbolicTangent(x: f32) -> f32 {
let z = abs(x);
if (z < 0.5) {
let s = x * x;
var p = 1.81740078349e-1;
p = p * s + 8.24370301058e-2;
p = p * s + 1.46691431730e-1;
p = p * s + 1.99782164500e-1;
return x + x * s * (p * s + 3.33337300303e-1);
}
return sign(x) * 0.5 * log((1.0 + z) / (1.0 - z));
}
fn value(x: f32) -> f32 {
if (OPERATION == 0u) { return sineCosine(x).x; }
if (OPERATION == 1u) { return sineCosine(x).y; }
if (OPERATION == 2u) {
let both = sineCosine(x);
return both.x / both.y;
}
if (OPERATION == 3u) { return arcSine(x); }
if (OPERATION == 4u) { return arcCosine(x); }
if (OPERATION == 5u) { return arcTangent(x); }
if (OPERATION == 6u) { return hyperbolicSine(x); }
if (OPERATION == 7u) { return hyperbolicCosine(x); }
if (OPERATION == 8u) { return inverseHyperbolicSine(x); }
if (OPERATION == 9u) { return inverseHyperbolicCosine(x); }
return inverseHyperbolicTangent(x);
}
fn slope(x: f32) -> f32 {
if (OPERATION == 0u) { return sineCosine(x).y; }
if (OPERATION == 1u) { return -sineCosine(x).x; }
if (OPERATION == 2u) {
let c = sineCosine(x).y;
return 1.0 / (c * c);
}
if (OPERATION == 3u) { return 1.0 / sqrt((1.0 - x) * (1.0 + x)); }
if (OPERATION == 4u) { return -1.0 / sqrt((1.0 - x) * (1.0 + x)); }
if (OPERATION == 5u) { return 1.0 / (1.0 + x * x); }
if (OPERATION == 6u) { return hyperbolicCosine(x); }
if (OPERATION == 7u) { return hyperbolicSine(x); }
if (OPERATION == 8u) { return 1.0 / sqrt(1.0 + x * x); }
if (OPERATION == 9u) { return 1.0 / sqrt((x - 1.0) * (x + 1.0)); }
return 1.0 / ((1.0 - x) * (1.0 + x));
}
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i * 4u >= sizes.count) { return; }
let x = input[i];
output[i] = vec4<f32>(value(x.x), value(x.y), value(x.z), value(x.w));
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i * 4u >= sizes.count) { return; }
let x = input[i];
output[i] = cotangent[i] * vec4<f32>(slope(x.x), slope(x.y), slope(x.z), slope(x.w));
}
`,
    constants: [{ name: 'OPERATION', value: 0 }],
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'alpha', type: 'f32', offset: 4 },
          { name: 'beta', type: 'f32', offset: 8 },
        ],
        uniformSize: 12,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'vec4f' },
          { name: 'cotangent', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'alpha', type: 'f32', offset: 4 },
          { name: 'beta', type: 'f32', offset: 8 },
        ],
        uniformSize: 12,
      },
    },
  },
  unary: {
    source: `struct Sizes {
count: u32,
alpha: f32,
beta: f32,
}
const OPERATION = 0u; // variant
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> input: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> cotangent: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> output: array<vec4<f32>>;
fn erf(x: f32) -> f32 {
let z = abs(x);
if (z < 1.0) {
let s = x * x;
var p = 7.853861353153693e-5;
p = p * s - 8.010193625184903e-4;
p = p * s + 5.188327685732524e-3;
p = p * s - 2.685381193529856e-2;
p = p * s + 1.128358514861418e-1;
p = p * s - 3.761262582423300e-1;
return x * (p * s + 1.128379165726710);
}
let t = 1.0 / (1.0 + 0.3275911 * z);
let p = (((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592;
return sign(x) * (1.0 - p * t * exp(-z * z));
}
fn value(x: f32) -> f32 {
if (OPERATION == 0u) { return max(x, 0.0); }
if (OPERATION == 1u) { return sizes.alpha * x; }
if (OPERATION == 2u) { return abs(x); }
if (OPERATION == 3u) { return sign(x); }
if (OPERATION == 4u) { return floor(x); }
if (OPERATION == 5u) { return ceil(x); }
if (OPERATION == 6u) { return round(x); }
if (OPERATION == 7u) { return exp(x); }
if (OPERATION == 8u) { return select(log(x), sizes.alpha, x == 0.0); }
if (OPERATION == 9u) { return sqrt(x); }
if (OPERATION == 10u) { return 1.0 / x; }
return erf(x);
}
fn slope(x: f32) -> f32 {
if (OPERATION == 0u) { return select(0.0, 1.0, x > 0.0); }
if (OPERATION == 1u) { return sizes.alpha; }
if (OPERATION == 2u) { return sign(x); }
if (OPERATION < 7u) { return 0.0; }
if (OPERATION == 7u) { return exp(x); }
if (OPERATION == 8u) { return 1.0 / x; }
if (OPERATION == 9u) { return 0.5 / sqrt(x); }
if (OPERATION == 10u) { return -1.0 / (x * x); }
return 1.1283791671 * exp(-x * x);
}
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i * 4u >= sizes.count) { return; }
let x = input[i];
output[i] = vec4<f32>(value(x.x), value(x.y), value(x.z), value(x.w));
}
@compute @workgroup_size(64, 1, 1)
fn gradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i * 4u >= sizes.count) { return; }
let x = input[i];
output[i] = cotangent[i] * vec4<f32>(slope(x.x), slope(x.y), slope(x.z), slope(x.w));
}
`,
    constants: [{ name: 'OPERATION', value: 0 }],
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'alpha', type: 'f32', offset: 4 },
          { name: 'beta', type: 'f32', offset: 8 },
        ],
        uniformSize: 12,
      },
      gradient: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'input', binding: 1, kind: 'read', element: 'vec4f' },
          { name: 'cotangent', binding: 2, kind: 'read', element: 'vec4f' },
          { name: 'output', binding: 3, kind: 'write', element: 'vec4f' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'alpha', type: 'f32', offset: 4 },
          { name: 'beta', type: 'f32', offset: 8 },
        ],
        uniformSize: 12,
      },
    },
  },
  where: {
    source: `struct Sizes {
count: u32,
rank: u32,
outputSize: array<vec4<u32>, 2>,
conditionStride: array<vec4<u32>, 2>,
aStride: array<vec4<u32>, 2>,
bStride: array<vec4<u32>, 2>,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> condition: array<i32>;
@group(0) @binding(2) var<storage, read> a: array<u32>;
@group(0) @binding(3) var<storage, read> b: array<u32>;
@group(0) @binding(4) var<storage, read_write> output: array<u32>;
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
let i = id.x + id.y * groups.x * 64u;
if (i >= sizes.count) { return; }
var rest = i;
var conditionIndex = 0u;
var aIndex = 0u;
var bIndex = 0u;
for (var axis = sizes.rank; axis > 0u; axis--) {
let q = (axis - 1u) / 4u;
let r = (axis - 1u) % 4u;
let size = sizes.outputSize[q][r];
let position = rest % size;
rest = rest / size;
conditionIndex += position * sizes.conditionStride[q][r];
aIndex += position * sizes.aStride[q][r];
bIndex += position * sizes.bStride[q][r];
}
output[i] = select(b[bIndex], a[aIndex], condition[conditionIndex] != 0);
}
`,
    entryPoints: {
      main: {
        workgroupSize: [64, 1, 1],
        bindings: [
          { name: 'sizes', binding: 0, kind: 'uniform', element: 'Sizes' },
          { name: 'condition', binding: 1, kind: 'read', element: 'i32' },
          { name: 'a', binding: 2, kind: 'read', element: 'u32' },
          { name: 'b', binding: 3, kind: 'read', element: 'u32' },
          { name: 'output', binding: 4, kind: 'write', element: 'u32' },
        ],
        uniforms: [
          { name: 'count', type: 'u32', offset: 0 },
          { name: 'rank', type: 'u32', offset: 4 },
          { name: 'outputSize', type: 'vec4u', offset: 16, count: 2 },
          { name: 'conditionStride', type: 'vec4u', offset: 48, count: 2 },
          { name: 'aStride', type: 'vec4u', offset: 80, count: 2 },
          { name: 'bStride', type: 'vec4u', offset: 112, count: 2 },
        ],
        uniformSize: 144,
      },
    },
  },
} as const;

/** What each entry point binds, and which uniforms it reads; the key is `file/entryPoint`. */
export interface KernelSignatures {
  'activation/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'activation/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'adam/main': {
    bindings: 'gradient' | 'stepSize' | 'secondCorrection' | 'parameter' | 'firstMoment' | 'secondMoment';
    uniforms: {
      count: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
    };
  };
  'adam/many': {
    bindings: 'gradient' | 'stepSize' | 'secondCorrection' | 'parameter' | 'firstMoment' | 'secondMoment' | 'places';
    uniforms: {
      count: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
    };
  };
  'average-pool/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      padBottom: number;
      padRight: number;
      countPadding: number;
    };
  };
  'average-pool/gradient': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      padBottom: number;
      padRight: number;
      countPadding: number;
    };
  };
  'batch-norm/partialSums': {
    bindings: 'input' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/partialSquares': {
    bindings: 'input' | 'mean' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/combine': {
    bindings: 'output' | 'partials';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/normalize': {
    bindings: 'input' | 'mean' | 'variance' | 'scale' | 'shift' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/tabulate': {
    bindings: 'mean' | 'variance' | 'scale' | 'shift' | 'table';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/partialGradients': {
    bindings: 'input' | 'mean' | 'variance' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/combineGradients': {
    bindings: 'partials' | 'scaleGradient' | 'shiftGradient';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/inputGradient': {
    bindings: 'input' | 'mean' | 'variance' | 'scale' | 'cotangent' | 'output' | 'scaleSums' | 'shiftSums';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/inferenceGradient': {
    bindings: 'variance' | 'scale' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'bias/main': {
    bindings: 'input' | 'bias' | 'output';
    uniforms: {
      segments: number;
      segmentLength: number;
      runLength: number;
      channels: number;
      biasStep: number;
    };
  };
  'binary-integer/main': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'binary/same': {
    bindings: 'a4' | 'b4' | 'output4';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'binary/broadcast': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'compare/main': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'conv2d-depthwise-columns/convolve': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      flip: number;
    };
  };
  'conv2d-depthwise/forward': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      flip: number;
    };
  };
  'conv2d-direct/convolve': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      rowsPerStage: number;
      channelsPerStage: number;
    };
  };
  'conv2d-input-gradient/inputGradient': {
    bindings: 'outputCotangent' | 'packed' | 'inputCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/forward': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/inputGradient': {
    bindings: 'weight' | 'outputCotangent' | 'inputCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/weightGradient': {
    bindings: 'input' | 'outputCotangent' | 'weightCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-pack-weights/pack': {
    bindings: 'weight' | 'packed';
    uniforms: {
      outputChannels: number;
      inputChannels: number;
      kernelHeight: number;
      kernelWidth: number;
      groups: number;
    };
  };
  'conv2d-pack-weights/packTransposed': {
    bindings: 'weight' | 'packed';
    uniforms: {
      outputChannels: number;
      inputChannels: number;
      kernelHeight: number;
      kernelWidth: number;
      groups: number;
    };
  };
  'conv2d-tiled/convolve': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      splits: number;
      channelsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradient': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradientPointwise': {
    bindings: 'partials' | 'inputVectors' | 'cotangentVectors';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradientRow': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/singleTap': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/reducePartials': {
    bindings: 'partialSums' | 'weightCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d/forwardRow': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d/forwardPixels': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d/forwardPointwise': {
    bindings: 'packed' | 'inputVectors' | 'outputVectors';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'convert/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      mask: number;
    };
  };
  'copy/copy': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      length: number;
      inner: number;
      inputAxis: number;
      inputStart: number;
      inputStep: number;
      outputAxis: number;
      outputStart: number;
      outputStep: number;
    };
  };
  'copy/fill': {
    bindings: 'output';
    uniforms: {
      count: number;
      length: number;
      inner: number;
      inputAxis: number;
      inputStart: number;
      inputStep: number;
      outputAxis: number;
      outputStart: number;
      outputStep: number;
    };
  };
  'cross-entropy/forward': {
    bindings: 'logits' | 'labels' | 'output';
    uniforms: {
      batch: number;
      classes: number;
    };
  };
  'cross-entropy/gradient': {
    bindings: 'logits' | 'labels' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      classes: number;
    };
  };
  'depth-to-space/toSpace': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      channels: number;
      height: number;
      width: number;
      side: number;
      columnFirst: number;
    };
  };
  'depth-to-space/toDepth': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      channels: number;
      height: number;
      width: number;
      side: number;
      columnFirst: number;
    };
  };
  'draw-maps/partials': {
    bindings: 'maps' | 'partialExtents';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/extent': {
    bindings: 'partialExtents' | 'range';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/tiles': {
    bindings: 'maps' | 'range' | 'table' | 'colours';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/overlay': {
    bindings: 'maps' | 'range' | 'table' | 'colours';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'dropout/main': {
    bindings: 'input' | 'seed' | 'output';
    uniforms: {
      count: number;
      stream: number;
      threshold: number;
      scale: number;
    };
  };
  'flat-indices/fromSwitches': {
    bindings: 'switches' | 'flat';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'flat-indices/scatter': {
    bindings: 'input' | 'output' | 'indices';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'flat-indices/gather': {
    bindings: 'input' | 'output' | 'indices';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'gather-elements/forward': {
    bindings: 'input' | 'indices' | 'output';
    uniforms: {
      count: number;
      rank: number;
      axis: number;
      axisSize: number;
      axisStride: number;
      axisLength: number;
      outputSize: readonly number[]; // 2 x vec4
      otherSize: readonly number[]; // 2 x vec4
      ownStride: readonly number[]; // 2 x vec4
    };
  };
  'gather-elements/gradient': {
    bindings: 'cotangent' | 'indices' | 'sum';
    uniforms: {
      count: number;
      rank: number;
      axis: number;
      axisSize: number;
      axisStride: number;
      axisLength: number;
      outputSize: readonly number[]; // 2 x vec4
      otherSize: readonly number[]; // 2 x vec4
      ownStride: readonly number[]; // 2 x vec4
    };
  };
  'gather/forward': {
    bindings: 'input' | 'indices' | 'output';
    uniforms: {
      count: number;
      inner: number;
      axis: number;
      indexCount: number;
    };
  };
  'gather/gradient': {
    bindings: 'cotangent' | 'indices' | 'sum';
    uniforms: {
      count: number;
      inner: number;
      axis: number;
      indexCount: number;
    };
  };
  'grid-sample/forward': {
    bindings: 'input' | 'grid' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'grid-sample/gridGradient': {
    bindings: 'input' | 'grid' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'grid-sample/inputGradient': {
    bindings: 'grid' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'lp-norm/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      lines: number;
      axis: number;
      inner: number;
      p: number;
    };
  };
  'lp-norm/gradient': {
    bindings: 'input' | 'output' | 'cotangent';
    uniforms: {
      lines: number;
      axis: number;
      inner: number;
      p: number;
    };
  };
  'lp-pool/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      exponent: number;
    };
  };
  'lp-pool/gradient': {
    bindings: 'input' | 'output' | 'norms' | 'cotangent';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      exponent: number;
    };
  };
  'lrn/forward': {
    bindings: 'input' | 'output' | 'scale';
    uniforms: {
      count: number;
      channels: number;
      spatial: number;
      before: number;
      after: number;
      factor: number;
      beta: number;
      bias: number;
    };
  };
  'lrn/gradient': {
    bindings: 'input' | 'output' | 'givenScale' | 'cotangent';
    uniforms: {
      count: number;
      channels: number;
      spatial: number;
      before: number;
      after: number;
      factor: number;
      beta: number;
      bias: number;
    };
  };
  'matmul-naive/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
    };
  };
  'matmul-tiled/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul-tiled/dot': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiplyPacked': {
    bindings: 'c' | 'packedA' | 'packedB';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/packRows': {
    bindings: 'a' | 'packed';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiplyVector': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/reducePartials': {
    bindings: 'c' | 'partials';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'max-pool/maxPool': {
    bindings: 'input' | 'output' | 'switches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'max-pool/unpool': {
    bindings: 'input' | 'output' | 'givenSwitches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'max-pool/poolSwitch': {
    bindings: 'input' | 'output' | 'givenSwitches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'pad/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      inner: number;
      size: number;
      padded: number;
      before: number;
      value: number;
    };
  };
  'pad/gradient': {
    bindings: 'cotangent' | 'sum';
    uniforms: {
      count: number;
      inner: number;
      size: number;
      padded: number;
      before: number;
      value: number;
    };
  };
  'reduce-max-gradient/main': {
    bindings: 'cotangent' | 'positions' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce-product/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      keptRank: number;
      reducedRank: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce-product/gradient': {
    bindings: 'input' | 'output' | 'cotangent';
    uniforms: {
      kept: number;
      reduced: number;
      keptRank: number;
      reducedRank: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/sum': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/extremum': {
    bindings: 'input' | 'output' | 'positions';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/logSumExp': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'resample/main': {
    bindings: 'input' | 'spans' | 'weights' | 'output';
    uniforms: {
      count: number;
      inner: number;
      inputAxis: number;
      outputAxis: number;
      fill: number;
    };
  };
  'row-norm/invert': {
    bindings: 'mean' | 'output' | 'variance';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/plain': {
    bindings: 'input' | 'mean' | 'inverse' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/scaled': {
    bindings: 'input' | 'mean' | 'inverse' | 'scale' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/affine': {
    bindings: 'input' | 'mean' | 'inverse' | 'scale' | 'shift' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'rows/topK': {
    bindings: 'input' | 'values' | 'indices';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/cumSum': {
    bindings: 'input' | 'values';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/hardmax': {
    bindings: 'input' | 'values';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/oneHot': {
    bindings: 'values' | 'givenIndices';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'sgd/main': {
    bindings: 'gradient' | 'learningRate' | 'parameter' | 'velocity';
    uniforms: {
      count: number;
      momentum: number;
      weightDecay: number;
      nesterov: number;
    };
  };
  'sgd/many': {
    bindings: 'gradient' | 'learningRate' | 'parameter' | 'velocity' | 'places';
    uniforms: {
      count: number;
      momentum: number;
      weightDecay: number;
      nesterov: number;
    };
  };
  'softmax/softmax': {
    bindings: 'input' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/logSoftmax': {
    bindings: 'input' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/softmaxGradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/logSoftmaxGradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'strided-copy/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      inputStride: readonly number[]; // 2 x vec4
    };
  };
  'trigonometry/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'trigonometry/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'unary/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'unary/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'where/main': {
    bindings: 'condition' | 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      conditionStride: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
}
