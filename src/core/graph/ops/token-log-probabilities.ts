import { apply, withDerivative } from '../nodes';
import type { Tensor } from '../tensor';
import { subtract } from './add';
import { cast } from './cast';
import { exp } from './exp';
import { pick } from './gather';
import { equal } from './logic';
import { multiply } from './multiply';
import { rangeOver } from './range';
import { reshape } from './reshape';

/**
 * log softmax(logits)[i, targets[i]] for each row i of logits [n, tokens]: [n]. With dy for each row,
 * dlogits = dy · (onehot(target) − softmax).
 */
export function tokenLogProbabilities(logits: Tensor, targets: Tensor): Tensor {
  const all = logSoftmax(logits);
  const n = logits.shape[0]!;
  return withDerivative(pick(all, targets), [logits], (dy) => {
    const column = reshape(dy, [n, 1]);
    const onehot = cast(equal(reshape(targets, [n, 1]), rangeOver(logits, 1)), 'float32');
    return [multiply(subtract(onehot, exp(all)), column)];
  });
}

/** log softmax over the last axis; the derivative is that of what is made of it. */
export function logSoftmax(x: Tensor): Tensor {
  return apply({ type: 'LogSoftmax', inputs: [x], attributes: { axis: -1 } }, x.shape);
}
