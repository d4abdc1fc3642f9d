import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { PromptFit } from '../../prompt/prompt-fit';
import { Calibration } from '../answer/calibration';
import type { RunFolder } from './run-folder';
import type { TargetFacts } from '../task/target-facts';

/** What a run has learnt from its rows besides the model's weights: all that it takes to predict other rows alike. */
export interface Fitted {
  readonly prompt: PromptFit;
  /** The columns of the training table, in its order. */
  readonly columns: readonly string[];
  readonly calibration: Calibration;
  readonly target: TargetFacts;
  /** Tokens to keep free for the longest answer. */
  readonly answerTokens: number;
}

const FittedFormat = v.variant('kind', [
  v.object({ kind: v.literal('as-is') }),
  v.object({ kind: v.literal('fixed'), decimals: v.number() }),
  v.object({ kind: v.literal('significant'), digits: v.number() }),
  v.object({ kind: v.literal('scaled'), quantiles: v.array(v.number()) }),
  v.object({ kind: v.picklist(['scaled-linear', 'digit']), low: v.number(), high: v.number() }),
]);

const FittedSchema = v.object({
  prompt: v.object({ features: v.array(FittedFormat), target: FittedFormat, classes: v.array(v.string()) }),
  columns: v.array(v.string()),
  calibration: Calibration,
  target: v.object({
    form: v.object({
      negative: v.boolean(),
      integerDigits: v.number(),
      decimals: v.number(),
      fixedDecimals: v.boolean(),
    }),
    mean: v.number(),
  }),
  answerTokens: v.number(),
});

export async function writeFitted(folder: RunFolder, fitted: Fitted): Promise<void> {
  await writeFileAtomically(folder.fitted, `${JSON.stringify(fitted)}\n`);
}

/** Throws `run-invalid` when the file is missing or damaged. */
export async function readFitted(folder: RunFolder): Promise<Fitted> {
  try {
    return v.parse(FittedSchema, JSON.parse(await readFile(folder.fitted, 'utf8')));
  } catch (cause) {
    throw new LiftError(
      'run-invalid',
      phrase`${folder.fitted} cannot be understood: ${(cause as Error).message}`,
      'The run is damaged; train again.',
      { cause },
    );
  }
}
