// Runs in the folder where the packages were installed: every export, and a network from file to layers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { readCheckpoint, writeOnnx, readOnnx } from '@convscope/formats';
import * as engine from '@convscope/gpu-engine';
import { ConvscopeError, valueOf } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import * as viewer from '@convscope/viewer';
import { layersOf, methodNames } from '@convscope/xai';
import { colorTable } from '@convscope/xai/render';
import { modelNames, sampleDigits } from '@convscope/zoo';
import { loadModel } from '@convscope/zoo/node';
import { main } from 'convscope';

const digits = await loadModel('digits');
assert.ok(modelNames.includes('digits') && layersOf(digits.graph).length > 3);
assert.deepEqual(valueOf(digits.graph, digits.logits).shape.slice(1), [10]);
const again = readOnnx(writeOnnx(digits), 'digits.onnx');
assert.equal(again.parameters.size, digits.parameters.size);
assert.deepEqual(sampleDigits(2).images.shape, [2, 1, 28, 28]);
assert.ok(methodNames.includes('grad-cam') && colorTable('signed').length > 0);
for (const value of [readCheckpoint, requestNodeDevice, engine.Plan, viewer.CsHeatmap, viewer.CsExplanation, main]) {
  assert.equal(typeof value, 'function');
}
assert.throws(() => valueOf(digits.graph, 'nothing'), ConvscopeError);
// Browsers' own parts: they lie where the exports say, and define nothing while they are only looked at.
for (const name of [
  '@convscope/viewer/define',
  '@convscope/viewer/elements/heatmap/define',
  '@convscope/viewer/react',
]) {
  assert.ok(readFileSync(fileURLToPath(import.meta.resolve(name)), 'utf8').length > 0, name);
}
const manifest = createRequire(import.meta.url)('@convscope/viewer/custom-elements.json');
for (const { path } of manifest.modules) {
  assert.ok(readFileSync(new URL(`./node_modules/@convscope/viewer/${path}`, import.meta.url)).length > 0, path);
}
