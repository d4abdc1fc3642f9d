import { Random } from '../../src/core/foundation/random';

/** A table that anything can learn: the class is decided by the width, the price grows with it. */
export function flowersCsv(rows: number): string {
  const random = new Random(1);
  const lines = Array.from({ length: rows }, () => {
    const width = random.below(100);
    const colour = random.below(2) === 0 ? 'red' : 'blue';
    return `${width},${colour},${(width * 1.5 + random.below(5)).toFixed(1)},${width < 50 ? 'small' : 'large'}`;
  });
  return ['width,colour,price,size', ...lines].join('\n').concat('\n');
}
