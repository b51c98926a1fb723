// Generated from the files of this folder by `npm run generate`; do not edit.
import { digitsNet } from './digits-net.ts';
import { seedMnist } from './seed-mnist.ts';

export { digitsNet, seedMnist };
export const architectures = { digitsNet, seedMnist } as const;
