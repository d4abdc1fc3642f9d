/** A dimension: a fixed size, or the name of one that is known only when the graph runs ('batch', 'sequence'). */
export type Dim = number | string;
export type Shape = readonly Dim[];

export type DType = 'float32' | 'float16' | 'bfloat16' | 'int32' | 'int64' | 'bool';

export type AttributeValue = number | string | { readonly float: number } | readonly number[];

/** Where an initializer's bytes are: in the graph itself, or a stretch of a weight file beside it. */
export type InitializerData =
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  | { readonly kind: 'external'; readonly file: string; readonly offset: number; readonly bytes: number };

/** Given the gradients of a node's outputs (undefined: none flows there), the gradients of its parents. */
export type Derivative = (gradients: readonly (Tensor | undefined)[]) => readonly (Tensor | undefined)[];

interface InputNode {
  readonly kind: 'input';
  readonly id: number;
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

export interface InitializerNode {
  readonly kind: 'initializer';
  readonly id: number;
  readonly data: InitializerData;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export interface OperationNode {
  readonly kind: 'operation';
  readonly id: number;
  readonly type: string;
  readonly domain: '' | 'com.microsoft';
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly parents: readonly (Tensor | undefined)[];
  readonly outputCount: number;
  readonly derivative: Derivative | undefined;
}

/** A value that is computed by other nodes, with a derivative of its own in place of theirs. */
interface CompositeNode {
  readonly kind: 'composite';
  readonly id: number;
  readonly parents: readonly Tensor[];
  readonly value: Tensor;
  readonly derivative: Derivative;
}

export type Node = InputNode | InitializerNode | OperationNode | CompositeNode;

/** One value of the expression graph: output number `output` of a node, with its shape and type. */
export class Tensor {
  constructor(
    readonly node: Node,
    readonly output: number,
    readonly shape: Shape,
    readonly dtype: DType,
  ) {}

  get rank(): number {
    return this.shape.length;
  }
}

let created = 0;

/** The number of the next node. Nodes are made after their parents, so the order of ids is a topological order. */
export function nextId(): number {
  return created++;
}
