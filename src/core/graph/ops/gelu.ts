import { scalar } from '../constants';
import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { add, subtract } from './add';
import { exp } from './exp';
import { multiply, scale } from './multiply';
import { sigmoid } from './sigmoid';

const slope = 2 * Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/**
 * The tanh approximation of GELU (Hendrycks and Gimpel, 2016, arXiv:1606.08415): y = x · σ(z), z = slope·(x + cubic·x³),
 * as ½(1 + tanh(z/2)) = σ(z). dx = dy · (σ + y·(1 − σ)·slope·(1 + 3·cubic·x²)).
 */
export function geluTanh(x: Tensor): Tensor {
  const y: Tensor = apply(
    {
      type: 'FastGelu',
      domain: 'com.microsoft',
      inputs: [x],
      derivative: ([dy]) => {
        const square = multiply(x, x);
        const s = sigmoid(multiply(x, add(scale(square, slope * cubic), scalar(slope))));
        const steepness = add(scale(square, 3 * slope * cubic), scalar(slope));
        return [multiply(dy!, add(s, multiply(multiply(y, subtract(scalar(1), s)), steepness)))];
      },
    },
    x.shape,
  );
  return y;
}

/** Exact GELU: y = x · Φ(x) with the normal distribution Φ and its density φ; dx = dy · (Φ + x·φ). */
export function gelu(x: Tensor): Tensor {
  return apply(
    {
      type: 'Gelu',
      domain: 'com.microsoft',
      inputs: [x],
      derivative: ([dy]) => {
        const erf = apply({ type: 'Erf', inputs: [scale(x, Math.SQRT1_2)] }, x.shape);
        const distribution = add(scale(erf, 0.5), scalar(0.5));
        const density = scale(exp(scale(multiply(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return [multiply(dy!, add(distribution, multiply(x, density)))];
      },
    },
    x.shape,
  );
}
