import { expect, test } from 'vitest';
import { GraphBuilder } from '@convscope/gpu-engine/graph';
import { isRectified } from './relu-rules.ts';

test('tells values that cannot be negative from those that can', () => {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 2, 4, 4]);
  const relu = b.op('relu', [x], {}, 'relu');
  const six = b.op('clip', [x], { min: 0, max: 6 }, 'six');
  const joined = b.op('concat', [relu, six], { axis: 1 }, 'joined');
  b.node('maxPool', [joined], { kernelSize: [2, 2] }, 'pooled', ['pooled', 'switches']);
  b.op('concat', [relu, x], { axis: 1 }, 'mixed');
  b.op('add', [relu, six], {}, 'sum');
  b.op('subtract', [relu, six], {}, 'difference');
  b.alias('named', 'pooled');
  const graph = b.build();
  for (const name of ['relu', 'six', 'joined', 'pooled', 'named', 'sum']) expect(isRectified(graph, name)).toBe(true);
  for (const name of ['x', 'mixed', 'difference']) expect(isRectified(graph, name)).toBe(false);
});
