import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { racesIn } from './kernel-races.mjs';
import { root } from './paths.mjs';

const shaders = join(root, 'shaders');
const kernel = (body) => `
var<workgroup> tile: array<u32, 64>;
@group(0) @binding(0) var<storage, read_write> output: array<u32>;
fn mirrored(lane: u32) -> u32 { return 63u - lane; }
@compute @workgroup_size(64, 1, 1)
fn main(@builtin(local_invocation_index) lane: u32) { ${body} }`;

test('a missing barrier is found', () => {
  const [racy] = racesIn('racy.wgsl', kernel('tile[lane] = lane; output[lane] = tile[mirrored(lane)];'));
  expect(racy.problems.length).toBeGreaterThan(0);
});

test('a barrier in its place is enough, and values that pass through functions stay apart', () => {
  const body = 'tile[lane] = lane; workgroupBarrier(); let at = mirrored(lane); output[at] = tile[at];';
  expect(racesIn('ordered.wgsl', kernel(body))).toEqual([{ entryPoint: 'main', problems: [] }]);
});

describe('shaders/', () => {
  for (const name of readdirSync(shaders).filter((file) => file.endsWith('.wgsl'))) {
    test(name, () => {
      for (const { entryPoint, problems } of racesIn(name, readFileSync(join(shaders, name), 'utf8'))) {
        expect(problems, `${name} ${entryPoint}`).toEqual([]);
      }
    });
  }
});
