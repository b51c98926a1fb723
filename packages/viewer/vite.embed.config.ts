import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Pages may not start workers from another origin: what they do, the one file does on its own thread. */
const withoutWorkers: Plugin = {
  name: 'without-workers',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id.endsWith('/decode-file.ts') && importer?.includes('/image-input/') === true
      ? at('src/embed/decode-file.ts')
      : undefined,
};

/** jpeg-js is CommonJS, of which bundlers drop nothing; only its decoder is used. */
const withoutJpegEncoder: Plugin = {
  name: 'without-jpeg-encoder',
  enforce: 'pre',
  async resolveId(id, importer) {
    if (id !== 'jpeg-js') return undefined;
    const decoder = await this.resolve('jpeg-js/lib/decoder.js', importer);
    return decoder === null ? undefined : `\0jpeg-decoder:${decoder.id}`;
  },
  load(id) {
    if (!id.startsWith('\0jpeg-decoder:')) return undefined;
    return `import decode from ${JSON.stringify(id.slice('\0jpeg-decoder:'.length))};\nexport { decode };`;
  },
};

/** What only references and controls show of methods: formulas, who wrote what, caveats, and what parameters are. */
const withoutReferenceTexts: Plugin = {
  name: 'without-reference-texts',
  enforce: 'pre',
  transform(code, id) {
    if (!/[\\/]xai[\\/]src[\\/](methods|signal|synthesis)[\\/]/.test(id)) return undefined;
    const without = (text: string, names: string): string =>
      text.replaceAll(new RegExp(`\\b(${names}):\\s*(?:'[^'\\n]*'|"[^"\\n]*")`, 'g'), "$1: ''");
    const short = without(code, 'formula|description|summary|caveat');
    return { code: short.replaceAll(/\bpaper: \{[^}]*\}/g, (paper) => without(paper, 'authors|title')), map: null };
  },
};

/** Styles as short as they may be: bundlers leave what stands in templates as it is. */
const shortStyles: Plugin = {
  name: 'short-styles',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('.styles.ts')) return undefined;
    const short = (styles: string): string =>
      styles
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .replaceAll(/\s*\n\s*/g, ' ')
        .replaceAll(/ ?([{;}]) /g, '$1');
    return { code: code.replaceAll(/css`[^`]*`/g, short), map: null };
  },
};

/** Files that are named in modules but by no code that is left. */
const withoutUnusedFiles: Plugin = {
  name: 'without-unused-files',
  generateBundle(_options, bundle) {
    const code = Object.values(bundle)
      .map((file) => (file.type === 'chunk' ? file.code : ''))
      .join('\n');
    for (const [name, file] of Object.entries(bundle)) {
      if (file.type === 'asset' && !code.includes(name)) Reflect.deleteProperty(bundle, name);
    }
  },
};

// The one file for a script tag, `dist/convscope.js`, with the weights of the zoo's networks beside it.
export default defineConfig({
  base: './',
  resolve: { conditions: ['@convscope/source', 'module', 'browser', 'production'] },
  plugins: [withoutWorkers, withoutJpegEncoder, withoutReferenceTexts, shortStyles, withoutUnusedFiles],
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'chrome123',
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: at('src/embed/index.ts'),
      // What the reader of ONNX files shares with everything else stays in the one file, which exports it too.
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: 'convscope.js',
        chunkFileNames: 'convscope-[name].js',
        assetFileNames: '[name][extname]',
      },
    },
  },
});
