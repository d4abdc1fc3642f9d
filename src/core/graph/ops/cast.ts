import { apply } from '../nodes';
import type { DType, Tensor } from '../tensor';

/** Of onnx.proto, TensorProto.DataType. */
const codes = { float32: 1, int32: 6, int64: 7, bool: 9 };

/** x as another type. No derivative: it serves indices, masks and weights that are stored in half precision. */
export function cast(x: Tensor, dtype: DType & keyof typeof codes): Tensor {
  return x.dtype === dtype ? x : apply({ type: 'Cast', inputs: [x], attributes: { to: codes[dtype] } }, x.shape, dtype);
}
