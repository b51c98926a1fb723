// Matrix product, register-blocked, without workgroup memory.
//
//   c[m, n] = sum over k of  a[m, k] · b[k, n]      (+ the old c[m, n] with accumulate)
//
// multiply        a thread makes 8 rows x 8 columns straight from the matrices, wherever their elements lie.
// multiplyVector  a thread makes one element: for results with few rows and columns.
// reducePartials  adds the partial sums of several splits, in their order.
//
// With splits > 1 the inner dimension is cut into runs of innerPerSplit, and c receives splits dense matrices [splits, rows, columns]
// of partial sums (cOffset 0, cRowStride columns, cColumnStride 1, accumulate 0); reducePartials then writes the result.
//
// Layout: an element of a matrix lies at offset + row · rowStride + column · columnStride (in floats), so a transposed matrix is
// one with its two strides swapped, and a chunk of rows is another offset. A is rows x inner, B inner x columns, C rows x columns.
// Dispatch: workgroups folded into y beyond 65535.
//   multiply        ceil(ceil(rows / 8) · ceil(columns / 8) · splits / 64)
//   multiplyVector  ceil(rows · columns · splits / 64)
//   reducePartials  ceil(rows · columns / 64)
// Example: aOffset = 0, bOffset = 0, cOffset = 0, aColumnStride = 1, bColumnStride = 1, cColumnStride = 1, innerPerSplit = 1

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

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@group(0) @binding(4) var<storage, read> partials: array<f32>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finishedAt(value: f32, place: u32) -> f32 { return value; }

fn write(place: u32, value: f32) {
  c[place] = finishedAt(select(value, value + c[place], sizes.accumulate != 0u), place);
}

/// Writes a tile, as far as there are rows and columns. The element is chosen by selects in loops whose step (always 1) compilers
/// cannot know: 64 separate stores would take software adapters seconds to compile.
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

  // Rows and columns past the end repeat the last one, and are not written.
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
