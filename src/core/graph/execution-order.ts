import { parentsOf } from './gradients';
import type { Node, Tensor } from './tensor';

/** The tensor itself, or for a composite the value that stands behind it. */
export function resolve(tensor: Tensor): Tensor {
  return tensor.node.kind === 'composite' ? resolve(tensor.node.value) : tensor;
}

/** All nodes that `outputs` are computed from, each after its parents; composites are replaced by what they stand for. */
export function executionOrder(outputs: readonly Tensor[]): Node[] {
  const found = new Set<Node>(outputs.map((output) => resolve(output).node));
  for (const node of found) {
    for (const parent of parentsOf(node)) if (parent) found.add(resolve(parent).node);
  }
  return [...found].sort((left, right) => left.id - right.id);
}
