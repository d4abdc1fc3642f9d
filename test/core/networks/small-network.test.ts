import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { NetworkTraining } from '../../../src/core/networks/network-training';
import { SmallNetwork } from '../../../src/core/networks/small-network';

describe('the small network', () => {
  it.each([
    ['classes', true, [3, 5, 2]],
    ['numbers', false, [3, 5, 2]],
    ['classes, through two layers', true, [3, 4, 5, 2]],
  ])('knows how its loss changes with its inputs, for %s', (_, isClassifier, sizes) => {
    const random = new Random(3);
    const network = new SmallNetwork(sizes, isClassifier, random);
    const row = Float64Array.of(0.3, -1.2, 0.7);
    const target = Float64Array.of(1, 0);
    const loss = (inputs: Float64Array): number => {
      const said = network.predict(inputs);
      if (isClassifier) return -Math.log(said[0]!);
      return said.reduce((sum, value, output) => sum + (value - target[output]!) ** 2 / 2, 0);
    };
    const slopes = network.slopes(row, target);
    row.forEach((value, input) => {
      const change = 1e-5;
      const slope = (loss(row.with(input, value + change)) - loss(row.with(input, value - change))) / (2 * change);
      expect(slopes[input]).toBeCloseTo(slope, 5);
    });
  });

  it('learns what no straight line can tell', () => {
    const random = new Random(1);
    const rows = Array.from({ length: 200 }, () => Float64Array.of(random.normal(), random.normal()));
    const targets = rows.map(([x, y]) => (x! * y! > 0 ? Float64Array.of(1, 0) : Float64Array.of(0, 1)));
    const network = new SmallNetwork([2, 32, 2], true, random);
    const training = new NetworkTraining(network, { rows, targets }, random);
    for (let step = 0; step < 300; step++) training.step();
    const right = rows.filter((row, index) => network.predict(row)[0]! > 0.5 === (targets[index]![0] === 1));
    expect(right.length).toBeGreaterThan(185);
  });
});
