export { CsClassScores, type ClassScoresEventMap, type TargetDetail } from './elements/class-scores/cs-class-scores.ts';
export {
  CsExplanation,
  type ExplanationErrorDetail,
  type ExplanationEventMap,
  type ExplanationLoadDetail,
  type ExplanationProgressDetail,
} from './elements/explanation/cs-explanation.ts';
export { CsFeatureMaps, type FeatureMapsEventMap } from './elements/feature-maps/cs-feature-maps.ts';
export {
  CsHeatmap,
  type HeatmapEventMap,
  type HeatmapSource,
  type Place,
  type ProbeDetail,
} from './elements/heatmap/cs-heatmap.ts';
export {
  CsImageInput,
  type ImageInputEventMap,
  type InputDetail,
  type InputSample,
} from './elements/image-input/cs-image-input.ts';
export { CsPicture, type PictureEventMap } from './elements/picture/cs-picture.ts';
export { CsEvolution, type EvolutionEventMap } from './elements/evolution/cs-evolution.ts';
export { CsFilters, type FiltersEventMap } from './elements/filters/cs-filters.ts';
export { CsTimeline, type CheckpointDetail, type TimelineEventMap } from './elements/timeline/cs-timeline.ts';
export {
  CsTrainingChart,
  type ChartPoint,
  type StepDetail,
  type TrainingChartEventMap,
} from './elements/training-chart/cs-training-chart.ts';
export { drawOverlay, drawTiles, type MapDrawing, type MapStyle, type OverlayStyle } from './drawing/draw-maps.ts';
export type { ElementStatus, ErrorDetail, ProgressDetail, StatusEventMap } from './shared/events.ts';
export { failureWords, type FailureWords } from './shared/failure-words.ts';
export { sharedDevice } from './shared/shared-device.ts';
