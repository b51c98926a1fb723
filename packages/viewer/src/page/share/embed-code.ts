import type { Lab } from '../lab/lab.ts';
import type { Wish } from '../state/lab-state.ts';

/** HTML that shows a tile's explanation in any page, by the elements and packages alone. */
export function embedCode(lab: Lab, wish: Wish): string {
  const { model, input } = lab.state;
  const request = [
    'input',
    ...(wish.layer === undefined ? [] : [`layer: ${literal(wish.layer)}`]),
    ...(wish.unit === undefined ? [] : [`unit: ${literal(wish.unit)}`]),
    ...(lab.state.target === undefined && wish.target === undefined
      ? []
      : [`target: ${literal(wish.target ?? lab.state.target)}`]),
    ...(wish.seed === undefined ? [] : [`seed: ${wish.seed}`]),
    ...(wish.parameters === undefined ? [] : [`parameters: ${literal(wish.parameters)}`]),
  ].join(', ');
  const isZoo = model.kind === 'zoo';
  const fileName = model.kind === 'url' ? model.url : model.name;
  const imports = isZoo
    ? `import { loadModel${input?.kind === 'sample' ? ', sampleDigits' : ''} } from '@convscope/zoo';`
    : `import { ${/\.safetensors$/i.test(fileName) ? 'readCheckpoint' : 'readOnnx'} } from '@convscope/formats';`;
  const reader = /\.safetensors$/i.test(fileName) ? 'readCheckpoint' : 'readOnnx';
  const modelLine = isZoo
    ? `const model = await loadModel(${literal(model.name)});`
    : `const bytes = new Uint8Array(await (await fetch(${literal(fileName)})).arrayBuffer());\n  const model = ${reader}(bytes, ${literal(fileName)});`;
  const inputLine =
    isZoo && input?.kind === 'sample'
      ? 'const input = sampleDigits(1).images;'
      : `const picture = new Uint8Array(await (await fetch('picture.png')).arrayBuffer()); // your picture\n  const input = pictureToTensor(decodePicture(picture, 'picture.png'), model.preprocessing);`;
  const pictureImport = inputLine.includes('decodePicture')
    ? `\n  import { decodePicture, pictureToTensor } from '@convscope/formats';`
    : '';
  return `<cs-heatmap id="explanation" opacity="${lab.opacity}">Your browser has no WebGPU.</cs-heatmap>
<script type="module">
  import '@convscope/viewer/elements/heatmap/define';
  import { sharedDevice } from '@convscope/viewer';
  import { methodNamed, Session } from '@convscope/xai';
  ${imports}${pictureImport}

  ${modelLine}
  ${inputLine}
  const session = await Session.create(await sharedDevice(), model);
  const heatmap = document.querySelector('#explanation');
  heatmap.input = input;
  heatmap.preprocessing = model.preprocessing;
  heatmap.explanation = await session.explain(methodNamed(${literal(wish.method)}), { ${request} });
</script>
`;
}

/** As JavaScript in an HTML page: no text of it can end the script. */
function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
