/** One token of an answer with the log-probabilities of the likeliest, its own first. */
export interface FakeToken {
  readonly token: string;
  readonly scores: readonly (readonly [string, number])[];
}

export interface FakeLanguageModel {
  answer(prompt: string, stop: string | undefined): FakeToken[];
}

interface Example {
  readonly words: ReadonlySet<string>;
  readonly numbers: readonly number[];
  readonly answer: string;
}

/**
 * Answers as the training examples do that are most like a prompt: by their words and by the distance of their numbers. Its
 * tokens are pieces of words; the probability of each is the share of the like examples whose answers go on with it.
 */
export function trainedOn(file: Buffer): FakeLanguageModel {
  const examples = file
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => exampleOf(JSON.parse(line) as Line));
  return {
    answer: (prompt, stop) => {
      const asked = exampleOf({ prompt, completion: '' });
      const near = [...examples].sort((a, b) => distance(a, asked) - distance(b, asked)).slice(0, 5);
      let answers = near.map(({ answer }) => tokensOf(stop ? answer.split(stop)[0]! : answer));
      const tokens: FakeToken[] = [];
      for (let place = 0; ; place++) {
        const counts = new Map<string, number>();
        for (const next of answers.flatMap((answer) => answer[place] ?? []))
          counts.set(next, (counts.get(next) ?? 0) + 1);
        const ranked = [...counts].sort((a, b) => b[1] - a[1]);
        if (ranked.length === 0) return tokens;
        const [token] = ranked[0]!;
        tokens.push({
          token,
          scores: ranked.map(([other, count]) => [other, Math.log(count / answers.length)] as const),
        });
        answers = answers.filter((answer) => answer[place] === token);
      }
    },
  };
}

interface Line {
  prompt?: string;
  completion?: string;
  messages?: { content: string }[];
}

function exampleOf({ prompt, completion, messages }: Line): Example {
  const text = prompt ?? messages![0]!.content;
  return {
    words: new Set(text.match(/\p{L}+/gu) ?? []),
    numbers: (text.match(/\d+(?:\.\d+)?/gu) ?? []).map(Number),
    answer: completion ?? messages![1]!.content,
  };
}

function distance(a: Example, b: Example): number {
  const words = [...a.words].filter((word) => !b.words.has(word)).length;
  return words * 3 + a.numbers.reduce((sum, value, place) => sum + Math.abs(value - (b.numbers[place] ?? 0)), 0);
}

function tokensOf(answer: string): string[] {
  return answer.match(/\s?[\p{L}\p{N}]{1,4}|[^\p{L}\p{N}]/gu) ?? [];
}
