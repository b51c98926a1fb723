// The windows of a convolution as matrices, so that its passes are matrix products, by matmul-outer.wgsl.
//
//   windows[n, tap, pixel] = x[n, c, p·sh + i·dh - top, q·sw + j·dw - left]      tap = (c · KH + i) · KW + j, pixel = p · OW + q
//
// gatherWindows  a thread writes the taps of one channel in one pixel's window, zero outside of the input; backwards with flip.
// sumWindows     the way back: a thread sums, for one input element, what all windows hold in its place.
//
// Of `pictures` from firstPicture on: the channels from firstChannel on and, for gatherWindows, the pixels from firstPixel on; taps and
// pixels count from these.
// Layout: image [N, planes, height, width]; an element of windows at picture · pictureStride + channel / groupChannels · groupStride
// + tap of the group · tapStride + pixel · pixelStride.
// Dispatch: threads of 64, workgroups folded into y beyond 65535: gatherWindows pictures · channels · pixels, sumWindows
// pictures · channels · height · width.
// Example: channels = 2, groupChannels = 2, pictures = 1, firstPicture = 0, firstChannel = 0, firstPixel = 0, pixels = 4, height = 3, width = 3, padTop = 0, padLeft = 0, tapStride = 4, pixelStride = 1, pictureStride = 32, dilationHeight = 1, dilationWidth = 1, strideHeight = 1, strideWidth = 1, flip = 0

struct Sizes {
  planes: u32,
  height: u32,
  width: u32,
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
  firstPicture: u32,
  pictures: u32,
  firstChannel: u32,
  channels: u32,
  firstPixel: u32,
  pixels: u32,
  groupChannels: u32,
  groupStride: u32,
  tapStride: u32,
  pixelStride: u32,
  pictureStride: u32,
  flip: u32,
}

/// 1 where taps of sumWindows are further apart than one element.
const DILATED = 0u; // variant
const NOWHERE = 0xffffffffu;

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> image: array<f32>;
@group(0) @binding(2) var<storage, read_write> windows: array<f32>;
@group(0) @binding(3) var<storage, read> windowCotangents: array<f32>;
@group(0) @binding(4) var<storage, read_write> imageCotangent: array<f32>;

/// What becomes of a result before it is written; an epilogue that is fused takes its place.
fn finished(value: f32, channel: u32, place: u32) -> f32 { return value; }

struct Element {
  picture: u32,
  channel: u32,
  pixel: u32,
}

/// Which element of so many a plane a thread has. Remainders by subtraction, since software adapters divide lane by lane.
fn elementAt(index: u32, pixels: u32) -> Element {
  let plane = index / pixels;
  let picture = plane / sizes.channels;
  return Element(picture, plane - picture * sizes.channels, index - plane * pixels);
}

/// Where the first tap of a channel lies in the windows of its picture's first pixel.
fn firstTap(at: Element) -> u32 {
  let group = at.channel / sizes.groupChannels;
  let taps = sizes.kernelHeight * sizes.kernelWidth;
  return at.picture * sizes.pictureStride + group * sizes.groupStride
    + (at.channel - group * sizes.groupChannels) * taps * sizes.tapStride;
}

@compute @workgroup_size(64, 1, 1)
fn gatherWindows(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let at = elementAt(id.x + id.y * (workgroups.x * 64u), sizes.pixels);
  if (at.picture >= sizes.pictures) {
    return;
  }
  let pixel = sizes.firstPixel + at.pixel;
  let p = pixel / sizes.outputWidth;
  let q = pixel - p * sizes.outputWidth;
  let plane = (sizes.firstPicture + at.picture) * sizes.planes + sizes.firstChannel + at.channel;
  let taps = sizes.kernelHeight * sizes.kernelWidth;
  let isFlipped = sizes.flip != 0u;
  let step = select(sizes.tapStride, 0u - sizes.tapStride, isFlipped);
  var place = firstTap(at) + at.pixel * sizes.pixelStride + select(0u, (taps - 1u) * sizes.tapStride, isFlipped);
  for (var i = 0u; i < sizes.kernelHeight; i++) {
    let row = u32(i32(p * sizes.strideHeight + i * sizes.dilationHeight) - sizes.padTop);
    let limit = select(0u, sizes.width, row < sizes.height);
    let start = (plane * sizes.height + row) * sizes.width;
    for (var j = 0u; j < sizes.kernelWidth; j++) {
      let column = u32(i32(q * sizes.strideWidth + j * sizes.dilationWidth) - sizes.padLeft);
      windows[place] = select(0.0, image[start + column], column < limit);
      place += step;
    }
  }
}

/// The first window that does not end before `least`.
fn firstWindow(least: i32, stride: u32) -> u32 {
  return (u32(max(least, 0)) + stride - 1u) / stride;
}

/// The tap that is `distance` after a window's beginning.
fn tapAt(distance: u32, dilation: u32) -> u32 {
  if (DILATED == 0u) {
    return distance;
  }
  let tap = distance / dilation;
  return select(NOWHERE, tap, tap * dilation == distance);
}

@compute @workgroup_size(64, 1, 1)
fn sumWindows(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let area = sizes.height * sizes.width;
  let at = elementAt(id.x + id.y * (workgroups.x * 64u), area);
  if (at.picture >= sizes.pictures) {
    return;
  }
  let h = at.pixel / sizes.width;
  let start = firstTap(at);
  // The rows and columns of windows that reach here. The later one begins, the earlier the tap.
  let down = i32(h) + sizes.padTop;
  let across = i32(at.pixel - h * sizes.width) + sizes.padLeft;
  let firstRow = firstWindow(down - i32((sizes.kernelHeight - 1u) * sizes.dilationHeight), sizes.strideHeight);
  let firstColumn = firstWindow(across - i32((sizes.kernelWidth - 1u) * sizes.dilationWidth), sizes.strideWidth);
  var sum = 0.0;
  for (var p = firstRow; i32(p * sizes.strideHeight) <= down && p < sizes.outputHeight; p++) {
    let i = tapAt(u32(down) - p * sizes.strideHeight, sizes.dilationHeight);
    for (var q = firstColumn; i32(q * sizes.strideWidth) <= across && q < sizes.outputWidth; q++) {
      let j = tapAt(u32(across) - q * sizes.strideWidth, sizes.dilationWidth);
      let tap = i * sizes.kernelWidth + j;
      let value = windowCotangents[start + tap * sizes.tapStride + (p * sizes.outputWidth + q) * sizes.pixelStride];
      sum += select(0.0, value, max(i, j) != NOWHERE);
    }
  }
  let channel = sizes.firstChannel + at.channel;
  let place = ((sizes.firstPicture + at.picture) * sizes.planes + channel) * area + at.pixel;
  imageCotangent[place] = finished(sum, channel, place);
}
