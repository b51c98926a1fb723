export { ConvscopeError, throwIfCancelled, type ErrorCode, type ErrorDetail } from './errors.ts';
export {
  elementCount,
  float32Tensor,
  int32Tensor,
  shapeText,
  type DType,
  type TensorData,
} from './tensor-data.ts';
