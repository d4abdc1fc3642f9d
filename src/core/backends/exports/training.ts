import { LiftError } from '../../foundation/lift-error';
import type { TrainingWork } from '../../run/backend';
import { settingsOf } from '../../run/train/train-stage';
import { AnswerTokens } from '../../training/batches/answer-tokens';
import { planEpoch } from '../../training/batches/epoch-plan';
import { trainingCost } from '../../training/progress/progress-reporter';
import { tokensOfRun } from '../../training/batches/run-tokens';
import type { TokenExample } from '../../training/batches/token-example';
import type { ExportedFiles } from './files';
import { jsonFile, linesFile } from './files';

/** What `training` and `answerTokens` of job.json say, and the files that go with them. */
export interface ExportedTraining {
  readonly training: Readonly<Record<string, unknown>>;
  readonly answerTokens: readonly number[] | null;
  readonly files: ExportedFiles;
}

/** Beyond this many places in steps the plan itself would be a large file. */
const MOST_PLACES = 20_000_000;

/**
 * Writes the training texts as tokens with the positions that carry loss, and the steps of every epoch, which are those
 * that the local engine would take: the same recipe is trained in the same way wherever that is.
 */
export async function exportTraining({ inputs, encoded }: TrainingWork): Promise<ExportedTraining> {
  const { recipe, model } = inputs;
  const settings = settingsOf(recipe);
  const { train, validation } = encoded;
  const newEachEpoch = typeof train === 'function';
  const runTokens = tokensOfRun(settings.batchTokens, model.folder.config, settings.method);
  const stepTokens = settings.batchTokens * settings.accumulate;
  const files: ExportedFiles = new Map([['validation.jsonl', linesFile(validation.map(lineOf))]]);
  const plan: number[][][] = [];
  const answers: TokenExample[] = [...validation];
  let places = 0;
  let steps = 0;
  let tokens = 0;
  for (let epoch = 1; settings.steps === null ? epoch <= settings.epochs : steps < settings.steps; epoch++) {
    const examples = newEachEpoch ? await train(epoch) : train;
    const lengths = examples.map((example) => example.tokens.length);
    const planned = planEpoch(lengths, epoch, { runTokens, stepTokens, seed: settings.seed });
    plan.push(planned.map((step) => step.flatMap(({ placements }) => placements.map(({ example }) => example))));
    steps += planned.length;
    places += examples.length;
    tokens += lengths.reduce((sum, length) => sum + length, 0);
    if (places > MOST_PLACES) throw tooLong();
    if (epoch > 1 && !newEachEpoch) continue;
    files.set(`train-${epoch}.jsonl`, linesFile(examples.map(lineOf)));
    answers.push(...examples);
  }
  files.set('plan.json', jsonFile(plan));
  const validated = validation.reduce((sum, example) => sum + example.tokens.length, 0) * (plan.length + 1);
  const { method, epochs, learningRate, schedule, warmup, weightDecay, clip, patience } = settings;
  return {
    training: {
      ...{ method, epochs, steps: settings.steps, learningRate, schedule, warmup, weightDecay, clip, patience },
      newEachEpoch,
      runTokens: settings.batchTokens,
      totalSteps: settings.steps ?? steps,
      totalWork: tokens * trainingCost + validated,
      stepCost: (tokens * trainingCost) / Math.max(1, steps),
    },
    answerTokens: settings.softmax === 'answers' ? [...AnswerTokens.of(answers).tokens] : null,
    files,
  };
}

function lineOf({ tokens, lossPositions }: TokenExample): { t: number[]; l: number[] } {
  return { t: [...tokens], l: [...lossPositions] };
}

function tooLong(): LiftError {
  return new LiftError(
    'recipe-invalid',
    'So many epochs of so many rows are too much to be sent.',
    'Lower training.epochs, or training.maxRows.',
  );
}
