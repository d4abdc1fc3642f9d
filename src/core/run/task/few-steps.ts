import { amount, phrase } from '../../foundation/phrase';
import type { Said } from '../../foundation/phrase';
import type { Recipe } from '../../recipe/recipe';

/** Fewer steps hardly move a model that is trained as a whole: on iris twelve came to guessing, sixty to what example rows give. */
const fewSteps = 40;
/** What is advised instead: small batches, as the model knows from prompts with example rows, and enough of them. */
const advisedBatch = 256;
const advisedSteps = 100;
const [fewestEpochs, mostEpochs] = [10, 50];

/**
 * What to tell where a recipe trains too little to learn anything, which happens when example rows are taken out of a recipe that was
 * made for them: each prompt is then a tenth as long, and so a batch holds ten times as many rows, an epoch a tenth of the steps.
 *
 * @param tokens of all training prompts, in one epoch
 */
export function adviceOnFewSteps({ examples, training }: Recipe, tokens: number): Said | undefined {
  const { method, epochs, batchTokens, accumulate } = training;
  if (examples.rows > 0 || method !== 'full' || training.steps !== null) return undefined;
  const steps = epochs * Math.ceil(tokens / (batchTokens * accumulate));
  if (steps >= fewSteps) return undefined;
  const perEpoch = Math.ceil(tokens / (advisedBatch * accumulate));
  const advised = Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(advisedSteps / perEpoch)));
  return phrase`Without example rows a prompt teaches little, and ${amount(steps)} optimiser steps hardly change the model. Set training.batchTokens to ${String(advisedBatch)} and training.epochs to ${String(advised)}, or examples.rows to more than 0.`;
}
