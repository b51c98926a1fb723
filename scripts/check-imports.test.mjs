import { expect, test } from 'vitest';
import { cyclesOf, importsOf } from './check-imports.mjs';

test('imports of every form are found, types told apart', () => {
  const source = `
    import type { A } from './a.ts';
    import { type B, b } from './b.ts';
    import {
      c,
    } from "./c.ts";
    import './d.ts';
    export * from './e.ts';
    export { f } from './f.ts';
    export type { G } from './g.ts';
    import type from './h.ts';
    // import { x } from './commented.ts';
    /* import './commented.ts'; */
    const from = 'not a module';
    const late = await import('./i.ts');
  `;
  const found = importsOf(source);
  expect(found.map(({ name }) => name)).toEqual('abcdefghi'.split('').map((letter) => `./${letter}.ts`));
  expect(found.filter(({ typeOnly }) => typeOnly).map(({ name }) => name)).toEqual(['./a.ts', './g.ts']);
});

test('a cycle is named, a diamond is none', () => {
  const diamond = new Map([
    ['a', ['b', 'c']],
    ['b', ['d']],
    ['c', ['d']],
    ['d', []],
  ]);
  expect(cyclesOf(diamond)).toEqual([]);
  const cycle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(cyclesOf(cycle)).toEqual([['b', 'c', 'b']]);
});
