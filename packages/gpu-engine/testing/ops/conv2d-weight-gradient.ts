import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute, pairAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { convolution, drawConvolution, oddConvolutions, outputShape, sharedAttributes } from '../convolution.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { required } from '../tensor.ts';
import { contract } from '../trilinear-form.ts';

function formOf(x: Float64Tensor, g: Float64Tensor, attributes: Attributes) {
  const groupChannels = x.shape[1]! / numberAttribute(attributes, 'groups');
  const wShape = [g.shape[1]!, groupChannels, ...pairAttribute(attributes, 'kernelSize')];
  return convolution(x.shape, wShape, attributes);
}

/** conv2dWeightGradient(x [N, C, H, W], g [N, O, OH, OW]) -> dw [O, C/groups, KH, KW], with kernelSize = [KH, KW]. */
export const conv2dWeightGradient: OpSuite = {
  op: 'conv2dWeightGradient',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [x, g] = [required(inputs, 0), required(inputs, 1)];
      return [contract(formOf(x, g, attributes), [x, undefined, g])];
    },
    vjp(inputs, attributes, cotangents) {
      const [x, g, dw] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const form = formOf(x, g, attributes);
      return [contract(form, [undefined, dw, g]), contract(form, [x, dw, undefined])];
    },
  },
  cases: casesFrom('conv2dWeightGradient', {
    odd: oddConvolutions,
    draw: drawConvolution,
    build: (configuration, values) => ({
      inputs: [values.general(configuration.x), values.general(outputShape(configuration))],
      attributes: { ...sharedAttributes(configuration), kernelSize: configuration.kernel },
    }),
  }),
};
