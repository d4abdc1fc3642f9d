import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { fullEdges, logSumExp, restrictedEdges } from './edge-scores';
import type { Scorer } from './scorer';
import type { ScoringRow } from './scoring-text';
import { scoringTexts } from './scoring-text';

export interface CompletionScores {
  /** [rows][completions], natural logarithms. */
  readonly logProbabilities: readonly Float64Array[];
  /** The same over the given completions alone: each row sums to 1. */
  readonly probabilities: readonly Float64Array[];
}

export interface ScoreOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of rows that are done. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/** Rows whose intermediate results are in memory at the same time. */
const rowsAtOnce = 1024;

/**
 * The probability of every completion of every row's tree, in one forward pass a row: classes of a classification, or all
 * strings that a number can be written as.
 *
 * With a scorer of full head it is the language model's own: Π p(token | prompt, tokens before), so that the completions
 * given hardly ever have all the probability. With a restricted head each token competes only with those that can stand in
 * its place: the distribution of decoding under the grammar of the completions, for a head that costs next to nothing.
 *
 * @throws LiftError `prompt-too-long` and `model-invalid` naming the row, `cancelled`
 */
export async function scoreCompletions(
  scorer: Scorer,
  rows: readonly ScoringRow[],
  { signal, onProgress }: ScoreOptions = {},
): Promise<CompletionScores> {
  const logProbabilities: Float64Array[] = [];
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const chunk = rows.slice(start, start + rowsAtOnce);
    const texts = scoringTexts(chunk, scorer.model.config, start);
    let done = start;
    const onDone = (answered: readonly number[]): void => {
      done += answered.reduce((sum, text) => sum + texts[text]!.rows.length, 0);
      onProgress?.(done);
    };
    const edges = await (scorer.head === 'full' ? fullEdges : restrictedEdges)(scorer, texts, { signal, onDone });
    for (const [row, { tree }] of chunk.entries()) {
      logProbabilities.push(
        Float64Array.from(tree.paths, (path) => path.reduce((sum, edge) => sum + edges[row]![edge]!, 0)),
      );
    }
  }
  return { logProbabilities, probabilities: logProbabilities.map(normalised) };
}

/** exp(log p) scaled to sum to 1. */
function normalised(logProbabilities: Float64Array, row: number): Float64Array {
  const total = logSumExp(logProbabilities);
  if (!Number.isFinite(total)) {
    throw new LiftError(
      'model-invalid',
      phrase`The model gives no probabilities for row ${row + 1}: its weights are damaged, or too large for its number format.`,
      'Train again with a lower learning rate, or take another model.',
    );
  }
  return logProbabilities.map((logProbability) => Math.exp(logProbability - total));
}
