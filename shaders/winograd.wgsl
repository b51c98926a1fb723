// Convolution by Winograd's minimal filtering: tiles of the planes and the kernel are evaluated at the points of a polynomial, multiplied
// there, and turned back, with (TILE / OUTPUTS)² instead of KERNEL² products an output. OUTPUTS = TILE - KERNEL + 1 along each axis.
//
//   y = Aᵀ [ sum over c of  (G w Gᵀ) ∘ (Bᵀ x B) ] A        dw = Aᵀ [ sum over tiles of  (G dy Gᵀ) ∘ (Bᵀ x B) ] A
//
// (Lavin & Gray 2015, 1509.09308; the weights' gradient has dy for its kernel, and KERNEL outputs.) The points are 0, infinity, and
// ±3/4, ±3/2 with TILE = 6 or ±1/2, ±1, ±2 with TILE = 8: of those that floats hold exactly they lose the least, about 2 and 5 times what
// sums in order lose. The sums are matrix products, one for each pair of points (a "frequency"), by matmul-outer.wgsl.
//
// transformTiles           a thread makes Bᵀ x B of one tile of one plane, or G dy Gᵀ with COTANGENT = 1.
// transformKernel          a thread makes G w Gᵀ of one pair of channels, a row and a column; with flip, taps count from the end.
// transformOutput          a thread makes Aᵀ m A of four tiles of one plane.
// transformKernelGradient  a thread makes Aᵀ m A of one pair of channels from the sum of the splits.
//
// Tiles are numbered through pictures, rows and columns; `tiles` of them are here, from firstTile on.
// Layout: image [N, planes, height, width]; transformed [TILE², …], a frequency after frequencyStride elements, in which tiles and planes
// lie by tileStride and planeStride, one of which is 1, and channels of a kernel [rows, rowStride], of which the first columns are used;
// kernel: by kernelRowStride and kernelColumnStride, each KERNEL · KERNEL taps; splits of transformed [splits, TILE², …].
// Dispatch: threads of 64, folded into y beyond 65535 workgroups: transformTiles planes · tiles, transformOutput planes · ceil(tiles / 4),
// transformKernel rows · rowStride, transformKernelGradient rows · columns.
// Example: height = 4, width = 4, tileRows = 1, tileColumns = 1, firstTile = 0, tiles = 2, tileStride = 1, planeStride = 4, rowStride = 4, frequencyStride = 8, kernelRowStride = 18, kernelColumnStride = 9, splits = 1

struct Sizes {
  planes: u32,
  height: u32,
  width: u32,
  padTop: i32,
  padLeft: i32,
  tileRows: u32,
  tileColumns: u32,
  firstTile: u32,
  tiles: u32,
  tileStride: u32,
  planeStride: u32,
  frequencyStride: u32,
  rows: u32,
  columns: u32,
  rowStride: u32,
  kernelRowStride: u32,
  kernelColumnStride: u32,
  flip: u32,
  splits: u32,
}

const TILE = 6u; // variant
const KERNEL = 3u; // variant
const COTANGENT = 0u; // variant
const OUTPUTS = TILE - KERNEL + 1u;
/// What transformTiles reads of a plane along one axis.
const LENGTH = select(TILE, OUTPUTS, COTANGENT == 1u);

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> image: array<f32>;
@group(0) @binding(2) var<storage, read_write> transformed: array<f32>;
@group(0) @binding(3) var<storage, read> kernel: array<f32>;
@group(0) @binding(4) var<storage, read> productVectors: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> output: array<f32>;
@group(0) @binding(6) var<storage, read> products: array<f32>;
@group(0) @binding(7) var<storage, read_write> kernelGradient: array<f32>;

/// Values along one axis of a tile, or at its points: 0, then the others by twos, plus and minus, and infinity as the last of TILE.
alias Line = array<f32, 8>;
alias LineVectors = array<vec4<f32>, 8>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }

/// Bᵀ d.
fn inputAtPoints(d: Line) -> Line {
  if (TILE == 6u) {
    let even1 = d[4] - 2.25 * d[2];
    let odd1 = 0.75 * (d[3] - 2.25 * d[1]);
    let even2 = d[4] - 0.5625 * d[2];
    let odd2 = 1.5 * (d[3] - 0.5625 * d[1]);
    let zero = d[4] - 2.8125 * d[2] + 1.265625 * d[0];
    let infinity = d[5] - 2.8125 * d[3] + 1.265625 * d[1];
    return Line(zero, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, infinity, 0.0, 0.0);
  }
  let even1 = d[6] - 5.0 * d[4] + 4.0 * d[2];
  let odd1 = 0.5 * (d[5] - 5.0 * d[3] + 4.0 * d[1]);
  let even2 = d[6] - 4.25 * d[4] + d[2];
  let odd2 = d[5] - 4.25 * d[3] + d[1];
  let even3 = d[6] - 1.25 * d[4] + 0.25 * d[2];
  let odd3 = 2.0 * (d[5] - 1.25 * d[3] + 0.25 * d[1]);
  let zero = d[6] - d[0] + 5.25 * (d[2] - d[4]);
  let infinity = d[7] - d[1] + 5.25 * (d[3] - d[5]);
  return Line(zero, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, even3 + odd3, even3 - odd3, infinity);
}

