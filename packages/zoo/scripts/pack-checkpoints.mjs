// Makes what is shipped of a training from its --out folder: node pack-checkpoints.mjs RUN NAME
// writes weights/NAME.safetensors, NAME.training.json and NAME.checkpoints.safetensors. Needs `npm run build`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCheckpoint } from '@convscope/formats';
import { writeSnapshots } from '@convscope/zoo';

const [run, name] = process.argv.slice(2);
if (run === undefined || name === undefined) throw new Error('usage: pack-checkpoints.mjs RUN NAME');
const weights = fileURLToPath(new URL('../weights/', import.meta.url));
const { recipe, losses, evaluations } = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));
const short = (value) => Number(value.toPrecision(6));
const report = {
  losses: losses.map(({ step, loss }) => ({ step, loss: short(loss) })),
  evaluations: evaluations.map(({ loss, accuracy, count }) => ({ loss: short(loss), accuracy, count })),
};
const folder = join(run, 'checkpoints');
const snapshots = readdirSync(folder)
  .filter((file) => /^step-\d+\.safetensors$/.test(file))
  .toSorted()
  .map((file) => {
    const { parameters } = readCheckpoint(new Uint8Array(readFileSync(join(folder, file))), file);
    return { step: Number(file.slice(5, -'.safetensors'.length)), parameters };
  });
writeFileSync(join(weights, `${name}.safetensors`), readFileSync(join(run, 'model.safetensors')));
writeFileSync(join(weights, `${name}.training.json`), `${JSON.stringify({ recipe, ...report })}\n`);
const bytes = writeSnapshots({ snapshots, report });
writeFileSync(join(weights, `${name}.checkpoints.safetensors`), bytes);
console.log(
  `${snapshots.length} checkpoints, ${bytes.length} bytes; steps ${snapshots.map(({ step }) => step).join(', ')}`,
);
