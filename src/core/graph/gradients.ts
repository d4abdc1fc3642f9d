import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { add } from './ops/add';
import type { Node, Tensor } from './tensor';

/**
 * The gradients of a scalar `loss` with respect to each of `wrt`, by reverse-mode differentiation: nodes are visited from
 * the last to the first, and each hands its gradient on to its parents. Nodes that depend on none of `wrt` are skipped, so
 * nothing is computed below the first trainable layer. Returns one tensor for each of `wrt`, in order, of its shape.
 * Throws `internal` when the loss does not depend on one of them.
 */
export function gradients(loss: Tensor, wrt: readonly Tensor[], seed: Tensor): Tensor[] {
  const nodes = ancestors(loss.node);
  const dependent = new Set<Node>(wrt.map((tensor) => tensor.node));
  for (const node of nodes) {
    if (parentsOf(node).some((parent) => parent && carries(parent) && dependent.has(parent.node))) dependent.add(node);
  }

  const flowing = new Map<Node, (Tensor | undefined)[]>([[loss.node, [seed]]]);
  for (const node of nodes.toReversed()) {
    const arriving = flowing.get(node);
    if (!arriving || !dependent.has(node) || node.kind === 'input' || node.kind === 'initializer') continue;
    if (!node.derivative) throw new LiftError('internal', phrase`No derivative for ${describe(node)}.`);
    const leaving = node.derivative(arriving);
    node.parents.forEach((parent, index) => {
      const gradient = leaving[index];
      if (!parent || !gradient || !dependent.has(parent.node)) return;
      const slots = flowing.get(parent.node) ?? [];
      const before = slots[parent.output];
      slots[parent.output] = before ? add(before, gradient) : gradient;
      flowing.set(parent.node, slots);
    });
  }
  return wrt.map((tensor) => {
    const gradient = flowing.get(tensor.node)?.[tensor.output];
    if (!gradient) throw new LiftError('internal', phrase`The loss does not depend on ${describe(tensor.node)}.`);
    return gradient;
  });
}

/** Integers and masks (shapes, indices, comparisons) carry no gradient. */
function carries(tensor: Tensor): boolean {
  return tensor.dtype === 'float32';
}

export function parentsOf(node: Node): readonly (Tensor | undefined)[] {
  return node.kind === 'operation' || node.kind === 'composite' ? node.parents : [];
}

/** The node and everything that it is computed from, parents before children. */
function ancestors(node: Node): Node[] {
  const found = new Set<Node>([node]);
  for (const each of found) {
    for (const parent of parentsOf(each)) if (parent) found.add(parent.node);
  }
  return [...found].sort((left, right) => left.id - right.id);
}

function describe(node: Node): string {
  switch (node.kind) {
    case 'operation':
      return `the operation ${node.type}`;
    case 'composite':
      return 'a composite operation';
    case 'input':
      return `the input ${node.name}`;
    case 'initializer':
      return 'a constant';
  }
}