/// G g, of which the first `taps` values count: the kernel's, or the cotangent's of one tile.
fn kernelAtPoints(g: Line, taps: u32) -> Line {
  if (TILE == 6u) {
    let even1 = (g[0] + 0.5625 * g[2] + 0.31640625 * g[4]) * (-128.0 / 243.0);
    let odd1 = (g[1] + 0.5625 * g[3]) * (-96.0 / 243.0);
    let even2 = (g[0] + 2.25 * g[2] + 5.0625 * g[4]) * (32.0 / 243.0);
    let odd2 = (g[1] + 2.25 * g[3]) * (48.0 / 243.0);
    let zero = g[0] * (64.0 / 81.0);
    return Line(zero, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, g[taps - 1u], 0.0, 0.0);
  }
  let even1 = (g[0] + 0.25 * g[2] + 0.0625 * g[4]) * (32.0 / 45.0);
  let odd1 = (g[1] + 0.25 * g[3]) * (16.0 / 45.0);
  let even2 = (g[0] + g[2] + g[4]) * (-2.0 / 9.0);
  let odd2 = (g[1] + g[3]) * (-2.0 / 9.0);
  let even3 = (g[0] + 4.0 * g[2] + 16.0 * g[4]) * (1.0 / 90.0);
  let odd3 = (g[1] + 4.0 * g[3]) * (1.0 / 45.0);
  return Line(-g[0], even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, even3 + odd3, even3 - odd3, g[taps - 1u]);
}

fn tileAtPoints(line: Line) -> Line {
  if (COTANGENT == 1u) {
    return kernelAtPoints(line, OUTPUTS);
  }
  return inputAtPoints(line);
}

/// Aᵀ t, of which the first `outputs` values count.
fn fromPoints(t: LineVectors, outputs: u32) -> LineVectors {
  let even1 = t[1] + t[2];
  let odd1 = t[1] - t[2];
  let even2 = t[3] + t[4];
  let odd2 = t[3] - t[4];
  var y: LineVectors;
  if (TILE == 6u) {
    y[0] = t[0] + even1 + even2;
    y[1] = 0.75 * odd1 + 1.5 * odd2;
    y[2] = 0.5625 * even1 + 2.25 * even2;
    y[3] = 0.421875 * odd1 + 3.375 * odd2;
    y[4] = 0.31640625 * even1 + 5.0625 * even2;
  } else {
    let even3 = t[5] + t[6];
    let odd3 = t[5] - t[6];
    y[0] = t[0] + even1 + even2 + even3;
    y[1] = 0.5 * odd1 + odd2 + 2.0 * odd3;
    y[2] = 0.25 * even1 + even2 + 4.0 * even3;
    y[3] = 0.125 * odd1 + odd2 + 8.0 * odd3;
    y[4] = 0.0625 * even1 + even2 + 16.0 * even3;
  }
  y[outputs - 1u] += t[TILE - 1u];
  return y;
}

struct Corner {
  picture: u32,
  row: u32,
  column: u32,
}

/// Where a tile begins in the plane that it writes. Remainders by subtraction, since software adapters divide lane by lane.
fn cornerOf(tile: u32) -> Corner {
  let number = sizes.firstTile + tile;
  let line = number / sizes.tileColumns;
  let picture = line / sizes.tileRows;
  let row = (line - picture * sizes.tileRows) * OUTPUTS;
  return Corner(picture, row, (number - line * sizes.tileColumns) * OUTPUTS);
}

/// The plane and the tile of a thread; those with stride 1 follow one another.
fn planeAndTile(index: u32) -> vec2<u32> {
  let length = select(sizes.planes, sizes.tiles, sizes.tileStride == 1u);
  let across = index / length;
  let at = vec2<u32>(across, index - across * length);
  return select(at.yx, at, sizes.tileStride == 1u);
}

