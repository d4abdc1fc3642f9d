import { beforeAll, describe, expect, it } from 'vitest';
import { buildLmGraph } from '../../../../src/core/architectures/build-lm-graph';
import { GraphSession } from '../../../../src/core/graph/session';
import { initialParameters } from '../../../../src/core/training/initial-parameters';
import { LmLossGraph } from '../../../../src/core/training/loss/lm-loss-graph';
import type { LossAndGradients } from '../../../../src/core/training/loss/loss-graph';
import { packBatches } from '../../../../src/core/training/batches/packing';
import type { TokenExample } from '../../../../src/core/training/batches/token-example';
import { temporaryFolders } from '../../model/temporary-folder';
import { randomTexts } from '../random-texts';
import { tinyLanguageModel } from '../tiny-language-model';

const newFolder = temporaryFolders();
let graph: LmLossGraph;

beforeAll(async () => {
  const model = await tinyLanguageModel(await newFolder());
  const trainGraph = buildLmGraph(model, { kind: 'train', full: true });
  const parameters = await initialParameters(trainGraph.trainables, model, 0);
  const train = await GraphSession.open(trainGraph, { threads: 1 });
  const score = await GraphSession.open(buildLmGraph(model, { kind: 'score', full: true }), { threads: 1 });
  graph = new LmLossGraph({ train, score, parameters, trunk: undefined, answerTokens: undefined });
  return async () => {
    await train.close();
    await score.close();
  };
});

/** Loss and gradients of examples, summed over batches of at most so many tokens. */
async function total(
  examples: readonly TokenExample[],
  batchTokens: number,
): Promise<LossAndGradients & { batches: number }> {
  const lengths = examples.map(({ tokens }) => tokens.length);
  const batches = packBatches(lengths, [...examples.keys()], batchTokens);
  let loss = 0;
  const gradients = new Map<string, Float32Array>();
  for (const batch of batches) {
    const run = await graph.gradients(batch, examples, 1, 0);
    loss += run.loss;
    for (const [name, values] of run.gradients) {
      const sum = gradients.get(name) ?? new Float32Array(values.length);
      gradients.set(
        name,
        sum.map((value, index) => value + values[index]!),
      );
    }
  }
  return { loss, gradients, batches: batches.length };
}

function expectSame(actual: LossAndGradients, expected: LossAndGradients): void {
  expect(actual.loss / expected.loss).toBeCloseTo(1, 5);
  for (const [name, values] of expected.gradients) {
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [index, value] of actual.gradients.get(name)!.entries()) {
      expect(Math.abs(value - values[index]!)).toBeLessThan(1e-4 * scale);
    }
  }
}

describe('LmLossGraph', () => {
  it('gives packed and padded examples the loss and gradients they have alone', async () => {
    const examples = randomTexts(12, 3);
    const alone = await total(examples, 1);
    expect(alone.batches).toBe(12);
    const together = await total(examples, 10_000);
    expect(together.batches).toBe(1);
    expectSame(together, alone);
  });

  it('gives a tree of answers to one context what its branches have as texts of their own', async () => {
    const context = [3, 30, 31, 32];
    const branches = [
      [10, 15],
      [11, 12, 15],
    ];
    const tree: TokenExample = {
      tokens: Int32Array.of(...context, ...branches[0]!, ...branches[1]!),
      lossPositions: Int32Array.of(4, 5, 6, 7, 8),
      weights: Float32Array.of(1, 0.5, 2, 1, 1),
      visibleUntil: Int32Array.of(9, 9, 9, 9, 6, 6, 9, 9, 9),
      positionIds: Int32Array.of(0, 1, 2, 3, 4, 5, 4, 5, 6),
    };
    const texts: TokenExample[] = [
      {
        tokens: Int32Array.of(...context, ...branches[0]!),
        lossPositions: Int32Array.of(4, 5),
        weights: Float32Array.of(1, 0.5),
      },
      {
        tokens: Int32Array.of(...context, ...branches[1]!),
        lossPositions: Int32Array.of(4, 5, 6),
        weights: Float32Array.of(2, 1, 1),
      },
    ];
    expectSame(await total([tree], 1), await total(texts, 1));
  });

  it('gives the same loss with and without gradients', async () => {
    const examples = randomTexts(5, 4);
    const [batch] = packBatches(
      examples.map(({ tokens }) => tokens.length),
      [...examples.keys()],
      10_000,
    );
    const { loss } = await graph.gradients(batch!, examples, 1, 0);
    expect(await graph.loss(batch!, examples)).toBeCloseTo(loss, 3);
  });
});
