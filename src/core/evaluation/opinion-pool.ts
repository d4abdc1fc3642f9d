import type { NumberDistribution } from '../inference/number-statistics';

/** Of a prior Beta(2, 2) over the share: as much as one row that speaks for either side. */
const priorRows = 1;
const steps = 100;

/** The linear pool of two opinions (Stone, 1961): `share` of the first, the rest of the second; both over the same classes. */
export function poolClasses(first: ArrayLike<number>, second: ArrayLike<number>, share: number): number[] {
  return Array.from(first, (probability, index) => share * probability + (1 - share) * second[index]!);
}

/** The same for two distributions over numbers; values ascending, each once. */
export function poolNumbers(first: NumberDistribution, second: NumberDistribution, share: number): NumberDistribution {
  const values: number[] = [];
  const probabilities: number[] = [];
  const add = (value: number, probability: number): void => {
    if (values.at(-1) === value) probabilities[probabilities.length - 1]! += probability;
    else {
      values.push(value);
      probabilities.push(probability);
    }
  };
  let at = 0;
  for (let index = 0; index < first.values.length; index++) {
    for (; at < second.values.length && second.values[at]! <= first.values[index]!; at++) {
      add(second.values[at]!, (1 - share) * second.probabilities[at]!);
    }
    add(first.values[index]!, share * first.probabilities[index]!);
  }
  for (; at < second.values.length; at++) add(second.values[at]!, (1 - share) * second.probabilities[at]!);
  return { values, probabilities };
}

/**
 * The share of the first opinion that does best on held-out rows. Equal shares are hard to beat where rows are few (Clemen,
 * 1989), so ln share + ln(1 − share) is added to the likelihood: the share is never 0 or 1.
 *
 * @param lossAt the negative log-likelihood of all rows at a share, in nats
 */
export function fitShare(lossAt: (share: number) => number): number {
  let best = { share: 0.5, loss: Infinity };
  for (let step = 1; step < steps; step++) {
    const share = step / steps;
    const loss = lossAt(share) - priorRows * (Math.log(share) + Math.log(1 - share));
    if (loss < best.loss) best = { share, loss };
  }
  return best.share;
}
