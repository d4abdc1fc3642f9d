import type { ModelFolder } from '../model/model-folder';
import { openAnswerer } from './answerer';
import type { AskingOptions } from './answerer';
import type { RawAnswer } from './answers';
import type { RunContext } from './events';
import type { PromptRow } from './prompt-source';
import type { StageReport } from './stage-clock';

/** Loads a model, asks it about rows, and closes it again. */
export async function askAll(
  rows: readonly PromptRow[],
  model: ModelFolder,
  options: AskingOptions,
  context: RunContext,
  report: StageReport,
): Promise<RawAnswer[]> {
  const answerer = await openAnswerer(model, options, context);
  try {
    return await answerer.answer(rows, context, report);
  } finally {
    await answerer.close();
  }
}
