import { scalar } from '../constants';
import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { add, subtract } from './add';
import { multiply } from './multiply';
import { sigmoid } from './sigmoid';

/** silu(x) = x · σ(x); dx = dy · (σ + y·(1 − σ)). */
export function silu(x: Tensor): Tensor {
  const y: Tensor = apply(
    {
      type: 'QuickGelu',
      domain: 'com.microsoft',
      attributes: { alpha: { float: 1 } },
      inputs: [x],
      derivative: ([dy]) => {
        const s = sigmoid(x);
        return [multiply(dy!, add(s, multiply(y, subtract(scalar(1), s))))];
      },
    },
    x.shape,
  );
  return y;
}
