// Matrix product, one thread an element of the result: the judge of matmul.wgsl.
//
//   c[m, n] = sum over k of  a[m, k] · b[k, n]      (+ the old c[m, n] with accumulate)
//
// Layout: an element of a matrix lies at offset + row · rowStride + column · columnStride (in floats), so a transposed matrix is
// one with its two strides swapped, and a chunk of rows is another offset. A is rows x inner, B inner x columns, C rows x columns.
// Dispatch: one thread an element of C; ceil(rows · columns / 64) workgroups, folded into y beyond 65535.
// Example: aOffset = 0, bOffset = 0, cOffset = 0, aColumnStride = 1, bColumnStride = 1, cColumnStride = 1

struct Sizes {
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
