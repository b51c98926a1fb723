// Matrix product for GPUs: a workgroup makes a tile of the result, and reads tiles of both factors through workgroup memory.
//
//   c[m, n] = sum over k of  a[m, k] · b[k, n]      (+ the old c[m, n] with accumulate)
//
// multiply  8 x 8 threads, each making ROWS x COLUMNS elements (4 or 8 each): a tile of 8 · ROWS x 8 · COLUMNS, 16 of the inner
//           dimension at a time.
// dot       for results of at most ROWS rows, and inner dimensions that best lie side by side in memory: a workgroup reads one column
//           of b, its threads one element after another, and adds what they have by a fixed tree.
//
// In a tile in workgroup memory, a vec4 holds rows (or columns) s, s + S, s + 2S and s + 3S of the tile, S = ROWS / 4 · 8, so that
// threads side by side read and write memory side by side. A row of a tile has a vec4 more than it needs, against bank conflicts.
//
// With splits > 1 the inner dimension is cut into runs of innerPerSplit, and c receives splits dense matrices [splits, rows, columns]
// of partial sums (cOffset 0, cRowStride columns, cColumnStride 1, accumulate 0), for reducePartials of matmul.wgsl.
//
// Layout: an element of a matrix lies at offset + row · rowStride + column · columnStride (in floats). A is rows x inner, B inner x
// columns, C rows x columns. dot reads all of inner and knows no splits.
// Dispatch: workgroups folded into y beyond 65535.
//   multiply  ceil(rows / (8 · ROWS)) · ceil(columns / (8 · COLUMNS)) · splits
//   dot       columns
// Example: inner = 18, cColumnStride = 1, innerPerSplit = 18

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

// DEPTH rows of 16 slots and one more, for blocks of 8.
var<workgroup> aTile: array<vec4<f32>, 272>;
var<workgroup> bTile: array<vec4<f32>, 272>;
var<workgroup> partSums: array<f32, 512>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finishedAt(value: f32, place: u32) -> f32 { return value; }

fn write(place: u32, value: f32) {
  if (sizes.accumulate != 0u) {
    c[place] = value + c[place];
  } else {
    c[place] = finishedAt(value, place);
  }
}

/// Rows first, first + ROW_SLOTS, … of a's column k; zeros past the ends.
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

/// Columns first, first + COLUMN_SLOTS, … of b's row k; zeros past the ends.
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
  // Neighbouring threads read along the inner dimension, or across it, whichever lies side by side in memory.
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

  // One row after another, chosen by selects in a loop whose step (always 1) compilers cannot know: ROWS · COLUMNS separate
  // stores would take software adapters seconds to compile.
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
  // Rows past the end repeat the last one, and are not written.
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
