import { pairAttribute } from '../attributes.ts';
import { casesFrom, type CasePlan } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import { drawPool, oddPools, poolAxes, pooledShape, windowPositions, type PoolConfiguration } from '../pooling.ts';
import type { Float64Tensor, OpInput, OpSuite } from '../reference.ts';
import { dimensions4, required, toFloat64 } from '../tensor.ts';
import { int32, type ValueSource } from '../values.ts';
import { forEachSwitch, maxPoolAttributes, maxPoolSwitches } from './max-pool.ts';

/** From maps [N, C, H, W] to their values at the switches [N, C, OH, OW]; unpooling is its transpose. */
function gather(switches: Float64Tensor, height: number, width: number): LinearMap {
  const [batch, channels] = dimensions4(switches.shape);
  return {
    inputShape: [batch, channels, height, width],
    outputShape: switches.shape,
    entries: (visit) => forEachSwitch(switches, height * width, (output, input) => visit(output, input, 1)),
  };
}

/** The switches that max-pooling gives, or any place of each window; now and then none although there is one. */
function drawSwitches(configuration: PoolConfiguration, values: ValueSource): OpInput {
  const { random } = values;
  if (random.chance(0.6)) {
    const picture = toFloat64(values.withTies(configuration.x));
    const switches = maxPoolSwitches(picture, maxPoolAttributes(configuration));
    return int32(switches.shape, (index) => switches.data[index]!);
  }
  const shape = pooledShape(configuration);
  const [vertical, horizontal] = poolAxes(configuration.x[2], configuration.x[3], maxPoolAttributes(configuration));
  return int32(shape, (index) => {
    const rows = windowPositions(vertical, Math.floor(index / horizontal.count) % vertical.count);
    const columns = windowPositions(horizontal, index % horizontal.count);
    if (rows.length === 0 || columns.length === 0 || random.chance(0.05)) return -1;
    return random.pick(rows) * configuration.x[3] + random.pick(columns);
  });
}

const configurations: Omit<CasePlan<PoolConfiguration>, 'build'> = { odd: oddPools, draw: drawPool };

/**
 * unpool(g [N, C, OH, OW], switches) -> [N, C, H, W] with inputSize = [H, W]: every value goes to the place that its
 * switch names; where several meet they add up; a value whose switch is -1 is dropped. The attributes also give the
 * windows (kernelSize, strides, pads, dilations); each switch lies in its own window, so they do not change the result.
 */
export const unpool: OpSuite = {
  op: 'unpool',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [g, switches] = [required(inputs, 0), required(inputs, 1)];
      return [applyTransposed(gather(switches, ...pairAttribute(attributes, 'inputSize')), g)];
    },
    vjp(inputs, attributes, cotangents) {
      const map = gather(required(inputs, 1), ...pairAttribute(attributes, 'inputSize'));
      return [apply(map, required(cotangents, 0)), undefined];
    },
  },
  cases: casesFrom('unpool', {
    ...configurations,
    build(configuration, values) {
      const switches = drawSwitches(configuration, values);
      const { x, kernelSize, strides, pads, dilations } = configuration;
      return {
        inputs: [values.general(switches.shape), switches],
        attributes: { inputSize: x.slice(2), kernelSize, strides, pads, dilations },
      };
    },
  }),
};

/** poolSwitch(x [N, C, H, W], switches [N, C, OH, OW]) -> x at the switches, 0 where the switch is -1. */
export const poolSwitch: OpSuite = {
  op: 'poolSwitch',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const [x, switches] = [required(inputs, 0), required(inputs, 1)];
      const [, , height, width] = dimensions4(x.shape);
      return [apply(gather(switches, height, width), x)];
    },
    vjp(inputs, _, cotangents) {
      const [, , height, width] = dimensions4(required(inputs, 0).shape);
      return [applyTransposed(gather(required(inputs, 1), height, width), required(cotangents, 0)), undefined];
    },
  },
  cases: casesFrom('poolSwitch', {
    ...configurations,
    build: (configuration, values) => ({
      inputs: [values.general(configuration.x), drawSwitches(configuration, values)],
    }),
  }),
};
