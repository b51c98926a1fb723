// Generated from the docblocks of the elements by `npm run generate`; do not edit.
import type { HTMLAttributes, RefAttributes } from 'react';
import type { CsClassScores, ClassScoresEventMap } from './elements/class-scores/cs-class-scores.ts';
import type { CsEvolution, EvolutionEventMap } from './elements/evolution/cs-evolution.ts';
import type { CsExplanation, ExplanationEventMap } from './elements/explanation/cs-explanation.ts';
import type { CsFeatureMaps, FeatureMapsEventMap } from './elements/feature-maps/cs-feature-maps.ts';
import type { CsFilters, FiltersEventMap } from './elements/filters/cs-filters.ts';
import type { CsHeatmap, HeatmapEventMap } from './elements/heatmap/cs-heatmap.ts';
import type { CsImageInput, ImageInputEventMap } from './elements/image-input/cs-image-input.ts';
import type { CsPicture, PictureEventMap } from './elements/picture/cs-picture.ts';
import type { CsTimeline, TimelineEventMap } from './elements/timeline/cs-timeline.ts';
import type { CsTrainingChart, TrainingChartEventMap } from './elements/training-chart/cs-training-chart.ts';

/** An element as React 19 takes it: properties by name, and a listener `onname` for each event `name`. */
export type ElementProps<E extends HTMLElement, Names extends keyof E, Events> = Omit<HTMLAttributes<E>, Names> &
  RefAttributes<E> & { [Name in Names]?: E[Name] | undefined } & {
    [Name in keyof Events & string as `on${Name}`]?: ((event: Events[Name]) => void) | undefined;
  };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'cs-class-scores': ElementProps<
        CsClassScores,
        'scores' | 'target' | 'top' | 'order',
        Pick<ClassScoresEventMap, 'target' | 'load'>
      >;
      'cs-evolution': ElementProps<CsEvolution, 'content' | 'steps' | 'step', Pick<EvolutionEventMap, 'step'>>;
      'cs-explanation': ElementProps<
        CsExplanation,
        | 'model'
        | 'src'
        | 'method'
        | 'layer'
        | 'unit'
        | 'target'
        | 'seed'
        | 'parameters'
        | 'preprocess'
        | 'labels'
        | 'poster'
        | 'loading'
        | 'label'
        | 'opacity'
        | 'colormap',
        Pick<ExplanationEventMap, 'load' | 'progress' | 'error'>
      >;
      'cs-feature-maps': ElementProps<
        CsFeatureMaps,
        'explanation' | 'unit' | 'most' | 'colormap',
        Pick<FeatureMapsEventMap, 'unit' | 'load' | 'progress' | 'error'>
      >;
      'cs-filters': ElementProps<
        CsFilters,
        'weights' | 'tops' | 'preprocessing' | 'selected',
        Pick<FiltersEventMap, 'filter' | 'error'>
      >;
      'cs-heatmap': ElementProps<
        CsHeatmap,
        | 'explanation'
        | 'input'
        | 'preprocessing'
        | 'scale'
        | 'probe'
        | 'opacity'
        | 'colormap'
        | 'interpolation'
        | 'compact'
        | 'label',
        Pick<HeatmapEventMap, 'probe' | 'load' | 'progress' | 'error'>
      >;
      'cs-image-input': ElementProps<
        CsImageInput,
        'preprocessing' | 'samples' | 'value' | 'camera',
        Pick<ImageInputEventMap, 'input' | 'load' | 'progress' | 'error'>
      >;
      'cs-picture': ElementProps<
        CsPicture,
        'source' | 'preprocessing' | 'captions' | 'label',
        Pick<PictureEventMap, 'load' | 'error'>
      >;
      'cs-timeline': ElementProps<
        CsTimeline,
        'steps' | 'index' | 'playing' | 'label',
        Pick<TimelineEventMap, 'checkpoint'>
      >;
      'cs-training-chart': ElementProps<
        CsTrainingChart,
        'losses' | 'validationLosses' | 'accuracies' | 'learningRates' | 'steps' | 'cursor' | 'logLoss' | 'logSteps',
        Pick<TrainingChartEventMap, 'step'>
      >;
    }
  }
}
