import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { AskingOptions } from '../../run/answer/answerer';
import type { RawAnswer } from '../../run/answer/answers';
import type { PromptRow } from '../../run/task/prompt-source';
import { exportChoices } from './choices';
import { exportNumbers } from './numbers';
import { exportTexts } from './texts';
import type { ExportedFiles } from './files';

/** Rows to be asked about elsewhere, as files, and how the answers are read that come back. */
export interface ExportedQuestions {
  /** `asking` of job.json: how the rows are asked. */
  readonly asking: Readonly<Record<string, unknown>>;
  readonly files: ExportedFiles;
  /** The answers in the order of the rows. */
  readonly read: (answers: Uint8Array) => RawAnswer[];
}

/**
 * Writes rows as prompts to be answered elsewhere, in the way that `openAnswerer` answers them here: by scoring all choices,
 * by decoding numbers, or by text as the paper does. No column is in them that the prompts do not tell.
 */
export async function exportQuestions(
  asking: AskingOptions,
  rows: readonly PromptRow[],
  signal: AbortSignal | undefined,
): Promise<ExportedQuestions> {
  const exported = await exporterFor(asking)(asking, rows, signal);
  return {
    ...exported,
    read: (answers) => {
      try {
        return exported.read(answers);
      } catch (cause) {
        throw LiftError.is(cause) ? cause : damagedAnswers(cause);
      }
    },
  };
}

function exporterFor({ recipe, writer }: AskingOptions): typeof exportQuestions {
  if (recipe.prediction.mode === 'paper') return exportTexts;
  const { kind } = writer.answerFormatter.fitted;
  const countable = recipe.task === 'classification' || kind === 'scaled' || kind === 'scaled-linear';
  return countable ? exportChoices : exportNumbers;
}

function damagedAnswers(cause: unknown): LiftError {
  return new LiftError(
    'run-invalid',
    phrase`The answers of the job cannot be understood: ${(cause as Error).message}.`,
    'Start the run again; its program and this version of LIFT may differ.',
    { cause },
  );
}
