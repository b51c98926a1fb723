import { throwIfCancelled } from '@convscope/gpu-engine/graph';
import type { Method } from '../method.ts';
import { camLayer } from '../signal/cam.ts';
import { layerValues, pictureAt } from '../signal/layer-values.ts';
import { principalComponent } from '../signal/principal-component.ts';

/**
 * Eigen-CAM: each place's activations [C], projected on their first principal component (section III): the maps as a
 * matrix A [C, h w], its first left singular vector v, and the map v^T A, [N, 1, h, w]. The paper does not centre; the
 * widely used library pytorch-grad-cam takes each channel's mean off first. Singular vectors have no sign: here it is
 * the one with which the map goes along with the sum of all maps.
 */
export const eigenCam: Method = {
  name: 'eigen-cam',
  title: 'Eigen-CAM',
  summary: 'What most of a layer’s maps have in common: their first principal component. Knows of no class.',
  formula: 'L = v^T A, v the first left singular vector of the maps A as a matrix [C, h w]',
  paper: {
    authors: 'Muhammad, Yeasin',
    title: 'Eigen-CAM: Class Activation Map using Principal Components',
    year: 2020,
    arxiv: '2008.00299',
  },
  explains: [],
  layer: 'last-features',
  parameters: {
    center: { type: 'boolean', default: false, description: 'take the mean of each channel off before' },
  },
  caveat: 'the same for all classes: it shows what the layer responds to, not why the network decides',
  run: async (session, request) => {
    const layer = camLayer(session, request, 'eigen-cam');
    const values = await layerValues(session, request.input, layer, request.signal);
    const [batch, channels, height, width] = values.shape as [number, number, number, number];
    const plane = height * width;
    const data = new Float32Array(batch * plane);
    const shares: number[] = [];
    for (let n = 0; n < batch; n++) {
      throwIfCancelled(request.signal);
      const maps = pictureAt(values, n).data;
      const matrix = request.parameters['center'] === true ? centered(maps, channels, plane) : maps;
      const component = principalComponent(matrix, channels, plane);
      const sign = signAlong(component.projection, maps);
      data.set(
        component.projection.map((part) => part * sign),
        n * plane,
      );
      shares.push(component.share);
      request.onProgress?.((n + 1) / batch);
    }
    return {
      tensor: await session.device.upload({ dtype: 'float32', shape: [batch, 1, height, width], data }),
      sign: 'signed',
      layer,
      measures: { 'share of the energy': shares },
    };
  },
};

function centered(maps: Float32Array, channels: number, plane: number): Float64Array {
  const result = Float64Array.from(maps);
  for (let channel = 0; channel < channels; channel++) {
    const map = result.subarray(channel * plane, (channel + 1) * plane);
    const mean = map.reduce((sum, value) => sum + value, 0) / plane;
    map.forEach((value, place) => (map[place] = value - mean));
  }
  return result;
}

/** 1 or -1: whether the projection goes along with the sum of the maps, or against it. */
function signAlong(projection: Float64Array, maps: Float32Array): number {
  let along = 0;
  maps.forEach((value, index) => (along += value * (projection[index % projection.length] as number)));
  return along < 0 ? -1 : 1;
}
