/** One token of an answer: what was chosen, and the log-probabilities of all that the service tells, it included. */
export interface AnswerToken {
  readonly token: string;
  readonly scores: ReadonlyMap<string, number>;
}

/** Of a class that the service says nothing of. */
const LEAST = 1e-9;

/**
 * Probabilities of the classes from the tokens of one greedy answer and the alternatives that the service tells at each:
 * the answer's own path belongs to its class, and where another token begins, its probability belongs to the classes that go
 * on so, in equal parts when there are several. What is not told at all is shared by the classes that nothing was told of.
 *
 * @param completions the text of every class, with its end mark
 * @returns undefined when less than a hundredth of the probability belongs to any class
 */
export function classProbabilities(
  tokens: readonly AnswerToken[],
  completions: readonly string[],
): Float64Array | undefined {
  const texts = completions.map((completion) => completion.trimStart());
  const fitting = (text: string): number[] =>
    texts.flatMap((full, index) => (full.startsWith(text) || (text.startsWith(full) && full !== '') ? [index] : []));
  const seen = new Float64Array(texts.length);
  let untold = 0;
  let path = 1;
  let prefix = '';
  for (const { token, scores } of tokens) {
    let told = 0;
    for (const [other, score] of scores) {
      const probability = Math.exp(score);
      told += probability;
      const text = (prefix + other).trimStart();
      if (other === token || text === '') continue;
      const classes = fitting(text);
      for (const index of classes) seen[index]! += (path * probability) / classes.length;
    }
    untold += path * Math.max(0, 1 - told);
    path *= Math.exp(scores.get(token) ?? 0);
    prefix += token;
    const classes = fitting(prefix.trimStart());
    // From here on there is one answer, or none.
    if (classes.length <= 1) break;
  }
  // An answer that ends before its end mark is what it says, though another class may begin like it.
  const said = prefix.trim();
  const exact = texts.flatMap((full, index) => (said !== '' && textBefore(full, said) ? [index] : []));
  const last = exact.length > 0 ? exact : said === '' ? [] : fitting(prefix.trimStart());
  for (const index of last) seen[index]! += path / last.length;

  const total = seen.reduce((sum, value) => sum + value, 0);
  if (total < 0.01) return undefined;
  const silent = seen.filter((value) => value === 0).length;
  const filled = seen.map((value) => Math.max(value === 0 ? untold / silent : value, LEAST));
  const sum = filled.reduce((all, value) => all + value, 0);
  return filled.map((value) => value / sum);
}

/** Whether a completion says just this, but for what is no letter or digit behind it. */
function textBefore(completion: string, said: string): boolean {
  return completion.startsWith(said) && !/[\p{L}\p{N}]/u.test(completion.slice(said.length));
}
