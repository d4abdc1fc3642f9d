import { expect } from 'vitest';
import { Random } from '../../../src/core/foundation/random';
import { scalar } from '../../../src/core/graph/constants';
import { gradients } from '../../../src/core/graph/gradients';
import { input } from '../../../src/core/graph/nodes';
import { writeOnnxModel } from '../../../src/core/graph/onnx-model';
import { multiply } from '../../../src/core/graph/ops/multiply';
import { sum } from '../../../src/core/graph/ops/reduce';
import { reshape } from '../../../src/core/graph/ops/reshape';
import { GraphSession } from '../../../src/core/graph/session';
import type { FeedTensor } from '../../../src/core/graph/session';
import type { Tensor } from '../../../src/core/graph/tensor';

const step = 1e-2;

export function randomFeed(random: Random, dims: readonly number[]): FeedTensor {
  const length = dims.reduce((product, dim) => product * dim, 1);
  return { data: Float32Array.from({ length }, () => random.normal()), dims };
}

/**
 * Compares the derivatives of an expression with central finite differences, element by element, through the runtime.
 * The expression is made scalar by a fixed random weight on each of its values. `shapes` gives each float input its
 * sizes; their symbolic shapes are the same sizes unless `symbolic` names them. `constants` are fed as they are.
 */
export async function expectTrueGradients(
  shapes: readonly (readonly number[])[],
  build: (...inputs: Tensor[]) => Tensor,
  options: {
    symbolic?: readonly (readonly (number | string)[])[];
    constants?: Readonly<Record<string, FeedTensor>>;
    tolerance?: number;
  } = {},
): Promise<void> {
  const random = new Random(7);
  const inputs = shapes.map((shape, index) => input(`x${index}`, 'float32', options.symbolic?.[index] ?? shape));
  const y = build(...inputs);
  const weights = input('weights', 'float32', y.shape);
  const weighted = multiply(y, weights);
  const loss = reshape(sum(weighted, [...y.shape.keys()]), []);
  const derivatives = gradients(loss, inputs, scalar(1));
  const outputs = Object.fromEntries(derivatives.map((derivative, index) => [`d${index}`, derivative]));
  const session = await GraphSession.open(writeOnnxModel({ y, loss, ...outputs }), { threads: 1 });
  try {
    const feeds: Record<string, FeedTensor> = { ...options.constants };
    shapes.forEach((shape, index) => (feeds[`x${index}`] = randomFeed(random, shape)));
    const probe = await GraphSession.open(writeOnnxModel({ y }), { threads: 1 });
    feeds.weights = randomFeed(random, (await probe.run(feeds)).y!.dims);
    await probe.close();

    const analytic = await session.run(feeds);
    for (const index of shapes.keys()) {
      const feed = feeds[`x${index}`]! as { data: Float32Array; dims: readonly number[] };
      const expected = analytic[`d${index}`]!;
      expect(expected.dims).toEqual(feed.dims);
      for (const element of feed.data.keys()) {
        const lossAt = async (offset: number): Promise<number> => {
          const data = feed.data.slice();
          data[element]! += offset;
          return Number((await session.run({ ...feeds, [`x${index}`]: { data, dims: feed.dims } })).loss!.data[0]);
        };
        const numeric = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
        const tolerance = (options.tolerance ?? 2e-3) * Math.max(1, Math.abs(numeric));
        expect(Math.abs(Number(expected.data[element]) - numeric), `input ${index}, element ${element}`).toBeLessThan(
          tolerance,
        );
      }
    }
  } finally {
    await session.close();
  }
}
