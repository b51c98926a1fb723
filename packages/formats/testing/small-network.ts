import { GraphBuilder, elementCount, float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import type { Model } from '../src/model.ts';

/** Numbers from -1 to 1 that look random and are always the same ones. */
export function ramp(shape: readonly number[], seed = 1): TensorData<'float32'> {
  let state = seed;
  const data = Float32Array.from({ length: elementCount(shape) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return float32Tensor(shape, data);
}

/** A network of a few thousand numbers with every kind of layer that the writer knows from training. */
export function smallNetwork(): Model {
  const builder = new GraphBuilder();
  const parameters = new Map<string, TensorData>();
  const parameter = (name: string, shape: readonly number[], tensor = ramp(shape, name.length * 7 + shape.length)) => {
    parameters.set(name, tensor);
    return builder.parameter(name, shape);
  };
  const x = builder.input('picture', 'float32', ['N', 3, 12, 12]);
  const window = { kernelSize: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
  const conv = builder.op('conv2d', [x, parameter('conv.weight', [8, 3, 3, 3])], { pads: [1, 1, 1, 1] }, 'conv');
  const sum = builder.op('bias', [conv, parameter('conv.bias', [8])], {}, 'conv.sum');
  const variance = float32Tensor([8], [1, 2, 3, 4, 5, 6, 7, 8]);
  const statistics = ['norm.scale', 'norm.shift', 'norm.mean'].map((name) => parameter(name, [8]));
  const normal = builder.op(
    'batchNormInference',
    [sum, ...statistics, parameter('norm.variance', [8], variance)],
    { epsilon: 1e-5 },
    'norm',
  );
  const active = builder.op('relu', [normal], {}, 'relu');
  const pooled = builder.op('maxPool', [active], window, 'maxPool');
  const mean = builder.op('averagePool', [active], { ...window, countIncludePad: true }, 'averagePool');
  const depthwise = builder.op('conv2d', [pooled, parameter('depthwise', [8, 1, 3, 3])], {
    pads: [1, 1, 1, 1],
    groups: 8,
  });
  const residual = builder.op('add', [depthwise, mean], {}, 'residual');
  const product = builder.op('multiply', [residual, pooled], {}, 'product');
  const both = builder.op('concat', [product, mean], { axis: 1 }, 'both');
  const global = builder.op('globalAveragePool', [both], {}, 'global');
  const flat = builder.op('flatten', [global], { axis: 1 }, 'flat');
  const shaped = builder.op('reshape', [flat], { shape: [0, 16] }, 'shaped');
  const dense = builder.op('dense', [shaped, parameter('dense.weight', [5, 16])], {}, 'dense');
  const logits = builder.op('bias', [dense, parameter('dense.bias', [5])], {}, 'logits');
  const scores = builder.op('softmax', [logits], { axis: 1 }, 'scores');
  builder.output(scores);
  return {
    name: 'small',
    graph: builder.build(),
    parameters,
    input: 'picture',
    logits: 'logits',
    preprocessing: {
      channels: 3,
      height: 12,
      width: 12,
      mean: [0, 0, 0],
      standardDeviation: [1, 1, 1],
      scale: 1 / 255,
      order: 'rgb',
      resize: 'cover',
    },
    labels: ['a', 'b', 'c', 'd', 'e'],
    notes: new Map([['origin', 'made for tests']]),
  };
}
