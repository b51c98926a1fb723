import { afterAll, beforeAll, expect, test } from 'vitest';
import { float32Tensor, GraphBuilder, ParameterSet, Plan, type GpuDevice } from '../src/index.ts';
import { requestNodeDevice } from '../src/node.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

// What ONNX and numpy give for a reduction of nothing. A suite cannot say it: its results are finite.
test.each([
  ['reduceSum', 0],
  ['reduceL1', 0],
  ['reduceL2', 0],
  ['reduceSumSquare', 0],
  ['reduceProd', 1],
  ['reduceMax', -Infinity],
  ['reduceMin', Infinity],
  ['reduceLogSum', -Infinity],
  ['reduceLogSumExp', -Infinity],
] as const)('%s over an axis of size 0 is %d', async (op, wanted) => {
  const builder = new GraphBuilder();
  const x = builder.input('x', 'float32', [2, 0, 4]);
  builder.output(builder.op(op, [x], { axes: [1], keepDimensions: true }, 'y'));
  const plan = await Plan.compile(device, builder.build());
  const parameters = await ParameterSet.create(device, new Map());
  const instance = await plan.instantiate(parameters);
  const results = await instance.run({ inputs: { x: float32Tensor([2, 0, 4]) } });
  const { shape, data } = await results.get('y')!.read();
  expect(shape).toEqual([2, 1, 4]);
  expect(Array.from(data)).toEqual(Array.from({ length: 8 }, () => wanted));
  instance.dispose();
  plan.dispose();
  parameters.dispose();
});
