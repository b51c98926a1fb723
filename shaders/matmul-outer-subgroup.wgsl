// Matrix products as sums of outer products, for adapters whose subgroups are 8 invocations that share what they load.
//
//   c[z, m, n] = sum over k of  a[z % factors, k, m] · b[z, k, n]      (+ the old c[z, m, n] with accumulate)
//
// A subgroup makes a tile of ROWS rows (at most 32) by 32 columns: each invocation has four columns, reads a vec4 of b for them, and a
// vec4 of a for all of them, which goes round by shuffles: two loads for ROWS · 4 multiply-adds. The loop is not unrolled: software
// adapters run a body best that fits the processor's store of decoded instructions.
//
// multiply         writes single elements, wherever they lie.
// multiplyVectors  writes vectors of four: cColumnStride is 1, and all other sizes and strides of c are multiples of 4.
//
// Both are read in rows of their inner dimension, as copies of inner-rows.wgsl have them: an element of a lies at (aOffset + z % factors · aProduct + k · aStep) · 4 + m, one of b
// likewise with n; the four numbers count vectors of four. What lies past the rows and columns is read, and not used.
// With splits > 1 the inner dimension is cut into runs of innerPerSplit, and c receives splits times the products of partial sums:
// [splits, products, rows, columns] (cOffset 0, accumulate 0), for reducePartials of matmul.wgsl.
//
// Layout of c: an element lies at cOffset + (split · products + z) · cProduct + m · cRowStride + n · cColumnStride.
// Dispatch: 8 tiles a workgroup: ceil(ceil(rows / ROWS) · ceil(columns / 32) · products · splits / 8), folded into y beyond 65535.
// Example: products = 2, factors = 1, splits = 1, aOffset = 0, bOffset = 0, cOffset = 0, cColumnStride = 1, cRowStride = 4, cProduct = 8, innerPerSplit = 2

enable subgroups;

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

const ROWS = 32u; // variant

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
  /// Columns that the invocation writes.
  written: u32,
}

fn tileOf(index: u32, lane: u32) -> Tile {
  let columnTiles = (sizes.columns + 31u) / 32u;
  let tilesOfProduct = columnTiles * ((sizes.rows + ROWS - 1u) / ROWS);
  let tiles = tilesOfProduct * sizes.products * sizes.splits;
  // All invocations have to shuffle: past the last tile, it is made once more, and not written.
  let tile = min(index, tiles - 1u);
  let part = tile / tilesOfProduct;
  let place = tile - part * tilesOfProduct;
  let column = place % columnTiles * 32u + lane * 4u;
  let left = select(0u, sizes.columns, index < tiles);
  let split = part / sizes.products;
  return Tile(place / columnTiles * ROWS, column, part - split * sizes.products, split, min(4u, max(left, column) - column));
}

fn sumsOf(tile: Tile, lane: u32) -> array<vec4<f32>, ROWS> {
  var sums: array<vec4<f32>, ROWS>;
  let first = tile.split * sizes.innerPerSplit;
  var aPlace = sizes.aOffset + tile.product % sizes.factors * sizes.aProduct + first * sizes.aStep + tile.row / 4u + lane;
  var bPlace = sizes.bOffset + tile.product * sizes.bProduct + first * sizes.bStep + tile.column / 4u;
  // Shuffles want a loop that is the same for all invocations; what is past the last run's end counts nothing.
  let end = sizes.inner - min(sizes.inner, first);
  for (var k = 0u; k < sizes.innerPerSplit; k++) {
    let x = select(vec4<f32>(), a[aPlace], k < end);
    let y = select(vec4<f32>(), b[bPlace], k < end);
    aPlace += sizes.aStep;
    bPlace += sizes.bStep;
    for (var r = 0u; r < ROWS; r += 4u) {
      let four = subgroupShuffle(x, r / 4u);
      sums[r] = fma(vec4<f32>(four.x), y, sums[r]);
      sums[r + 1u] = fma(vec4<f32>(four.y), y, sums[r + 1u]);
      sums[r + 2u] = fma(vec4<f32>(four.z), y, sums[r + 2u]);
      sums[r + 3u] = fma(vec4<f32>(four.w), y, sums[r + 3u]);
    }
  }
  return sums;
}

@compute @workgroup_size(64, 1, 1)
fn multiply(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) invocation: u32,
) {
  let lane = invocation % 8u;
  let tile = tileOf((workgroup.x + workgroup.y * workgroups.x) * 8u + invocation / 8u, lane);
  // Since an index that changes reads them, the results lie in memory, and stores in a loop write them: many would take long to compile.
  var results = sumsOf(tile, lane);
  if (tile.written == 0u) {
    return;
  }
  let step = min(sizes.rows, 1u);
  let corner = sizes.cOffset + (tile.split * sizes.products + tile.product) * sizes.cProduct + tile.row * sizes.cRowStride + tile.column * sizes.cColumnStride;
  for (var r = 0u; r < min(ROWS, sizes.rows - tile.row); r += step) {
    let four = results[r];
    for (var v = 0u; v < tile.written; v += step) {
      let place = corner + r * sizes.cRowStride + v * sizes.cColumnStride;
      let value = select(four[v], four[v] + c[place], sizes.accumulate != 0u);
      c[place] = finishedAt(value, place);
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn multiplyVectors(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) invocation: u32,
) {
  let lane = invocation % 8u;
  let tile = tileOf((workgroup.x + workgroup.y * workgroups.x) * 8u + invocation / 8u, lane);
  var results = sumsOf(tile, lane);
  if (tile.written == 0u) {
    return;
  }
  let step = min(sizes.rows, 1u);
  let corner = (sizes.cOffset + (tile.split * sizes.products + tile.product) * sizes.cProduct + tile.row * sizes.cRowStride + tile.column) / 4u;
  for (var r = 0u; r < min(ROWS, sizes.rows - tile.row); r += step) {
    let place = corner + r * sizes.cRowStride / 4u;
    cVectors[place] = finishedVectorsAt(results[r], place);
  }
}
