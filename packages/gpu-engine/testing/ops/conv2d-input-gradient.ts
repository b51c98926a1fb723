import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute, pairAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import {
  convolution,
  drawConvolution,
  oddConvolutions,
  outputShape,
  sharedAttributes,
  weightShape,
} from '../convolution.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { required } from '../tensor.ts';
import { contract } from '../trilinear-form.ts';

function formOf(g: Float64Tensor, w: Float64Tensor, attributes: Attributes) {
  const channels = w.shape[1]! * numberAttribute(attributes, 'groups');
  return convolution([g.shape[0]!, channels, ...pairAttribute(attributes, 'inputSize')], w.shape, attributes);
}

/** conv2dInputGradient(g [N, O, OH, OW], w [O, C/groups, KH, KW]) -> dx [N, C, H, W], with inputSize = [H, W]. */
export const conv2dInputGradient: OpSuite = {
  op: 'conv2dInputGradient',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [g, w] = [required(inputs, 0), required(inputs, 1)];
      return [contract(formOf(g, w, attributes), [undefined, w, g])];
    },
    vjp(inputs, attributes, cotangents) {
      const [g, w, dx] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const form = formOf(g, w, attributes);
      return [contract(form, [dx, w, undefined]), contract(form, [dx, undefined, g])];
    },
  },
  cases: casesFrom('conv2dInputGradient', {
    odd: oddConvolutions,
    draw: drawConvolution,
    build: (configuration, values) => ({
      inputs: [values.general(outputShape(configuration)), values.general(weightShape(configuration))],
      attributes: { ...sharedAttributes(configuration), inputSize: configuration.x.slice(2) },
    }),
  }),
};
