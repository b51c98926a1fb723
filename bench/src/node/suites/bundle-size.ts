import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import type { FolderContext, Suite } from '../../suite.ts';

/** Kilobytes, 1000 bytes, minified and gzipped: what a page downloads for each of these. */
const PROGRAMS = [
  {
    name: 'engine: every export of @convscope/gpu-engine',
    source: `import * as engine from '@convscope/gpu-engine'; console.log(engine);`,
    wanted: 60,
  },
  {
    name: 'engine: device, graph, plan, parameters',
    source: `import { GpuDevice, GraphBuilder, ParameterSet, Plan } from '@convscope/gpu-engine';
      console.log(GpuDevice, GraphBuilder, ParameterSet, Plan);`,
  },
  {
    name: 'engine and ONNX files',
    source: `import { GpuDevice, ParameterSet, Plan } from '@convscope/gpu-engine';
      import { readOnnx } from '@convscope/formats';
      console.log(GpuDevice, ParameterSet, Plan, readOnnx);`,
  },
  {
    name: 'TensorFlow.js: core with gradients, layers, WebGPU backend',
    source: `import * as tf from '@tensorflow/tfjs-core'; import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
      import * as layers from '@tensorflow/tfjs-layers'; import '@tensorflow/tfjs-backend-webgpu';
      console.log(tf, layers);`,
  },
  {
    name: 'ONNX Runtime Web: WebGPU script (its wasm, some 20 MB, comes on top)',
    source: `import * as ort from 'onnxruntime-web/webgpu'; console.log(ort);`,
  },
] as const;

export const bundleSizeSuite: Suite<FolderContext> = {
  name: 'bundle-size',
  title: 'Bundle sizes: minified, gzipped',
  count: (extent) => (extent === 'quick' ? 1 : PROGRAMS.length),
  run: async ({ folder, extent, wants, figure }) => {
    for (const program of extent === 'quick' ? PROGRAMS.slice(0, 1) : PROGRAMS) {
      if (!wants(program.name)) continue;
      const value = await bundledKilobytes(folder, program.source);
      figure({ name: program.name, unit: 'KB', value, ...('wanted' in program ? { wanted: program.wanted } : {}) });
    }
  },
};

async function bundledKilobytes(folder: string, source: string): Promise<number> {
  const entry = join(folder, 'src', 'bundle-size-entry.js');
  const result = await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    plugins: [
      {
        name: 'program',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? { id, moduleSideEffects: true } : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
    resolve: { conditions: ['@convscope/source', 'browser', 'module', 'import', 'default'] },
    build: { write: false, minify: true, target: 'es2022', assetsInlineLimit: 0, rolldownOptions: { input: entry } },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) => ('output' in each ? each.output : []));
  const code = outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('');
  return gzipSync(code, { level: 9 }).length / 1000;
}
