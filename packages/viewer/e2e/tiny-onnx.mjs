// ONNX files written byte by byte (onnx.proto's field numbers), so that no reader of ours has a part in them.

const varint = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const number = (field, value) => [field << 3, ...varint(value)];
const bytes = (field, content) => [(field << 3) | 2, ...varint(content.length), ...content];
const text = (field, words) => bytes(field, new TextEncoder().encode(words));

const float32 = number(1, 1);
const value = (name, sizes) => {
  const shape = bytes(
    2,
    sizes.flatMap((size) => bytes(1, number(1, size))),
  );
  return [...text(1, name), ...bytes(2, bytes(1, [...float32, ...shape]))];
};
const node = (operator, name, inputs, output) => [
  ...inputs.flatMap((input) => text(1, input)),
  ...text(2, output),
  ...text(3, name),
  ...text(4, operator),
];
const model = ({ nodes, tensors = [], input, output }) => [
  ...number(1, 8),
  ...bytes(7, [
    ...nodes.flatMap((content) => bytes(1, content)),
    ...text(2, 'g'),
    ...tensors.flatMap((content) => bytes(5, content)),
    ...bytes(11, input),
    ...bytes(12, output),
  ]),
  ...bytes(8, [...text(1, ''), ...number(2, 13)]),
];

/** One node that nobody knows: `node-7`, a `Strange` from picture to picture. */
export const strangeModel = model({
  nodes: [node('Strange', 'node-7', ['x'], 'y')],
  input: value('x', [1, 3, 8, 8]),
  output: value('y', [1, 3, 8, 8]),
});

/** Three 1 x 1 filters and their means over a grey picture of 28 x 28. The filters lie in the file `parted.onnx.data`. */
export const partedModel = (() => {
  const external = [...text(1, 'location'), ...text(2, 'parted.onnx.data')];
  const weights = [
    ...[3, 1, 1, 1].flatMap((size) => number(1, size)),
    ...number(2, 1),
    ...text(8, 'w'),
    ...bytes(13, external),
    ...number(14, 1),
  ];
  return model({
    nodes: [
      node('Conv', 'filters', ['x', 'w'], 'maps'),
      node('GlobalAveragePool', 'means', ['maps'], 'pooled'),
      node('Flatten', 'flat', ['pooled'], 'scores'),
    ],
    tensors: [weights],
    input: value('x', [1, 1, 28, 28]),
    output: value('scores', [1, 3]),
  });
})();

/** The filters: the second is the largest. */
export const partedWeights = new Uint8Array(Float32Array.of(-1, 5, 2).buffer);
