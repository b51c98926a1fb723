import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCheckpoint } from '@convscope/formats';
import { expect, test } from 'vitest';
import { runMain, tinyModel, workFolder } from '../fixtures.test-helper.ts';

const folder = workFolder();
const model = join(folder, 'tiny.safetensors');

test('tells layers, totals, input, preprocessing, labels, methods and suggested layers', async () => {
  const { code, stdout } = await runMain(['inspect', '--model', model]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^conv2 +conv2d +Nx6x6x6 +216$/m);
  expect(stdout).toMatch(/^parameters +418 \(1,672 bytes\)$/m);
  expect(stdout).toMatch(/^input +x {2}Nx1x12x12$/m);
  expect(stdout).toMatch(/^labels +cat, dog, bird$/m);
  expect(stdout).toMatch(/^methods +.*grad-cam/m);
  expect(stdout).toMatch(/^layers to look at +relu1, relu2, scores$/m);
  expect(stdout).toMatch(/^nodes +\d+: 2 conv2d, 2 maxPool, 2 relu, /m);
  expect(stdout).toMatch(
    /^memory +1\.67 kB of parameters; at least \d[\d.]* kB more to run one picture, .* for a gradient$/m,
  );
  expect(stdout).toMatch(/^without --layer +relu1 \(maps\), relu2 \(class activation\)$/m);
  expect(stdout).toMatch(/^alias +logits = scores$/m);
});

test('says the same for machines', async () => {
  const { stdout } = await runMain(['inspect', '--model', model, '--json']);
  const data = JSON.parse(stdout) as { layers: unknown[]; methods: unknown[] };
  expect(data).toMatchObject({
    name: 'tiny',
    input: { name: 'x', dtype: 'float32', shape: ['N', 1, 12, 12] },
    logits: { name: 'logits', shape: ['N', 3] },
    labels: ['cat', 'dog', 'bird'],
    preprocessing: { channels: 1, height: 12 },
    notes: { licence: 'MIT' },
    parameters: 418,
    aliases: { logits: 'scores' },
  });
  expect(data.layers[2]).toEqual({
    name: 'relu1',
    op: 'relu',
    outputs: [{ name: 'relu1', dtype: 'float32', shape: ['N', 4, 12, 12] }],
    parameters: 0,
    suggested: true,
  });
  expect(data.methods).toContainEqual({ name: 'grad-cam', applies: true, reason: null });
});

/** An ONNX file by hand: field numbers of onnx.proto. */
function onnxFile(...ops: readonly string[]): Uint8Array {
  const field = (number: number, payload: Uint8Array | string): Uint8Array => {
    const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
    const { length } = bytes;
    return Uint8Array.of(
      (number << 3) | 2,
      ...(length < 128 ? [length] : [(length & 127) | 128, length >> 7]),
      ...bytes,
    );
  };
  const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
  const sizes = [1, 3, 4, 4].map((size) => field(1, Uint8Array.of(1 << 3, size)));
  const type = (shape: readonly Uint8Array[]) =>
    field(2, field(1, join(Uint8Array.of(1 << 3, 1), field(2, join(...shape)))));
  const nodes = ops.map((op, index) =>
    field(
      1,
      join(
        field(1, index === 0 ? 'x' : `v${index - 1}`),
        field(2, `v${index}`),
        field(3, `node${index}`),
        field(4, op),
      ),
    ),
  );
  const output = field(12, field(1, `v${ops.length - 1}`));
  const graph = field(7, join(...nodes, field(2, 'made'), field(11, join(field(1, 'x'), type(sizes))), output));
  return join(Uint8Array.of(1 << 3, 8), graph, field(8, Uint8Array.of(2 << 3, 17)));
}

test('lists every operator that cannot be run with its nodes, on paper and for machines, and fails', async () => {
  const path = join(folder, 'odd.onnx');
  writeFileSync(path, onnxFile('Relu', 'Det', 'LSTM', 'Det'));
  const { code, stdout, stderr } = await runMain(['inspect', '--model', path]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/operators that cannot be run: Det.*LSTM/);
  expect(stdout).toMatch(/^cannot be run +Det "node1": /m);
  expect(stdout).toMatch(/^cannot be run +LSTM "node2": /m);
  expect(stdout).toMatch(/^cannot be run +Det "node3": /m);
  const data = JSON.parse((await runMain(['inspect', '--model', path, '--json'])).stdout) as unknown;
  expect(data).toMatchObject({
    runs: false,
    coverage: {
      nodes: 4,
      operators: { Det: 2, LSTM: 1, Relu: 1 },
      unsupported: [{ op: 'Det', node: 'Det "node1"' }, {}, {}],
    },
  });
});

test('a name from a file cannot steer the terminal', async () => {
  const path = join(folder, 'hostile.safetensors');
  writeFileSync(path, writeCheckpoint({ ...tinyModel(), name: 'evil\x1b[2Jname\n' }));
  const { stdout } = await runMain(['inspect', '--model', path]);
  expect(stdout).toMatch(/^model +evil\?\[2Jname\?$/m);
});

test.each<[string, readonly string[], RegExp]>([
  ['no model', [], /--model: the flag is missing; wanted M \(a model of the zoo/],
  ['a model that is nowhere', ['--model', 'digitz'], /--model:.*did you mean digits\?; got "digitz"; wanted digits/],
  ['a folder', ['--model', folder], /: not a file; got a folder/],
  ['another file', ['--model', join(folder, 'picture.png')], /picture\.png/],
  ['a value without a flag', ['digits'], /arguments: a value stands without a flag; got "digits"/],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await runMain(['inspect', ...flags]);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});
