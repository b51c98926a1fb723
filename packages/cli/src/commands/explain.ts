import { extname } from 'node:path';
import { writeGif, writeNpy, writePng, type Model } from '@convscope/formats';
import { shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import { blankInput, methodNamed, type Explanation, type Method } from '@convscope/xai';
import { blankPicture, drawPicture, pictureFigure, picturesOf } from '@convscope/xai/render';
import { invalid } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import {
  checkedRequest,
  checkFlags,
  methodFlag,
  parseDirection,
  parseSettings,
  seedFlag,
} from '../explanation-request.ts';
import { explanationFigure, MOST_DRAWN, type FigureContent } from '../figure/explanation-figure.ts';
import { layerFlag } from '../layer-flag.ts';
import { inputFlag, loadInput } from '../load-input.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { checkedOutputFile, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import { printable, shortNumber } from '../text.ts';
import { withSession } from '../with-session.ts';

export const explain = defineCommand({
  name: 'explain',
  summary: 'why the model says what it says about an input',
  computes: true,
  flags: {
    ...modelFlags,
    input: { ...inputFlag, required: false, description: `${inputFlag.description}; some methods need none` },
    method: methodFlag,
    layer: layerFlag,
    unit: {
      type: 'text',
      placeholder: 'C|C,Y,X',
      description: "a unit of the layer: channel C's strongest position, or an exact one",
    },
    target: { type: 'integer', min: 0, max: 999_999, description: 'a class; without it the top class is explained' },
    direction: {
      type: 'text',
      placeholder: 'C:W,…',
      description: 'in place of one unit, weights of several channels of the layer (feature-visualization)',
    },
    guide: { type: 'text', placeholder: 'X', description: 'a second picture, from which a dream takes its features' },
    set: {
      type: 'list',
      placeholder: 'key=value',
      description: 'parameters of the method; `convscope methods NAME` lists them',
    },
    seed: seedFlag,
    out: {
      type: 'text',
      placeholder: 'FILE',
      required: true,
      description: 'raw numbers as .npy, a figure as .png, made pictures as .gif',
    },
  },
  details: [
    'A .npy file holds raw, unnormalised numbers: gradients in the shape of the input, class activation maps at the',
    'resolution of the layer. A .png file shows the input, the map in colour and both together, with the scale.',
    'Methods that make pictures (deep-dream, feature-visualization, reconstruction) write them in the space of the',
    'model’s input as .npy, all in one figure as .png, or one after the other as an animated .gif.',
  ],
  run: async ({ flags }, context) => {
    const { stdout, stderr, signal } = context;
    const method = methodNamed(flags.method);
    const unit = checkFlags(method, flags);
    const parameters = parseSettings(method, flags.set);
    const kinds = method.kind === 'picture' ? ['.npy', '.png', '.gif'] : ['.npy', '.png'];
    const path = await checkedOutputFile('--out', flags.out, kinds);
    checkPictureFlags(method, flags);
    const direction = flags.direction === undefined ? undefined : parseDirection(flags.direction);
    const model = await loadModel(flags, signal);
    const longerSide =
      Number(parameters['size'] ?? 0) || Math.max(model.preprocessing.width, model.preprocessing.height);
    const sizing = method.input === 'any-size' ? { longerSide } : {};
    const input = flags.input === undefined ? blankInput(model) : await loadInput(flags.input, model, signal, sizing);
    const guide = flags.guide === undefined ? undefined : await loadInput(flags.guide, model, signal, sizing);
    const request = { ...checkedRequest(model, method, input, { ...flags, unit }), guide, direction };
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
    const bytes = fileOf(extname(path).toLowerCase(), { model, method, input, explanation, tensor });
    await writeFiles(new Map([[path, bytes]]), signal);
    for (const line of remarksOn(explanation, tensor, model)) stderr.write(`${printable(line)}\n`);
    if (extname(path).toLowerCase() === '.png' && explanation.kind === undefined && (input.shape[0] ?? 0) > MOST_DRAWN)
      stderr.write(`shows the first ${MOST_DRAWN} pictures only\n`);
    stdout.write(`${method.name} ${tensor.dtype} ${shapeText(tensor.shape)} ${printable(flags.out)}\n`);
  },
});

/** Frames of an animation are at least this wide or high, and this long shown. */
const LEAST_SIDE = 256;
const FRAME_MILLISECONDS = 100;

function fileOf(
  kind: string,
  content: FigureContent & { readonly explanation: Explanation; readonly method: Method },
): Uint8Array {
  const { model, method, input, explanation, tensor } = content;
  if (kind === '.npy') return writeNpy(tensor);
  if (kind === '.gif') {
    const frames = picturesOf(tensor, model).map((picture) => {
      const zoom = Math.max(1, Math.ceil(LEAST_SIDE / Math.max(picture.width, picture.height)));
      const [width, height] = [picture.width * zoom, picture.height * zoom];
      const frame = blankPicture(width, height, [255, 255, 255]);
      drawPicture(frame, picture, { left: 0, top: 0, width, height });
      return { picture: frame, milliseconds: FRAME_MILLISECONDS };
    });
    return writeGif(frames);
  }
  if (explanation.kind === undefined) return writePng(explanationFigure(content));
  const shown = method.input === 'none' ? undefined : input;
  return writePng(pictureFigure({ model, method, input: shown, explanation, tensor }));
}

/** Checks the flags that only some methods take. Throws `invalid-parameter`, naming the flag. */
function checkPictureFlags(
  { name, input }: Method,
  given: {
    readonly input: string | undefined;
    readonly guide: string | undefined;
    readonly direction: string | undefined;
  },
): void {
  if (given.input === undefined && input !== 'none') throw invalid('--input', 'is missing', { wanted: 'a file' });
  if (given.input !== undefined && input === 'none')
    throw invalid('--input', `${name} starts from noise, not from an input`);
  if (given.guide !== undefined && name !== 'deep-dream') throw invalid('--guide', `${name} takes no second picture`);
  if (given.direction !== undefined && name !== 'feature-visualization')
    throw invalid('--direction', `${name} takes no direction`);
}

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
