import type { Preprocessing } from '@convscope/formats';
import { shapeText } from '@convscope/gpu-engine/graph';
import { escaped, imageElement } from '../figure/html.ts';
import { bytesText, printable } from '../text.ts';
import type { LayerSection, ReportContent } from './content.ts';
import { scaleElement } from './scale-html.ts';

/** What the network is: size, input, layers, and what does not apply to it. */
export function networkSection({ model, coverage, leftOut }: ReportContent): string {
  const { parameters, nodes, operators, memory, input, logits, stripped, layers, methods } = coverage;
  const classes = logits.classes === undefined ? '' : `${logits.classes.toLocaleString('en')} classes, `;
  const facts: readonly (readonly [string, string])[] = [
    ['parameters', `${parameters.toLocaleString('en')} (${bytesText(memory.parameters)})`],
    [
      'nodes',
      `${nodes}: ${operators
        .slice(0, 6)
        .map(({ op, count }) => `${count} ${op}`)
        .join(', ')}${operators.length > 6 ? ', …' : ''}`,
    ],
    [
      'memory',
      `at least ${bytesText(memory.forward)} more to run one picture, ${bytesText(memory.gradient)} for a gradient`,
    ],
    ['input', `${input.name}, ${shapeText(input.shape)}`],
    ['pictures become it by', preprocessingText(model.preprocessing)],
    ['class scores', `${classes}${logits.name}${stripped === undefined ? '' : `; ${stripped}`}`],
    // What is written for machines, such as a recipe, is left out.
    ...[...model.notes]
      .filter(([key, note]) => key !== 'logits' && !note.startsWith('{'))
      .map(([key, note]) => [key, shortened(note)] as const),
  ];
  const list = facts.map(([name, fact]) => `<dt>${text(name)}</dt><dd>${text(fact)}</dd>`).join('');
  const rows = layers.map(
    ({ name, op, shape }) =>
      `<tr><th scope="row"><code>${text(name)}</code></th><td>${text(op)}</td><td class="number">${shape.join(' × ')}</td></tr>`,
  );
  const reasons = methods.flatMap(({ title, reason }) => (reason === undefined ? [] : [`${title}: ${reason}`]));
  const unfit = [...new Set([...leftOut, ...reasons])].map((reason) => `<li>${text(reason)}</li>`);
  return `<h2>What the network is</h2>
<div class="columns">
<div class="card"><dl>${list}</dl></div>
<div class="card"><details${layers.length <= 20 ? ' open' : ''}><summary>${layers.length} layers worth looking at</summary><div class="scroll"><table><thead><tr><th scope="col">layer</th><th scope="col">ends in</th><th scope="col" class="number">channels × height × width</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></details>
${unfit.length === 0 ? '<p class="pale">Every method works on this network.</p>' : `<p class="pale">Does not apply:</p><ul class="notes pale">${unfit.join('')}</ul>`}</div>
</div>`;
}

/** The strongest channels of a few layers. */
export function layersSection({ layers }: ReportContent): string {
  if (layers.length === 0) return '';
  return `<h2>What its layers see</h2>
<p>From the first layer to the last: the channels that answer this picture most, by their mean, on one scale a layer. Early
ones follow edges and colours; later ones are coarser and stand for parts.</p>
${layers.map(layerHtml).join('\n')}`;
}

function layerHtml({ layer, op, channels, height, width, sign, scale, tiles }: LayerSection): string {
  const figures = tiles.map(
    ({ channel, picture }) =>
      `<figure>${imageElement(picture, `Channel ${channel} of ${printable(layer)}`, { classes: 'wide pixels' })}<figcaption>${channel}</figcaption></figure>`,
  );
  const what =
    tiles.length < channels ? `the ${tiles.length} strongest of ${channels} channels` : `all ${channels} channels`;
  return `<section class="card layer"><h3><code>${text(layer)}</code></h3><p class="pale">${text(op)}, ${what}, ${width} × ${height} each</p>
<div class="tiles">${figures.join('')}</div>${scaleElement(sign, scale)}</section>`;
}

function preprocessingText({
  channels,
  height,
  width,
  resize,
  scale,
  mean,
  standardDeviation,
  order,
  invert,
}: Preprocessing): string {
  return [
    `${channels === 1 ? 'grey' : order.toUpperCase()}, ${width} × ${height} pixels (${resize})`,
    `times ${Number(scale.toPrecision(4))}, less ${mean.join(' ')}, divided by ${standardDeviation.join(' ')}`,
    ...(invert === true ? ['inverted'] : []),
  ].join('; ');
}

function shortened(note: string): string {
  return note.length > 160 ? `${note.slice(0, 159)}…` : note;
}

function text(value: string): string {
  return escaped(printable(value));
}
