// Gradient of 2-D convolution to its input for any stride and dilation, register-blocked, without workgroup memory: a thread makes
// 8 input pixels of 8 input channels. (At stride 1 it is conv2d.wgsl over the weights of packTransposed.)
//
//   dx[n, g·C + c, h, w] = sum over o, i, j of  dy[n, g·O + o, p, q] · w[g·O + o, c, i, j]
//                          where p·sh = h + top - i·dh and q·sw = w + left - j·dw have solutions inside dy
//
// Only every sh-th row and sw-th column sees the same taps. A workgroup therefore takes the pixels of one phase, that is of one
// (h mod sh, w mod sw), and skips the other taps altogether.
//
// Layout: outputCotangent [N, Co, OH, OW], packed as packTransposed of conv2d-pack-weights.wgsl makes it, inputCotangent [N, Ci, H, W].
// Dispatch: a workgroup for 64 tiles of one phase and channel block. Tiles of a phase: N · ceil(H / sh) · ceil(ceil(W / sw) / 8).
// ceil(tiles / 64) · sh · sw · groups · ceil(Ci / groups / 8) workgroups, folded into y beyond 65535.

struct Sizes {
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

/// Writes a tile, as far as it has pixels and channels. The element is chosen by selects in loops whose step (always 1) compilers
/// cannot know: 64 separate stores would take software adapters seconds to compile.
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
