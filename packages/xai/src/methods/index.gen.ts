// Generated from the files of this folder by `npm run generate`; do not edit.
import { deconvnet } from './deconvnet.ts';
import { featureMaps } from './feature-maps.ts';
import { gradCam } from './grad-cam.ts';
import { gradient } from './gradient.ts';
import { guidedBackprop } from './guided-backprop.ts';

export { deconvnet, featureMaps, gradCam, gradient, guidedBackprop };
export const methods = { deconvnet, featureMaps, gradCam, gradient, guidedBackprop } as const;
