import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/core/foundation/pace';
import { Random } from '../../../src/core/foundation/random';
import { factoriseCholesky, invertedFactor } from '../../../src/core/kernels/cholesky-factor';
import { dotProduct } from '../../../src/core/kernels/dot-product';
import { KernelRidge } from '../../../src/core/kernels/kernel-ridge';

const pace = new Pace();
const random = new Random(7);
const size = 23;
const points = Array.from({ length: size }, () => [random.normal(), random.normal()] as const);
const options = { gamma: 0.4, ridge: 0.3 };

function squared(places: readonly number[], others: readonly number[]): Float64Array {
  return Float64Array.from(
    places.flatMap((place) =>
      others.map(
        (other) => (points[place]![0] - points[other]![0]) ** 2 + (points[place]![1] - points[other]![1]) ** 2,
      ),
    ),
  );
}

const all = points.map((_, place) => place);
/** Two answers of each point. */
const answers = [0, 1].map((axis) => points.map((point) => Math.sin(point[axis]!) + 0.1 * random.normal()));

describe('a dot product', () => {
  it.each([0, 1, 3, 4, 9])('is the sum of %i products from any place on', (length) => {
    const [a, b] = [
      Float64Array.from({ length: 12 }, random.next.bind(random)),
      Float64Array.from({ length: 12 }, () => 2),
    ];
    const expected = a.slice(2, 2 + length).reduce((sum, value) => sum + 2 * value, 0);
    expect(dotProduct(a, 2, b, 1, length)).toBeCloseTo(expected, 12);
  });
});

describe('a Cholesky factor', () => {
  it('gives the matrix back, and with its inverse the inverse of the matrix', async () => {
    const matrix = squared(all, all).map((distance) => Math.exp(-distance));
    for (let row = 0; row < size; row++) matrix[row * (size + 1)]! += 0.5;
    const factor = matrix.slice();
    await factoriseCholesky(factor, size, pace);
    const inverse = await invertedFactor(factor, size, pace);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        const product = dotProduct(factor, row * size, factor, column * size, column + 1);
        expect(product).toBeCloseTo(matrix[row * size + column]!, 10);
      }
    }
    const inverted = (row: number, column: number): number =>
      dotProduct(inverse, row * size, inverse, column * size, size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const product = all.reduce((sum, place) => sum + matrix[row * size + place]! * inverted(place, column), 0);
        expect(product).toBeCloseTo(row === column ? 1 : 0, 9);
      }
    }
  });
});

describe('kernel ridge regression', () => {
  it('says of its rows what it predicts for them', async () => {
    const ridge = await KernelRidge.fit(squared(all, all), Float64Array.from(answers.flat()), options, pace);
    for (const place of all) {
      const predicted = ridge.predict(squared([place], all));
      expect(predicted[0]).toBeCloseTo(ridge.own[place]!, 9);
      expect(predicted[1]).toBeCloseTo(ridge.own[size + place]!, 9);
    }
  });

  it('says of a row left out nearly what a fit without the row predicts', async () => {
    const ridge = await KernelRidge.fit(squared(all, all), Float64Array.from(answers.flat()), options, pace);
    for (const place of all) {
      const others = all.filter((other) => other !== place);
      const left = answers.map((numbers) => others.map((other) => numbers[other]!));
      const without = await KernelRidge.fit(squared(others, others), Float64Array.from(left.flat()), options, pace);
      const predicted = without.predict(squared([place], others));
      // The mean of the answers is the only thing that still knows of the row.
      answers.forEach((numbers, answer) => {
        const known = Math.abs(numbers[place]!) / size + 0.1;
        expect(Math.abs(predicted[answer]! - ridge.leftOut[answer * size + place]!)).toBeLessThan(known);
      });
    }
  });

  it('follows a smooth function where there is little noise, and little where much is held to be noise', async () => {
    const known = Float64Array.from(answers[0]!);
    const errorOf = async (ridge: number): Promise<number> => {
      const { own } = await KernelRidge.fit(squared(all, all), known, { gamma: 0.4, ridge }, pace);
      return own.reduce((sum, value, place) => sum + Math.abs(value - known[place]!), 0);
    };
    expect(await errorOf(0.01)).toBeLessThan(0.2 * (await errorOf(100)));
  });
});
