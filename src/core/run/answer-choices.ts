import type { PromptWriter } from '../prompt/prompt-writer';

/** All answers that a model can choose from when it scores: the completions, and for numbers their values, ascending. */
export interface AnswerChoices {
  readonly completions: readonly string[];
  readonly values: readonly number[] | undefined;
}

const SCALED_ANSWERS = 1000;

/**
 * The choices of a task: its classes; the thousand integers of a scaled answer.
 * All scaled answers have three digits, so none begins another and the end mark tells nothing: it is left out.
 */
export function answerChoices(writer: PromptWriter): AnswerChoices {
  if (writer.task === 'classification') {
    return { completions: writer.classes.map((label) => writer.completionOf(label)), values: undefined };
  }
  const integers = Array.from({ length: SCALED_ANSWERS }, (_, index) => index);
  return {
    completions: integers.map((index) => writer.frame.before + String(index).padStart(3, '0')),
    values: integers.map((index) => writer.answerFormatter.invert(index)),
  };
}
