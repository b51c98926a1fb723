import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { float32Tensor, Random, type GpuDevice, type TensorData } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import { colorTable, renderMaps, strongestOverChannels } from '@convscope/xai/render';
import { drawOverlay, drawTiles, type MapStyle } from './draw-maps.ts';

let device: GpuDevice;
beforeAll(async () => {
  device = await requestNodeDevice({ maxBindingBytes: 2048 });
});
afterAll(() => device.dispose());

function someMaps(shape: readonly number[], seed: number): TensorData<'float32'> {
  const random = new Random(seed);
  return float32Tensor(
    shape,
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
  );
}

/** The largest difference of any colour, of 255. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? -1))), 0);
}

async function tilesOf(data: TensorData<'float32'>, style: MapStyle) {
  const tensor = await device.upload(data);
  try {
    return await drawTiles(tensor, style);
  } finally {
    tensor.dispose();
  }
}

describe('drawTiles', () => {
  for (const sign of ['signed', 'positive'] as const) {
    it(`gives the colours and the scale of renderMaps for ${sign} maps`, async () => {
      const data = someMaps([1, 1, 9, 7], 3);
      const wanted = renderMaps(data, { sign });
      const drawn = await tilesOf(data, { sign });
      expect([drawn.width, drawn.height]).toEqual([7, 9]);
      expect(drawn.scale.min).toBeCloseTo(wanted.scale.min, 6);
      expect(drawn.scale.max).toBeCloseTo(wanted.scale.max, 6);
      // Float32 may round a value to the next of the table's 256 entries.
      expect(difference(drawn.pixels, wanted.picture.data)).toBeLessThanOrEqual(8);
    });
  }

  it('draws any picture of a batch, from whichever chunk it is in', async () => {
    const data = someMaps([5, 2, 10, 10], 4); // 800 bytes a picture: two to a chunk
    for (const index of [0, 1, 4]) {
      const alone = float32Tensor([1, 2, 10, 10], data.data.slice(index * 200, (index + 1) * 200));
      const [drawn, wanted] = [
        await tilesOf(data, { sign: 'signed', index }),
        await tilesOf(alone, { sign: 'signed' }),
      ];
      expect(drawn).toEqual(wanted);
    }
  });

  it('leaves no memory behind, and keeps to a given scale', async () => {
    const before = device.memory.use;
    const drawn = await tilesOf(float32Tensor([1, 1, 1, 3], [-5, 0, 5]), {
      sign: 'positive',
      colorMap: 'grey',
      scale: { min: -10, max: 10 },
    });
    expect([drawn.pixels[0], drawn.pixels[4], drawn.pixels[8]]).toEqual([64, 128, 191]);
    expect(drawn.scale).toEqual({ min: -10, max: 10 });
    expect(device.memory.use).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
  });

  it('takes infinities to the ends, a NaN to the lower end, and neither into the scale; all zeros are drawn', async () => {
    const grey = { sign: 'positive', colorMap: 'grey' } as const;
    const odd = await tilesOf(float32Tensor([1, 1, 1, 5], [Infinity, NaN, -Infinity, 2, 1]), grey);
    expect(odd.scale).toEqual({ min: 0, max: 2 });
    expect([0, 4, 8, 12, 16].map((at) => odd.pixels[at])).toEqual([255, 0, 0, 255, 128]);
    expect((await tilesOf(float32Tensor([1, 2, 1, 1]), { sign: 'signed' })).scale).toEqual({ min: -1, max: 1 });
  });

  it('refuses what is no map', async () => {
    await expect(tilesOf(float32Tensor([1, 4]), { sign: 'signed' })).rejects.toMatchObject({ code: 'invalid-tensor' });
    const style = { sign: 'signed', index: 1 } as const;
    await expect(tilesOf(float32Tensor([1, 1, 1, 1]), style)).rejects.toMatchObject({ code: 'invalid-parameter' });
  });
});

describe('drawOverlay', () => {
  it('shows the strongest channel, nearest', async () => {
    const data = someMaps([1, 3, 4, 5], 5);
    const tensor = await device.upload(data);
    const drawn = await drawOverlay(tensor, { sign: 'signed', width: 10, height: 8, interpolation: 'nearest' });
    const wanted = renderMaps(strongestOverChannels(data), { sign: 'signed', zoom: 2 });
    expect(difference(drawn.pixels, wanted.picture.data)).toBeLessThanOrEqual(8);
    tensor.dispose();
  });

  it('goes straight from one value to the next, bilinear, and stays at the edge values beyond', async () => {
    const tensor = await device.upload(float32Tensor([1, 1, 2, 2], [0, 1, 0, 1]));
    const style = { sign: 'positive', width: 8, height: 4, interpolation: 'bilinear' } as const;
    const drawn = await drawOverlay(tensor, style);
    const table = colorTable('positive');
    const wanted = [0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1].map((value) => table[Math.round(value * 255) * 4] ?? -1);
    for (let row = 0; row < 4; row++) {
      const reds = wanted.map((_, x) => drawn.pixels[(row * 8 + x) * 4] ?? -1);
      expect(difference(reds, wanted)).toBeLessThanOrEqual(2);
    }
    tensor.dispose();
  });
});
