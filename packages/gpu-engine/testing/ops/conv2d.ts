import { casesFrom } from '../cases.ts';
import { convolution, drawConvolution, oddConvolutions, sharedAttributes, weightShape } from '../convolution.ts';
import type { OpSuite } from '../reference.ts';
import { required } from '../tensor.ts';
import { contract } from '../trilinear-form.ts';

/** conv2d(x [N, C, H, W], w [O, C/groups, KH, KW]) -> y [N, O, OH, OW]: ONNX Conv without a bias. */
export const conv2d: OpSuite = {
  op: 'conv2d',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [x, w] = [required(inputs, 0), required(inputs, 1)];
      return [contract(convolution(x.shape, w.shape, attributes), [x, w, undefined])];
    },
    vjp(inputs, attributes, cotangents) {
      const [x, w, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const form = convolution(x.shape, w.shape, attributes);
      return [contract(form, [undefined, w, g]), contract(form, [x, undefined, g])];
    },
  },
  cases: casesFrom('conv2d', {
    odd: oddConvolutions,
    draw: drawConvolution,
    build: (configuration, values) => ({
      inputs: [values.general(configuration.x), values.general(weightShape(configuration))],
      attributes: sharedAttributes(configuration),
    }),
  }),
};
