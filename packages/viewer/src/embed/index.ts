/** What the one file for a script tag has: it defines all elements, and gives scripts what they are made of. */
import '../define.ts';

export * from '../index.ts';
export { decodePicture, pictureToTensor, readCheckpoint, type Model } from '@convscope/formats';
export { methodNamed, methodNames, Session, type Explanation, type Method } from '@convscope/xai';
export { loadNetwork } from '../elements/explanation/load-network.ts';
export { loadModel, modelNames } from '@convscope/zoo';
