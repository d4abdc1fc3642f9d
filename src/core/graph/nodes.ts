import { nextId, Tensor } from './tensor';
import type { AttributeValue, Derivative, DType, InitializerData, OperationNode, Shape } from './tensor';

/** A value fed at run time. */
export function input(name: string, dtype: DType, shape: Shape): Tensor {
  return new Tensor({ kind: 'input', id: nextId(), name, shape, dtype }, 0, shape, dtype);
}

/** A value that is part of the model: `data` in the graph's own bytes or in a weight file. */
export function initializer(data: InitializerData, dtype: DType, shape: readonly number[]): Tensor {
  return new Tensor({ kind: 'initializer', id: nextId(), data, shape, dtype }, 0, shape, dtype);
}

interface OperationSpec {
  readonly type: string;
  /** 'com.microsoft' for ONNX Runtime's own operators; the ONNX standard set when left out. */
  readonly domain?: '' | 'com.microsoft';
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly inputs: readonly (Tensor | undefined)[];
  /** Left out where no gradient can flow (integers, masks, steps of a derivative). */
  readonly derivative?: Derivative;
}

/** An operation with several outputs. */
export function operation(
  spec: OperationSpec,
  outputs: readonly { readonly shape: Shape; readonly dtype: DType }[],
): Tensor[] {
  const node: OperationNode = {
    kind: 'operation',
    id: nextId(),
    type: spec.type,
    domain: spec.domain ?? '',
    attributes: spec.attributes ?? {},
    parents: spec.inputs,
    outputCount: outputs.length,
    derivative: spec.derivative,
  };
  return outputs.map(({ shape, dtype }, output) => new Tensor(node, output, shape, dtype));
}

/** An operation with one output. */
export function apply(spec: OperationSpec, shape: Shape, dtype: DType = 'float32'): Tensor {
  return operation(spec, [{ shape, dtype }])[0]!;
}

/**
 * The same value as `value`, whose derivative with respect to `parents` is the given one instead of what would follow
 * from the nodes that compute it (the idea of JAX's custom_vjp): for chains whose derivative has a shorter closed form.
 */
export function withDerivative(
  value: Tensor,
  parents: readonly Tensor[],
  derivative: (gradient: Tensor) => readonly (Tensor | undefined)[],
): Tensor {
  const node = {
    kind: 'composite',
    id: nextId(),
    parents,
    value,
    derivative: (gradients: readonly (Tensor | undefined)[]) => derivative(gradients[0]!),
  } as const;
  return new Tensor(node, 0, value.shape, value.dtype);
}
