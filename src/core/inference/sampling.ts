import type { Random } from '../foundation/random';

/** Index of the largest value; of equal ones the first. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! > values[best]!) best = index;
  return best;
}

/**
 * Draws an index from softmax(logits / temperature); the largest for a temperature of 0.
 * @param temperature ≥ 0
 */
export function sample(logits: ArrayLike<number>, temperature: number, random: Random): number {
  const best = argmax(logits);
  if (temperature === 0) return best;
  const largest = logits[best]!;
  const cumulative = new Float64Array(logits.length);
  let sum = 0;
  for (let index = 0; index < logits.length; index++) {
    sum += Math.exp((logits[index]! - largest) / temperature);
    cumulative[index] = sum;
  }
  const point = random.next() * sum;
  const drawn = cumulative.findIndex((value) => value > point);
  return drawn < 0 ? best : drawn;
}
