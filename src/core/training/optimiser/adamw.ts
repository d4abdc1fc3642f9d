/** Hyper-parameters of AdamW (Loshchilov and Hutter, 2019, arXiv:1711.05101), with the defaults of torch.optim.AdamW. */
export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export const adamWDefaults: AdamWOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** The running means of one parameter's gradient and of its square; same length as the parameter. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/**
 * One AdamW step on one parameter, in place: as torch.optim.AdamW, with decoupled weight decay and bias correction.
 * The two elements a turn keep square roots and divisions of both in flight.
 * @param step counts from 1
 * @param scale factor on the gradient (for clipping)
 */
export function adamWStep(
  parameter: Float32Array,
  gradient: Float32Array,
  moments: Moments,
  step: number,
  learningRate: number,
  weightDecay: number,
  scale = 1,
  options: AdamWOptions = adamWDefaults,
): void {
  const { beta1, beta2, epsilon } = options;
  const { first, second } = moments;
  const keep = 1 - learningRate * weightDecay;
  const size = learningRate / (1 - beta1 ** step);
  const root = 1 / Math.sqrt(1 - beta2 ** step);
  const new1 = 1 - beta1;
  const new2 = 1 - beta2;
  const length = parameter.length;
  const even = length - (length % 2);
  for (let i = 0; i < even; i += 2) {
    const g0 = gradient[i]! * scale;
    const g1 = gradient[i + 1]! * scale;
    const m0 = beta1 * first[i]! + new1 * g0;
    const m1 = beta1 * first[i + 1]! + new1 * g1;
    const v0 = beta2 * second[i]! + new2 * g0 * g0;
    const v1 = beta2 * second[i + 1]! + new2 * g1 * g1;
    first[i] = m0;
    first[i + 1] = m1;
    second[i] = v0;
    second[i + 1] = v1;
    const update0 = m0 / (Math.sqrt(v0) * root + epsilon);
    const update1 = m1 / (Math.sqrt(v1) * root + epsilon);
    parameter[i] = parameter[i]! * keep - size * update0;
    parameter[i + 1] = parameter[i + 1]! * keep - size * update1;
  }
  if (even < length) {
    const g = gradient[even]! * scale;
    const m = beta1 * first[even]! + new1 * g;
    const v = beta2 * second[even]! + new2 * g * g;
    first[even] = m;
    second[even] = v;
    parameter[even] = parameter[even]! * keep - (size * m) / (Math.sqrt(v) * root + epsilon);
  }
}
