import { Random } from '../../foundation/random';
import type { TrainingWork } from '../../run/backend';
import { breather } from '../../run/progress/breathe';
import type { EncodedPrompt } from '../../run/task/encode-prompt';
import { estimateTokens } from '../../run/train/service-model';
import { promptText } from '../../run/task/token-examples';
import { linesFile } from '../exports/files';

export type TextFormat = 'chat' | 'completion';

/** The rows that are trained on and validated with, as files of JSON lines. */
export interface ExportedExamples {
  readonly training: Uint8Array;
  /** Undefined when there are no validation rows. */
  readonly validation: Uint8Array | undefined;
  /** Of the training rows, about. */
  readonly tokens: number;
}

/**
 * Writes every row as one example: a prompt as the user's message and its completion as the assistant's, or as `prompt` and
 * `completion`. No column is in them that the prompts do not tell. Columns that change places do so once for every row, as
 * the service goes through the same file in every epoch.
 */
export async function exportExamples(
  { task, limits }: TrainingWork,
  format: TextFormat,
  signal: AbortSignal | undefined,
): Promise<ExportedExamples> {
  const { recipe, parts, source, writer } = task;
  const random = Random.derive(recipe.training.seed, 'columns 1');
  const breathe = breather(signal);
  let tokens = 0;
  const lines = async (rows: readonly number[], isTraining: boolean): Promise<unknown[]> => {
    const examples: unknown[] = [];
    for (const row of rows) {
      await breathe();
      const places = Array.from({ length: writer.featureCount }, (_, index) => index);
      const order = isTraining && recipe.training.permuteColumns ? random.shuffle(places) : undefined;
      const encoded = source.encode(task.promptRow(row), limits, order);
      const [prompt, completion] = [promptText(encoded), answerText(encoded)];
      if (isTraining) tokens += estimateTokens(prompt) + estimateTokens(completion);
      examples.push(exampleOf(prompt, completion, format));
    }
    return examples;
  };
  const training = linesFile(await lines(parts.trainedOn, true));
  const validation = parts.validation.length === 0 ? undefined : linesFile(await lines(parts.validation, false));
  return { training, validation, tokens };
}

function exampleOf(prompt: string, completion: string, format: TextFormat): unknown {
  if (format === 'completion') return { prompt, completion };
  return {
    messages: [
      { role: 'user', content: prompt },
      { role: 'assistant', content: completion },
    ],
  };
}

function answerText({ segments }: EncodedPrompt): string {
  return segments
    .filter(({ role }) => role === 'answer')
    .map(({ text }) => text)
    .join('');
}
