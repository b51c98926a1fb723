// A copy of matrices in rows of their inner dimension, as sums of outer products read them.
//
//   copy[z, k, m] = matrix[z, m, k];  what is past the rows repeats the last one
//
// Layout: element (z, m, k) of the matrices at offset + z · matrixStride + m · rowStride + k · innerStride; copy
// [matrices, inner, ceil(rows / 4)] vectors of four rows.
// Dispatch: matrices · inner · ceil(rows / 4) threads of 64, workgroups folded into y beyond 65535.

struct Sizes {
  rows: u32,
  inner: u32,
  matrices: u32,
  offset: u32,
  matrixStride: u32,
  rowStride: u32,
  innerStride: u32,
}

/// 1 where the inner dimension lies side by side in memory.
const ALONG_INNER = 0u; // variant

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> matrix: array<f32>;
@group(0) @binding(2) var<storage, read_write> copy: array<vec4<f32>>;

@compute @workgroup_size(64, 1, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let fours = (sizes.rows + 3u) / 4u;
  // Neighbouring threads read along what lies side by side in memory. Remainders by subtraction: software adapters divide lane by lane.
  let length = select(fours, sizes.inner, ALONG_INNER == 1u);
  let others = select(sizes.inner, fours, ALONG_INNER == 1u);
  let line = index / length;
  let z = line / others;
  if (z >= sizes.matrices) {
    return;
  }
  let along = index - line * length;
  let across = line - z * others;
  let k = select(across, along, ALONG_INNER == 1u);
  let four = select(along, across, ALONG_INNER == 1u);
  let last = sizes.rows - 1u;
  let start = sizes.offset + z * sizes.matrixStride + k * sizes.innerStride;
  copy[(z * sizes.inner + k) * fours + four] = vec4<f32>(
    matrix[start + min(four * 4u, last) * sizes.rowStride],
    matrix[start + min(four * 4u + 1u, last) * sizes.rowStride],
    matrix[start + min(four * 4u + 2u, last) * sizes.rowStride],
    matrix[start + min(four * 4u + 3u, last) * sizes.rowStride],
  );
}
