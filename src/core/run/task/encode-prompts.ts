import { breather } from '../progress/breathe';
import type { PromptLimits } from './encode-prompt';
import type { PromptRow, PromptSource } from './prompt-source';
import { promptTokens } from './token-examples';

/** What the model reads of each row before it answers. Throws `prompt-too-long`, `cancelled`. */
export async function encodePrompts(
  rows: readonly PromptRow[],
  source: PromptSource,
  limits: PromptLimits,
  signal: AbortSignal | undefined,
): Promise<number[][]> {
  const breathe = breather(signal);
  const prompts: number[][] = [];
  for (const row of rows) {
    await breathe();
    prompts.push(promptTokens(source.encode(row, limits)));
  }
  return prompts;
}
