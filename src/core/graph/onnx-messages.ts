import { ProtobufWriter } from './protobuf-writer';
import type { AttributeValue, DType, OperationNode, Shape } from './tensor';

// Field numbers and enumerations are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.

const dataTypes: Record<DType, number> = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10, bfloat16: 16 };
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 };
const externalLocation = 1;
const irVersion = 10;
const opsetVersion = 21;

export function modelMessage(graph: ProtobufWriter): ProtobufWriter {
  return new ProtobufWriter()
    .int(1, irVersion)
    .string(2, 'lift')
    .message(8, new ProtobufWriter().string(1, '').int(2, opsetVersion))
    .message(8, new ProtobufWriter().string(1, 'com.microsoft').int(2, 1))
    .message(7, graph);
}

export function nodeMessage(
  operation: Pick<OperationNode, 'type' | 'domain' | 'attributes'>,
  inputs: readonly string[],
  outputs: readonly string[],
): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const name of inputs) message.string(1, name);
  for (const name of outputs) message.string(2, name);
  message.string(4, operation.type);
  for (const [name, value] of Object.entries(operation.attributes)) message.message(5, attributeMessage(name, value));
  return operation.domain === '' ? message : message.string(7, operation.domain);
}

function attributeMessage(name: string, value: AttributeValue): ProtobufWriter {
  const message = new ProtobufWriter().string(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, attributeTypes.int);
  if (typeof value === 'string') return message.string(4, value).int(20, attributeTypes.string);
  if ('float' in value) return message.float(2, value.float).int(20, attributeTypes.float);
  for (const item of value) message.int(8, item);
  return message.int(20, attributeTypes.ints);
}

/** A tensor whose values are in the model. */
export function inlineTensorMessage(name: string, dtype: DType, shape: Shape, bytes: Uint8Array): ProtobufWriter {
  return tensorMessage(name, dtype, shape).chunk(9, bytes);
}

/** A tensor whose values are `bytes` bytes at `offset` of the file `location`, relative to the model's folder. */
export function externalTensorMessage(
  name: string,
  dtype: DType,
  shape: Shape,
  { location, offset, bytes }: { location: string; offset: number; bytes: number },
): ProtobufWriter {
  const message = tensorMessage(name, dtype, shape);
  for (const [key, value] of Object.entries({ location, offset, length: bytes })) {
    message.message(13, new ProtobufWriter().string(1, key).string(2, String(value)));
  }
  return message.int(14, externalLocation);
}

function tensorMessage(name: string, dtype: DType, shape: Shape): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const dim of shape) message.int(1, Number(dim));
  return message.int(2, dataTypes[dtype]).string(8, name);
}

/** The type of a graph input or output; without `shape` its rank is unknown, and named dimensions are free. */
export function valueMessage(name: string, dtype: DType, shape?: Shape): ProtobufWriter {
  const tensorType = new ProtobufWriter().int(1, dataTypes[dtype]);
  if (shape) {
    const dims = new ProtobufWriter();
    for (const dim of shape) {
      const message = new ProtobufWriter();
      dims.message(1, typeof dim === 'number' ? message.int(1, dim) : message.string(2, dim));
    }
    tensorType.message(2, dims);
  }
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}
