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

/**
 * The probability of every completion of every row's tree, in one forward pass a row: classes of a classification, or all
 * strings that a number can be written as.
 *
 * With a scorer of full head it is the language model's own: Π p(token | prompt, tokens before), so that the completions
 * given hardly ever have all the probability. With a restricted head each token competes only with those that can stand in
 * its place: the distribution of decoding under the grammar of the completions, for a head that costs next to nothing.
 *
 * @throws LiftError `prompt-too-long` naming the row, `cancelled`
 */
export async function scoreCompletions(
  scorer: Scorer,
  rows: readonly ScoringRow[],
  { signal, onProgress }: ScoreOptions = {},
): Promise<CompletionScores> {
  const texts = scoringTexts(rows, scorer.model.config);
  let done = 0;
  const onDone = (answered: readonly number[]): void => {
    done += answered.reduce((sum, text) => sum + texts[text]!.rows.length, 0);
    onProgress?.(done);
  };
  const edges = await (scorer.head === 'full' ? fullEdges : restrictedEdges)(scorer, texts, { signal, onDone });
  const logProbabilities = rows.map(({ tree }, row) =>
    Float64Array.from(tree.paths, (path) => path.reduce((sum, edge) => sum + edges[row]![edge]!, 0)),
  );
  return { logProbabilities, probabilities: logProbabilities.map(normalised) };
}

/** exp(log p) scaled to sum to 1. */
function normalised(logProbabilities: Float64Array): Float64Array {
  const total = logSumExp(logProbabilities);
  return logProbabilities.map((logProbability) => Math.exp(logProbability - total));
}
