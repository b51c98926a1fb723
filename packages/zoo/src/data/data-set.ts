import { type TensorData } from '@convscope/gpu-engine/graph';

/** Labelled pictures in CPU memory. */
export interface DataSet {
  readonly name: string;
  /** N x C x H x W, 0 to 1. */
  readonly images: TensorData<'float32'>;
  /** N class numbers. */
  readonly labels: TensorData<'int32'>;
  /** By class number. */
  readonly classNames: readonly string[];
}
