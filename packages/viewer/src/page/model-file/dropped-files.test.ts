import { expect, it } from 'vitest';
import { fileAt, sortFiles } from './dropped-files.ts';

const file = (name: string, type = ''): File => new File(['x'], name, { type });

it('sorts a model, its weights, class names and a picture', () => {
  const [data, model, labels, picture] = [
    file('model.onnx.data'),
    file('model.onnx'),
    file('names.txt', 'text/plain'),
    file('cat.jpg', 'image/jpeg'),
  ];
  expect(sortFiles([data, picture, labels, model])).toEqual({ model, labels, picture, beside: [data] });
  expect(sortFiles([picture])).toEqual({ picture, beside: [] });
  expect(sortFiles([model, file('conv1.weight')]).beside.map(({ name }) => name)).toEqual(['conv1.weight']);
});

const beside = (name: string, webkitRelativePath = '') => ({ name, webkitRelativePath });

it('finds the file that a model means, and guesses nothing', () => {
  const weights = beside('model.onnx.data');
  expect(fileAt('model.onnx.data', [beside('other'), weights])).toBe(weights);
  expect(fileAt('./model.onnx.data', [weights])).toBe(weights);
  expect(fileAt('weights/model.onnx.data', [weights])).toBe(weights);
  expect(fileAt('MODEL.onnx.data', [weights])).toBeUndefined();
  expect(fileAt('../model.onnx.data', [weights])).toBeUndefined();
  expect(fileAt('', [weights])).toBeUndefined();
  expect(fileAt('model.onnx.data', [weights, beside('model.onnx.data')])).toBeUndefined();
});

it('tells files of one name apart by their paths in a dropped folder', () => {
  const [left, right] = [beside('w.bin', 'net/a/w.bin'), beside('w.bin', 'net/b/w.bin')];
  expect(fileAt('b/w.bin', [left, right])).toBe(right);
  expect(fileAt('w.bin', [left, right])).toBeUndefined();
});
