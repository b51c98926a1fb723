import type { Tensor } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';
import type { Session } from './session.ts';

/** One parameter of a method, as data: command-line flags, controls of the page and reference pages are made from it. */
export type ParameterSpecification = {
  readonly description: string;
} & (
  | { readonly type: 'number' | 'integer'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'choice'; readonly default: string; readonly choices: readonly string[] }
);

export type ParameterValue = number | boolean | string;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** The publication that a method follows. */
export interface Paper {
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  /** An arXiv identifier. */
  readonly arxiv?: string;
}

/** A channel of a layer's value, at its strongest position or at an exact one. */
export interface Unit {
  readonly channel: number;
  readonly y?: number;
  readonly x?: number;
}

export interface ChannelWeight {
  readonly channel: number;
  readonly weight: number;
}

/** What is to be explained, and with what. */
export interface ExplanationRequest {
  /** [N, C, H, W] as the model takes it, already normalised. For methods that look at none, see `blankInput`. */
  readonly input: TensorData<'float32'>;
  /** The name of any value of the graph. */
  readonly layer?: string | undefined;
  readonly unit?: Unit | undefined;
  /** A class by its number; the top class of each picture where neither target nor unit is given. */
  readonly target?: number | undefined;
  /** For methods that draw random numbers. */
  readonly seed?: number | undefined;
  /** A second picture, normalised as the input, of any size: deep dreams take what they strengthen from it. */
  readonly guide?: TensorData<'float32'> | undefined;
  /** Weights of a layer's channels, for methods that take a direction among them in place of one unit. */
  readonly direction?: readonly ChannelWeight[] | undefined;
  readonly parameters?: ParameterValues | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the done part of the work, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /**
   * Called now and then with the pictures [N, C, H, W] as they stand, in the space of the model's input, by methods that
   * make pictures. Without it nothing is read back before the end; the result is the same bits.
   */
  readonly onPicture?: ((pictures: TensorData<'float32'>) => void) | undefined;
}

/** The request as a method sees it: parameters checked and complete. */
export interface MethodRequest extends ExplanationRequest {
  readonly parameters: ParameterValues;
}

export interface ExplainedTarget {
  readonly index: number;
  readonly label: string;
}

/** The result of a method: raw numbers on the GPU, and what is needed to read them. The caller disposes of it. */
export interface Explanation {
  readonly method: string;
  /** Gradients have the input's shape, CAMs [N, 1, h, w] at the layer's resolution, feature maps [N, C, h, w]. */
  readonly tensor: Tensor;
  /**
   * Present where the tensor holds pictures [N, C, H, W] in the space of the model's input, not maps over it: they are
   * shown through the inverse of the model's preprocessing (`tensorToPicture` of @convscope/formats), not through
   * colours. H and W may differ from the input's. `measures.clipped` is the share of their values that lies outside of what can be shown.
   */
  readonly kind?: 'picture';
  /** One a picture, where there are several that stand for different things: channels, layers, frames. */
  readonly captions?: readonly string[];
  /** Whether zero is the middle of the scale or its lower end. */
  readonly sign: 'signed' | 'positive';
  readonly layer?: string;
  /** One a picture of the batch. */
  readonly targets?: readonly ExplainedTarget[];
  /** The unit that was explained, with the position that was found for it, one a picture. */
  readonly units?: readonly Unit[];
  /** Figures by which the result can be judged, such as the completeness gap: one a picture of the batch. */
  readonly measures?: Readonly<Record<string, readonly number[]>>;
  /** What the reader must know: choices that were made, known limits of the method. */
  readonly remarks: readonly string[];
  readonly dispose: () => void;
}

/** What a method gives before the session adds its name, the tensor's ownership and the method's caveats. */
export type MethodResult = Omit<Explanation, 'method' | 'dispose' | 'remarks' | 'measures'> & {
  readonly remarks?: readonly string[];
  /** A single number is that of a single picture. */
  readonly measures?: Readonly<Record<string, number | readonly number[]>>;
};

/** One explanation method. Everything but `run` is data. */
export interface Method {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** What is computed, in plain text with `_` before what stands below and `^` before what stands above. */
  readonly formula: string;
  readonly paper: Paper;
  /** What it can start from; a method that starts from neither shows the layer itself. */
  readonly explains: readonly ('class' | 'unit')[];
  /** Whether it looks at a layer, and which one is taken where none is named. */
  readonly layer: 'none' | 'unit' | 'first-features' | 'last-features';
  readonly parameters: Readonly<Record<string, ParameterSpecification>>;
  /** Of a method that takes long: parameters with which a first, rougher result comes soon. A page begins with these. */
  readonly quick?: ParameterValues;
  /** Present where results are pictures and not maps (see `Explanation`). */
  readonly kind?: 'picture';
  /**
   * `none` for methods that make pictures from noise and look at no input; `any-size` for those that take pictures of
   * other sizes than the model's own.
   */
  readonly input?: 'none' | 'any-size';
  /** Undefined where the method works on the model, else why it does not. Left out where any model will do. */
  readonly applies?: (model: Model) => string | undefined;
  /**
   * How strong a pixel counts when maps are judged: by its value, channels added, or by its largest magnitude over
   * channels. Left out: by magnitude where the result has the input's shape, else by value.
   */
  readonly ranking?: 'value' | 'magnitude';
  /** A known limit that must be said wherever its results are shown. */
  readonly caveat?: string;
  readonly run: (session: Session, request: MethodRequest) => Promise<MethodResult>;
}
