// Generated from the files of this folder by `npm run generate`; do not edit.
import { digits } from './digits.ts';
import { seedMnist } from './seed-mnist.ts';
import { shapes } from './shapes.ts';

export { digits, seedMnist, shapes };
export const recipes = { digits, seedMnist, shapes } as const;
