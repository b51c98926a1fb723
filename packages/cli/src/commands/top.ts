import { extname } from 'node:path';
import { writePng } from '@convscope/formats';
import { withInputShapes } from '@convscope/gpu-engine/graph';
import { topActivations } from '@convscope/xai';
import { invalid } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { topFigure } from '../figure/top-figure.ts';
import { topPage } from '../figure/top-page.ts';
import { layerFlag, layerNamed } from '../layer-flag.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { openPictures, picturesFlag } from '../load-pictures.ts';
import { checkedOutputFile, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import { printable } from '../text.ts';
import { withSession } from '../with-session.ts';

/** Channels of one figure. */
const MOST_CHANNELS = 64;

export const top = defineCommand({
  name: 'top',
  summary: 'the pictures of a data set that excite channels of a layer most, with what they saw',
  computes: true,
  flags: {
    ...modelFlags,
    data: picturesFlag,
    layer: { ...layerFlag, required: true },
    channel: { type: 'text', placeholder: 'C[,C]', required: true, description: 'channels of the layer' },
    count: { type: 'integer', min: 1, max: 1_000_000, description: 'pictures to search, without it 1000' },
    keep: { type: 'integer', min: 1, max: 100, description: 'pictures to show a channel, without it 9' },
    out: { type: 'text', placeholder: 'FILE', required: true, description: 'a figure as .png, or a page as .html' },
  },
  details: [
    'Each picture is cut to what the strongest unit of the channel can see, and stands beside its deconvnet',
    'reconstruction (Zeiler & Fergus 2013, figure 2).',
  ],
  run: async ({ flags }, context) => {
    const { stdout, stderr, signal } = context;
    const path = await checkedOutputFile('--out', flags.out, ['.png', '.html']);
    const model = await loadModel(flags, signal);
    const { channels, height, width } = model.preprocessing;
    const graph = withInputShapes(model.graph, new Map([[model.input, [1, channels, height, width]]]));
    const layer = layerNamed(graph, flags.layer, false);
    const chosen = parseChannels(flags.channel, layer.shape[1] as number);
    const source = await openPictures(flags.data, model, flags.count ?? 1000, signal);
    const progress = new Progress(stderr, `search ${source.total} pictures`);
    progress.update(0);
    const found = await withSession(model, context, (session) =>
      topActivations(session, source.parts(), {
        layer: layer.name,
        channels: chosen,
        count: flags.keep ?? 9,
        signal,
        onProgress: (pictures) => progress.update(pictures / source.total),
      }),
    ).finally(() => progress.end());
    const content = { model, layer: layer.name, channels: found, searched: source.total, nameOf: source.nameOf };
    const isPicture = extname(path).toLowerCase() === '.png';
    const bytes = isPicture ? writePng(topFigure(content)) : new TextEncoder().encode(topPage(content));
    await writeFiles(new Map([[path, bytes]]), signal);
    stdout.write(`${layer.name} channels ${chosen.join(', ')} over ${source.total} pictures ${printable(flags.out)}\n`);
  },
});

/** `3`, `3,17` or `0-8`. Throws `invalid-parameter`. */
function parseChannels(text: string, total: number): readonly number[] {
  const chosen = new Set<number>();
  for (const part of text.split(',')) {
    const [, from, to = from] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part) ?? [];
    const [first, last] = [Number(from ?? NaN), Number(to ?? NaN)];
    if (!(first <= last && last < total)) {
      throw invalid('--channel', 'the layer has no such channel', {
        got: JSON.stringify(part),
        wanted: `C, C,C or C-C from 0 to ${total - 1}`,
      });
    }
    for (let channel = first; channel <= last; channel++) {
      chosen.add(channel);
      if (chosen.size > MOST_CHANNELS) throw invalid('--channel', 'too many', { wanted: `at most ${MOST_CHANNELS}` });
    }
  }
  return [...chosen];
}
