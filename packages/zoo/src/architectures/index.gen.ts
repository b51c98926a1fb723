// Generated from the files of this folder by `npm run generate`; do not edit.
import { digitsNet } from './digits-net.ts';
import { seedMnist } from './seed-mnist.ts';
import { shapesNet } from './shapes-net.ts';

export { digitsNet, seedMnist, shapesNet };
export const architectures = { digitsNet, seedMnist, shapesNet } as const;