@compute @workgroup_size(64, 1, 1)
fn transformTiles(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  if (index >= sizes.planes * sizes.tiles) {
    return;
  }
  let at = planeAndTile(index);
  let corner = cornerOf(at.y);
  let plane = (corner.picture * sizes.planes + at.x) * sizes.height;
  let left = u32(i32(corner.column) - sizes.padLeft);
  // The step, always 1, is not known to compilers: loops that they unroll here would take long to compile.
  let step = min(sizes.planes, 1u);
  var lines: array<f32, 64>;
  for (var i = 0u; i < LENGTH; i += step) {
    let row = u32(i32(corner.row + i) - sizes.padTop);
    let limit = select(0u, sizes.width, row < sizes.height);
    let start = (plane + row) * sizes.width;
    var line: Line;
    for (var j = 0u; j < LENGTH; j++) {
      line[j] = select(0.0, image[start + left + j], left + j < limit);
    }
    let points = tileAtPoints(line);
    for (var j = 0u; j < TILE; j++) {
      lines[i * TILE + j] = points[j];
    }
  }
  let place = at.x * sizes.planeStride + at.y * sizes.tileStride;
  for (var j = 0u; j < TILE; j += step) {
    var line: Line;
    for (var i = 0u; i < LENGTH; i++) {
      line[i] = lines[i * TILE + j];
    }
    let points = tileAtPoints(line);
    for (var i = 0u; i < TILE; i++) {
      transformed[place + (i * TILE + j) * sizes.frequencyStride] = points[i];
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn transformKernel(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  if (index >= sizes.rows * sizes.rowStride) {
    return;
  }
  let row = index / sizes.rowStride;
  let column = index - row * sizes.rowStride;
  if (column >= sizes.columns) {
    return;
  }
  let start = row * sizes.kernelRowStride + column * sizes.kernelColumnStride;
  let step = min(sizes.rows, 1u);
  var lines: array<f32, 64>;
  for (var i = 0u; i < KERNEL; i += step) {
    var line: Line;
    for (var j = 0u; j < KERNEL; j++) {
      let tap = i * KERNEL + j;
      line[j] = kernel[start + select(tap, KERNEL * KERNEL - 1u - tap, sizes.flip != 0u)];
    }
    let points = kernelAtPoints(line, KERNEL);
    for (var j = 0u; j < TILE; j++) {
      lines[i * TILE + j] = points[j];
    }
  }
  for (var j = 0u; j < TILE; j += step) {
    var line: Line;
    for (var i = 0u; i < KERNEL; i++) {
      line[i] = lines[i * TILE + j];
    }
    let points = kernelAtPoints(line, KERNEL);
    for (var i = 0u; i < TILE; i++) {
      transformed[index + (i * TILE + j) * sizes.frequencyStride] = points[i];
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn transformOutput(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  let fours = (sizes.tiles + 3u) / 4u;
  if (index >= sizes.planes * fours) {
    return;
  }
  let channel = index / fours;
  let firstTile = (index - channel * fours) * 4u;
  let place = (channel * sizes.planeStride + firstTile) / 4u;
  let step = min(sizes.planes, 1u);
  var lines: array<vec4<f32>, 64>;
  for (var j = 0u; j < TILE; j += step) {
    var line: LineVectors;
    for (var i = 0u; i < TILE; i += step) {
      line[i] = productVectors[place + (i * TILE + j) * (sizes.frequencyStride / 4u)];
    }
    let values = fromPoints(line, OUTPUTS);
    for (var i = 0u; i < OUTPUTS; i++) {
      lines[i * TILE + j] = values[i];
    }
  }
  var corners: array<Corner, 4>;
  for (var t = 0u; t < 4u; t += step) {
    corners[t] = cornerOf(firstTile + t);
  }
  for (var i = 0u; i < OUTPUTS; i += step) {
    var line: LineVectors;
    for (var j = 0u; j < TILE; j++) {
      line[j] = lines[i * TILE + j];
    }
    var values = fromPoints(line, OUTPUTS);
    for (var t = 0u; t < min(4u, sizes.tiles - firstTile); t += step) {
      let corner = corners[t];
      let row = corner.row + i;
      let start = ((corner.picture * sizes.planes + channel) * sizes.height + row) * sizes.width + corner.column;
      let count = select(0u, min(OUTPUTS, sizes.width - corner.column), row < sizes.height);
      for (var j = 0u; j < count; j += step) {
        output[start + j] = finished(values[j][t], channel, start + j);
      }
    }
  }
}

@compute @workgroup_size(64, 1, 1)
fn transformKernelGradient(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let index = id.x + id.y * (workgroups.x * 64u);
  if (index >= sizes.rows * sizes.columns) {
    return;
  }
  let row = index / sizes.columns;
  let place = row * sizes.rowStride + index - row * sizes.columns;
  let step = min(sizes.rows, 1u);
  var lines: array<f32, 64>;
  for (var j = 0u; j < TILE; j += step) {
    var line: LineVectors;
    for (var i = 0u; i < TILE; i++) {
      var sum = 0.0;
      for (var split = 0u; split < sizes.splits; split++) {
        sum += products[place + ((split * TILE + i) * TILE + j) * sizes.frequencyStride];
      }
      line[i] = vec4<f32>(sum);
    }
    let values = fromPoints(line, KERNEL);
    for (var i = 0u; i < KERNEL; i++) {
      lines[i * TILE + j] = values[i].x;
    }
  }
  for (var i = 0u; i < KERNEL; i += step) {
    var line: LineVectors;
    for (var j = 0u; j < TILE; j++) {
      line[j] = vec4<f32>(lines[i * TILE + j]);
    }
    let values = fromPoints(line, KERNEL);
    for (var j = 0u; j < KERNEL; j++) {
      kernelGradient[(index * KERNEL + i) * KERNEL + j] = values[j].x;
    }
  }
}
