import { extname } from 'node:path';
import { writeNpy, writePng, type Model } from '@convscope/formats';
import { shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import { methodNamed, methodNames, type Explanation } from '@convscope/xai';
import { defineCommand } from '../command.ts';
import { checkedRequest, checkFlags, parseSettings } from '../explanation-request.ts';
import { explanationFigure, MOST_DRAWN } from '../figure/explanation-figure.ts';
import { inputFlag, loadInput } from '../load-input.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { checkedOutputFile, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import { printable, shortNumber } from '../text.ts';
import { withSession } from '../with-session.ts';

export const explain = defineCommand({
  name: 'explain',
  summary: 'why the model says what it says about an input',
  flags: {
    ...modelFlags,
    input: inputFlag,
    method: {
      type: 'choice',
      placeholder: 'NAME',
      required: true,
      choices: methodNames,
      description: 'how to explain',
    },
    layer: { type: 'text', placeholder: 'L', description: 'a value of the graph; `convscope inspect` lists them' },
    unit: {
      type: 'text',
      placeholder: 'C|C,Y,X',
      description: "a unit of the layer: channel C's strongest position, or an exact one",
    },
    target: { type: 'integer', min: 0, max: 999_999, description: 'a class; without it the top class is explained' },
    set: {
      type: 'list',
      placeholder: 'key=value',
      description: 'parameters of the method; `convscope methods NAME` lists them',
    },
    seed: { type: 'integer', min: 0, max: 2 ** 31 - 1, description: 'for methods that draw random numbers' },
    out: { type: 'text', placeholder: 'FILE', required: true, description: 'raw numbers as .npy, or a figure as .png' },
  },
  details: [
    'A .npy file holds raw, unnormalised numbers: gradients in the shape of the input, class activation maps at the',
    'resolution of the layer. A .png file shows the input, the map in colour and both together, with the scale.',
  ],
  run: async ({ flags }, context) => {
    const { stdout, stderr, signal } = context;
    const method = methodNamed(flags.method);
    const unit = checkFlags(method, flags);
    const parameters = parseSettings(method, flags.set);
    const path = await checkedOutputFile('--out', flags.out, ['.npy', '.png']);
    const model = await loadModel(flags, signal);
    const input = await loadInput(flags.input, model, signal);
    const request = checkedRequest(model, method, input, { ...flags, unit });
    const progress = new Progress(stderr, `explain ${method.name}`);
    progress.update(0);
    const { explanation, tensor } = await withSession(model, context, async (session) => {
      const onProgress = (done: number) => progress.update(done);
      const explanation = await session.explain(method, { ...request, parameters, signal, onProgress });
      try {
        return { explanation, tensor: (await explanation.tensor.read()) as TensorData<'float32'> };
      } finally {
        explanation.dispose();
      }
    }).finally(() => progress.end());
    const isPicture = extname(path).toLowerCase() === '.png';
    const bytes = isPicture
      ? writePng(explanationFigure({ model, method, input, explanation, tensor }))
      : writeNpy(tensor);
    await writeFiles(new Map([[path, bytes]]), signal);
    for (const line of remarksOn(explanation, tensor, model)) stderr.write(`${printable(line)}\n`);
    if (isPicture && (input.shape[0] ?? 0) > MOST_DRAWN) stderr.write(`shows the first ${MOST_DRAWN} pictures only\n`);
    stdout.write(`${method.name} ${tensor.dtype} ${shapeText(tensor.shape)} ${printable(flags.out)}\n`);
  },
});

/** What the reader of the numbers must know, line by line. */
function remarksOn(explanation: Explanation, tensor: TensorData, model: Model): readonly string[] {
  const { targets = [], layer, units = [], remarks, measures = {} } = explanation;
  const classes = targets.map(({ index, label }) => (label === String(index) ? label : `${index} (${label})`));
  const [min, max] = rangeOf(tensor);
  return [
    `model ${model.name}`,
    ...(layer === undefined ? [] : [`layer ${layer}`]),
    ...(classes.length === 0 ? [] : [`class ${classes.join(', ')}`]),
    ...(units.length === 0 ? [] : [`unit ${units.map(unitText).join(' ')}`]),
    ...Object.entries(measures).map(([name, values]) => `${name} ${values.map(shortNumber).join(' ')}`),
    ...remarks.map((remark) => `note: ${remark}`),
    `values from ${shortNumber(min)} to ${shortNumber(max)}${min === 0 && max === 0 ? ': zero everywhere' : ''}`,
  ];
}

function unitText({ channel, y, x }: NonNullable<Explanation['units']>[number]): string {
  return y === undefined || x === undefined ? String(channel) : `${channel},${y},${x}`;
}

function rangeOf({ data }: TensorData): readonly [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (const value of data) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return [min, max];
}
