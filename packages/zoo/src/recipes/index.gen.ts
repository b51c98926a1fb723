// Generated from the files of this folder by `npm run generate`; do not edit.
import { digits } from './digits.ts';
import { seedMnist } from './seed-mnist.ts';

export { digits, seedMnist };
export const recipes = { digits, seedMnist } as const;
