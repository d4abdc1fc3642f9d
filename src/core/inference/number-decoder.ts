import type { Tokenizer } from '../model/tokenizer/tokenizer';
import { CompletionTree } from './completion-tree';
import { logSumExp } from './edge-scores';
import type { NumberGrammar } from './number-grammar';
import type { NumberDistribution } from './number-statistics';
import type { Scorer } from './scorer';
import { scoringTexts } from './scoring-text';
import type { ScoreOptions } from './score-completions';

/** A distribution over the numbers that were decoded. */
export interface DecodedNumbers extends NumberDistribution {
  readonly values: Float64Array;
  /** Scaled to sum to 1. */
  readonly probabilities: Float64Array;
  /** The probability, under the grammar, of the answers that were followed to their end. 0: there is no value. */
  readonly coverage: number;
}

/** The beginning of an answer that is followed. */
interface Beam {
  readonly tokens: readonly number[];
  readonly text: string;
  readonly logProbability: number;
}

/** A token that may come next, by its column among the candidates. */
interface Continuation {
  readonly column: number;
  readonly text: string;
  /** Of a whole answer. */
  readonly number: number | undefined;
}

/** Beams that are followed, and the probability below which one is not worth it. */
const defaultBeams = 16;
const leastProbability = 1e-5;
/** A row is over when the beams that are left have less than this together. */
const leastRest = 1e-3;

/**
 * Decodes numbers of any written form under a grammar: the most probable beginnings of answers are continued side by
 * side, all beginnings of a row as a tree behind its prompt, all rows together, one token a pass. Each token competes only
 * with those that the grammar allows in its place.
 */
export class NumberDecoder {
  private readonly candidates: Int32Array;
  private readonly texts: readonly string[];
  private readonly known = new Map<string, readonly Continuation[]>();

  /** @param scorer with a restricted head */
  constructor(
    private readonly scorer: Scorer,
    tokenizer: Tokenizer,
    private readonly grammar: NumberGrammar,
    private readonly beams = defaultBeams,
  ) {
    const candidates: { token: number; text: string }[] = [];
    for (let token = 0; token < tokenizer.vocabSize; token++) {
      const text = tokenizer.tokenText(token);
      if (text !== '' && grammar.mayHold(text)) candidates.push({ token, text });
    }
    this.candidates = Int32Array.from(candidates, ({ token }) => token);
    this.texts = candidates.map(({ text }) => text);
  }

  /** @throws LiftError `prompt-too-long` naming the row, `cancelled` */
  async decode(
    prompts: readonly ArrayLike<number>[],
    { signal, onProgress }: ScoreOptions = {},
  ): Promise<DecodedNumbers[]> {
    const masses = prompts.map(() => new Map<number, number>());
    let beams: (readonly Beam[])[] = prompts.map(() => [{ tokens: [], text: '', logProbability: 0 }]);
    for (let pass = 0; pass < this.grammar.longest; pass++) {
      const open = [...prompts.keys()].filter((row) => beams[row]!.length > 0);
      if (open.length === 0) break;
      onProgress?.(prompts.length - open.length);
      const continued = await this.continueRows(
        open.map((row) => ({ prompt: prompts[row]!, beams: beams[row]! })),
        open.map((row) => masses[row]!),
        signal,
      );
      beams = beams.map(() => []);
      for (const [index, row] of open.entries()) beams[row] = continued[index]!;
    }
    onProgress?.(prompts.length);
    return masses.map(distributionOf);
  }

  /** One token more for every beam of every row; whole answers go to the row's masses. */
  private async continueRows(
    rows: readonly { readonly prompt: ArrayLike<number>; readonly beams: readonly Beam[] }[],
    masses: readonly Map<number, number>[],
    signal: AbortSignal | undefined,
  ): Promise<Beam[][]> {
    // The token −1 stands for whatever comes next: it makes a tree in which all tokens of all beams are laid out.
    const trees = rows.map(({ beams }) => new CompletionTree(beams.map(({ tokens }) => [...tokens, -1])));
    const scored = rows.map(({ prompt }, row) => ({ prompt, tree: trees[row]! }));
    const texts = scoringTexts(scored, this.scorer.model.config);
    const asked = texts.map((text) => {
      const places = text.rows.flatMap(({ tree }, row) =>
        tree.paths.map((path) => {
          const parent = tree.edgeParents[path.at(-1)!]!;
          return parent < 0 ? text.promptEnds[row]! : text.treeStarts[row]! + parent;
        }),
      );
      return { ...text, places: Int32Array.from(places) };
    });
    const answers = await this.scorer.distributions(asked, this.candidates, { signal });
    const perBeam = answers.flatMap((answer) =>
      Array.from({ length: answer.length / this.candidates.length }, (_, index) =>
        answer.subarray(index * this.candidates.length, (index + 1) * this.candidates.length),
      ),
    );
    let next = 0;
    return rows.map(({ beams }, row) => {
      const grown = beams.flatMap((beam) => this.grow(beam, perBeam[next++]!, masses[row]!));
      return this.best(grown);
    });
  }

  private grow(beam: Beam, distribution: Float32Array, masses: Map<number, number>): Beam[] {
    const continuations = this.continuationsOf(beam.text);
    const total = logSumExp(continuations.map(({ column }) => distribution[column]!));
    const grown: Beam[] = [];
    for (const { column, text, number } of continuations) {
      const logProbability = beam.logProbability + distribution[column]! - total;
      if (number !== undefined) masses.set(number, (masses.get(number) ?? 0) + Math.exp(logProbability));
      else grown.push({ tokens: [...beam.tokens, this.candidates[column]!], text, logProbability });
    }
    return grown;
  }

  private best(beams: readonly Beam[]): Beam[] {
    const kept = beams
      .filter(({ logProbability }) => logProbability > Math.log(leastProbability))
      .sort((a, b) => b.logProbability - a.logProbability)
      .slice(0, this.beams);
    const rest = kept.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0);
    return rest < leastRest ? [] : kept;
  }

  private continuationsOf(text: string): readonly Continuation[] {
    let continuations = this.known.get(text);
    if (continuations !== undefined) return continuations;
    continuations = this.texts.flatMap((token, column) => {
      const longer = text + token;
      const reading = this.grammar.read(longer);
      if (reading.kind === 'no answer') return [];
      return [{ column, text: longer, number: reading.kind === 'whole' ? Number(reading.number) : undefined }];
    });
    if (this.known.size >= 10_000) this.known.clear();
    this.known.set(text, continuations);
    return continuations;
  }
}

function distributionOf(masses: ReadonlyMap<number, number>): DecodedNumbers {
  const sorted = [...masses].sort(([a], [b]) => a - b);
  const coverage = sorted.reduce((sum, [, mass]) => sum + mass, 0);
  return {
    values: Float64Array.from(sorted, ([value]) => value),
    probabilities: Float64Array.from(sorted, ([, mass]) => mass / coverage),
    coverage,
  };
}
