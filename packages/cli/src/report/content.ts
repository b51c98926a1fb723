import type { Model, Picture } from '@convscope/formats';
import type { ClassScore, Coverage, DeletionInsertion } from '@convscope/xai';
import type { Scale } from '@convscope/xai/render';
import type { JudgedMethod, Worth } from '../commands/check-method.ts';
import type { MapPictures } from '../figure/map-pictures.ts';

/** One channel of a layer as a picture. */
export interface ChannelTile {
  readonly channel: number;
  readonly picture: Picture;
}

/** The strongest channels of one layer. */
export interface LayerSection {
  readonly layer: string;
  readonly op: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly sign: 'signed' | 'positive';
  readonly scale: Scale;
  readonly tiles: readonly ChannelTile[];
}

/** One method's map, and what it is worth. */
export interface MapSection {
  readonly judged: JudgedMethod;
  readonly layer: string | undefined;
  readonly sign: 'signed' | 'positive';
  readonly pictures: MapPictures;
  readonly remarks: readonly string[];
  readonly worth: Worth | undefined;
}

/** All that a report shows. */
export interface ReportContent {
  readonly model: Model;
  readonly coverage: Coverage;
  /** The input's file name. */
  readonly inputName: string;
  readonly input: Picture;
  /** Best first; empty where the network gives no class scores. */
  readonly scores: readonly ClassScore[];
  readonly target: ClassScore | undefined;
  /** Whether the target was asked for, in place of the best class. */
  readonly isAsked: boolean;
  readonly layers: readonly LayerSection[];
  readonly maps: readonly MapSection[];
  /** Curves of pixels in no order; undefined where nothing was checked. */
  readonly chance: DeletionInsertion | undefined;
  /** Methods of the default set that do not work on the model, with the reason. */
  readonly leftOut: readonly string[];
  /** The command line that makes the same report. */
  readonly command: string;
}
