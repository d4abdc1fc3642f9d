import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import type { Recipe } from '../../../../src/core/recipe/recipe';
import { cautiousTokensPerSecond, trainingSeconds } from '../../../../src/core/run/train/training-time';
import { readTable } from '../../../../src/core/table/read-table';

const work = { train: 96, validation: 30, tokensPerRow: 200 };
const model = { parameterCount: 1_100_000, vocabSize: 1000, hiddenSize: 100, tiedHead: true };

describe('the time that training takes', () => {
  let recipe: Recipe;
  beforeAll(async () => {
    ({ recipe } = inferRecipe(await readTable(join('media', 'samples', 'iris.csv'))));
  });

  const withTraining = (change: Partial<Recipe['training']>): Recipe => ({
    ...recipe,
    training: { ...recipe.training, steps: null, ...change },
  });

  it('is that of the tokens of every epoch, validation rows counted for their forward pass', () => {
    expect(trainingSeconds(withTraining({ epochs: 5 }), work, 1000)).toBeCloseTo(5 * (96 + 10) * 0.2, 6);
  });

  it('ends with the steps that the recipe allows', () => {
    const whole = trainingSeconds(withTraining({ epochs: 5 }), work, 1000);
    const steps = { epochs: 5, steps: 24, batchTokens: 2000 };
    expect(trainingSeconds(withTraining(steps), work, 1000)).toBeCloseTo(whole / 2, 6);
  });

  it('is guessed from the operations of the model: training all weights is slower, a second core helps', () => {
    const full = withTraining({ method: 'full' });
    const [one, two] = [cautiousTokensPerSecond(model, full, 1), cautiousTokensPerSecond(model, full, 2)];
    expect(two).toBe(2 * one);
    expect(cautiousTokensPerSecond(model, withTraining({ method: 'lora' }), 1)).toBeCloseTo(1.5 * one, 6);
    expect(one).toBeCloseTo(2.5e10 / 6e6, 0);
  });
});
