// Generated from the files of this folder by `npm run generate`; do not edit.
import { deconvnet } from './deconvnet.ts';
import { featureMaps } from './feature-maps.ts';
import { gradCam } from './grad-cam.ts';
import { gradCamPlusPlus } from './grad-cam-plus-plus.ts';
import { gradient } from './gradient.ts';
import { gradientXInput } from './gradient-x-input.ts';
import { guidedBackprop } from './guided-backprop.ts';
import { guidedGradCam } from './guided-grad-cam.ts';
import { hiresCam } from './hires-cam.ts';
import { integratedGradients } from './integrated-gradients.ts';
import { layerCam } from './layer-cam.ts';
import { occlusion } from './occlusion.ts';
import { rise } from './rise.ts';
import { smoothGrad } from './smooth-grad.ts';

export {
  deconvnet,
  featureMaps,
  gradCam,
  gradCamPlusPlus,
  gradient,
  gradientXInput,
  guidedBackprop,
  guidedGradCam,
  hiresCam,
  integratedGradients,
  layerCam,
  occlusion,
  rise,
  smoothGrad,
};
export const methods = {
  deconvnet,
  featureMaps,
  gradCam,
  gradCamPlusPlus,
  gradient,
  gradientXInput,
  guidedBackprop,
  guidedGradCam,
  hiresCam,
  integratedGradients,
  layerCam,
  occlusion,
  rise,
  smoothGrad,
} as const;
