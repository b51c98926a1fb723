// Matrix products as sums of outer products, register-blocked, without workgroup memory: a thread makes 8 rows x 8 columns.
//
//   c[z, m, n] = sum over k of  a[z % factors, k, m] · b[z, k, n]      (+ the old c[z, m, n] with accumulate)
//
// multiply         writes single elements, wherever they lie.
// multiplyVectors  writes vectors of four: cColumnStride is 1, and the columns and all other strides of c are multiples of 4.
//
// Both are read in rows of their inner dimension, as copies of inner-rows.wgsl have them: an element of a lies at (aOffset + z % factors · aProduct + k · aStep) · 4 + m, one of b
// likewise with n; the numbers count vectors of four. What lies past the rows and columns is read, and not used.
// With splits > 1 the inner dimension is cut into runs of innerPerSplit, and c receives the partial sums of one split after another,
// [splits, products, rows, columns] (cOffset 0, accumulate 0), for reducePartials of matmul.wgsl.
//
// Layout of c: an element lies at cOffset + (split · products + z) · cProduct + m · cRowStride + n · cColumnStride.
// Dispatch: ceil(columns / 512) · ceil(rows / 8) · products · splits workgroups, folded into y beyond 65535. Each has the rows of one tile,
// so that its threads read one part of a.
// Example: products = 2, factors = 1, splits = 1, aOffset = 0, bOffset = 0, cOffset = 0, cColumnStride = 1, cRowStride = 4, cProduct = 8, innerPerSplit = 2

struct Sizes {
  rows: u32,
  columns: u32,
  inner: u32,
  products: u32,
  factors: u32,
  splits: u32,
  innerPerSplit: u32,
  aOffset: u32,
  aStep: u32,
  aProduct: u32,
  bOffset: u32,
  bStep: u32,
  bProduct: u32,
  cOffset: u32,
  cRowStride: u32,
  cColumnStride: u32,
  cProduct: u32,
  accumulate: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@group(0) @binding(4) var<storage, read_write> cVectors: array<vec4<f32>>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finishedAt(value: f32, place: u32) -> f32 { return value; }
fn finishedVectorsAt(value: vec4<f32>, place: u32) -> vec4<f32> { return value; }

struct Tile {
  row: u32,
  column: u32,
  product: u32,
  split: u32,
}

alias Sums = array<vec4<f32>, 16>;

fn tileOf(index: u32) -> Tile {
  let columnGroups = (sizes.columns + 511u) / 512u;
  let rowTiles = (sizes.rows + 7u) / 8u;
  let column = (index / 64u % columnGroups * 64u + index % 64u) * 8u;
  let tile = index / (64u * columnGroups);
  let part = tile / rowTiles;
  return Tile(tile % rowTiles * 8u, column, part % sizes.products, part / sizes.products);
}

/// The left four columns of each row, and the right ones. Written out: some software adapters unroll no loops, and sums whose
/// places are not constants take three times as long there.
fn sumsOf(tile: Tile) -> Sums {
  var sums: Sums;
  let first = tile.split * sizes.innerPerSplit;
  var aPlace = sizes.aOffset + tile.product % sizes.factors * sizes.aProduct + first * sizes.aStep + tile.row / 4u;
  var bPlace = sizes.bOffset + tile.product * sizes.bProduct + first * sizes.bStep + tile.column / 4u;
  for (var k = first; k < min(sizes.inner, first + sizes.innerPerSplit); k++) {
    let top = a[aPlace];
    let bottom = a[aPlace + 1u];
    let left = b[bPlace];
    let right = b[bPlace + 1u];
    aPlace += sizes.aStep;
    bPlace += sizes.bStep;
    sums[0] = fma(vec4<f32>(top.x), left, sums[0]);
    sums[1] = fma(vec4<f32>(top.x), right, sums[1]);
    sums[2] = fma(vec4<f32>(top.y), left, sums[2]);
    sums[3] = fma(vec4<f32>(top.y), right, sums[3]);
    sums[4] = fma(vec4<f32>(top.z), left, sums[4]);
    sums[5] = fma(vec4<f32>(top.z), right, sums[5]);
    sums[6] = fma(vec4<f32>(top.w), left, sums[6]);
    sums[7] = fma(vec4<f32>(top.w), right, sums[7]);
    sums[8] = fma(vec4<f32>(bottom.x), left, sums[8]);
    sums[9] = fma(vec4<f32>(bottom.x), right, sums[9]);
    sums[10] = fma(vec4<f32>(bottom.y), left, sums[10]);
    sums[11] = fma(vec4<f32>(bottom.y), right, sums[11]);
    sums[12] = fma(vec4<f32>(bottom.z), left, sums[12]);
    sums[13] = fma(vec4<f32>(bottom.z), right, sums[13]);
    sums[14] = fma(vec4<f32>(bottom.w), left, sums[14]);
    sums[15] = fma(vec4<f32>(bottom.w), right, sums[15]);
  }
  return sums;
}

@compute @workgroup_size(64, 1, 1)
fn multiply(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let tile = tileOf(id.x + id.y * (workgroups.x * 64u));
  if (tile.split >= sizes.splits || tile.column >= sizes.columns) {
    return;
  }
  // Since an index that changes reads them, the results lie in memory, and stores in a loop write them: many would take long to compile.
  var results = sumsOf(tile);
  let step = min(sizes.rows, 1u);
  let corner = sizes.cOffset + (tile.split * sizes.products + tile.product) * sizes.cProduct + tile.row * sizes.cRowStride
    + tile.column * sizes.cColumnStride;
  for (var r = 0u; r < min(8u, sizes.rows - tile.row); r += step) {
    for (var v = 0u; v < min(8u, sizes.columns - tile.column); v += step) {
      let place = corner + r * sizes.cRowStride + v * sizes.cColumnStride;
      let sum = results[2u * r + v / 4u][v % 4u];
      c[place] = finishedAt(select(sum, sum + c[place], sizes.accumulate != 0u), place);
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn multiplyVectors(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let tile = tileOf(id.x + id.y * (workgroups.x * 64u));
  if (tile.split >= sizes.splits || tile.column >= sizes.columns) {
    return;
  }
  var results = sumsOf(tile);
  let step = min(sizes.rows, 1u);
  let corner = (sizes.cOffset + (tile.split * sizes.products + tile.product) * sizes.cProduct + tile.row * sizes.cRowStride + tile.column)
    / 4u;
  for (var r = 0u; r < min(8u, sizes.rows - tile.row); r += step) {
    for (var v = 0u; v < min(2u, (sizes.columns - tile.column) / 4u); v += step) {
      let place = corner + r * sizes.cRowStride / 4u + v;
      cVectors[place] = finishedVectorsAt(results[2u * r + v], place);
    }
  }
}
