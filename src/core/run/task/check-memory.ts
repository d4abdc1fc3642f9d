import { availableMemory } from '../../model/available-memory';
import { describeModel } from '../../model/describe-model';
import { ensureFits, estimateInferenceMemory, estimateTrainingMemory } from '../../model/memory-estimate';
import type { MemoryEstimate } from '../../model/memory-estimate';
import type { ModelFolder } from '../../model/model-folder';
import type { Recipe } from '../../recipe/recipe';
import { tokensOfRun } from '../../training/batches/run-tokens';
import type { RunContext } from '../events';
import { notice } from '../notice';
import { amount, phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';

/** Tokens of a prompt with example rows; the estimate hardly depends on it. */
const TYPICAL_PROMPT = 512;

/** The memory that training with a recipe needs. */
export function trainingMemory(model: ModelFolder, { training }: Recipe): MemoryEstimate {
  const { method, lora, batchTokens } = training;
  const sequence = Math.min(describeModel(model).contextLength, TYPICAL_PROMPT);
  if (training.steps === 0) return estimateInferenceMemory(model.config, batchTokens, sequence);
  const layers = lora.layers === 'all' ? model.config.layers : lora.layers;
  return estimateTrainingMemory(
    model.config,
    method === 'full' ? { kind: 'full' } : { kind: 'lora', rank: lora.rank, layers },
    tokensOfRun(batchTokens, model.config, method),
    sequence,
  );
}

/** Needed and free memory, in words. */
export function memoryText(estimate: MemoryEstimate, available: number, isTrained = true): Phrase {
  const [needed, free] = [inGigabytes(estimate.total), inGigabytes(available)];
  return isTrained
    ? phrase`Training needs about ${needed} of memory; ${free} is free.`
    : phrase`Predicting needs about ${needed} of memory; ${free} is free.`;
}

/** Says how large the model is and what memory training needs. Throws `model-too-large` when that is more than is free. */
export async function checkMemory(model: ModelFolder, recipe: Recipe, { emit }: RunContext): Promise<void> {
  const { modelType, parameters, contextLength } = describeModel(model);
  const estimate = trainingMemory(model, recipe);
  const available = await availableMemory();
  const isTrained = recipe.training.steps !== 0;
  const message = phrase`Model ${recipe.model.id}: ${modelType}, ${inMillions(parameters)} parameters, reads ${amount(contextLength)} tokens. ${memoryText(estimate, available, isTrained)}`;
  emit(notice('info', message));
  ensureFits(
    estimate,
    available,
    isTrained ? phrase`Training ${recipe.model.id}` : phrase`Predicting ${recipe.model.id}`,
  );
}

function inMillions(count: number): string {
  return `${(count / 1e6).toPrecision(3)} M`;
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
