// Generated from the files of this folder by `npm run generate`; do not edit.
import { ablationCam } from './ablation-cam.ts';
import { activationMap } from './activation-map.ts';
import { cam } from './cam.ts';
import { deconvnet } from './deconvnet.ts';
import { deconvnetOverlay } from './deconvnet-overlay.ts';
import { deepDream } from './deep-dream.ts';
import { eigenCam } from './eigen-cam.ts';
import { featureMaps } from './feature-maps.ts';
import { featureVisualization } from './feature-visualization.ts';
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
import { reconstruction } from './reconstruction.ts';
import { reconstructionLadder } from './reconstruction-ladder.ts';
import { rise } from './rise.ts';
import { scoreCam } from './score-cam.ts';
import { smoothGrad } from './smooth-grad.ts';
import { xgradCam } from './xgrad-cam.ts';

export {
  ablationCam,
  activationMap,
  cam,
  deconvnet,
  deconvnetOverlay,
  deepDream,
  eigenCam,
  featureMaps,
  featureVisualization,
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
  reconstruction,
  reconstructionLadder,
  rise,
  scoreCam,
  smoothGrad,
  xgradCam,
};
export const methods = {
  ablationCam,
  activationMap,
  cam,
  deconvnet,
  deconvnetOverlay,
  deepDream,
  eigenCam,
  featureMaps,
  featureVisualization,
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
  reconstruction,
  reconstructionLadder,
  rise,
  scoreCam,
  smoothGrad,
  xgradCam,
} as const;
