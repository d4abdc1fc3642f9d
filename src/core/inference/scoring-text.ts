import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { ModelConfig } from '../model/config/model-config';
import type { CompletionTree } from './completion-tree';

/** A prompt and what may follow it. */
export interface ScoringRow {
  readonly prompt: ArrayLike<number>;
  readonly tree: CompletionTree;
}

/** One or more rows as one text: their common beginning once, then each row's own tokens and completions. */
export interface ScoringText {
  readonly rows: readonly ScoringRow[];
  readonly tokens: Int32Array;
  readonly visibleUntil: Int32Array;
  readonly positionIds: Int32Array;
  /** For each row the place of its prompt's last token, and of its first laid-out completion token. */
  readonly promptEnds: readonly number[];
  readonly treeStarts: readonly number[];
}

/** A text that several rows share is no longer than this: attention takes memory by the square. */
const longestShared = 2048;
/** What attention costs beyond its arithmetic, as it runs slower than the linear layers. */
const attentionSlowness = 2;

/**
 * Makes texts of rows. Neighbours whose prompts begin alike (with the same example rows) are put together, so that the
 * beginning is computed once, as long as that makes for less work a row: attention looks at all pairs of tokens.
 * @param firstRow the number of the first row, for errors
 * @throws LiftError `prompt-too-long` naming the row when a prompt with its longest completion does not fit the model.
 */
export function scoringTexts(rows: readonly ScoringRow[], config: ModelConfig, firstRow = 0): ScoringText[] {
  const perToken = 2 * config.parameterCount;
  const perPair = attentionSlowness * 4 * config.layers * config.heads * config.headDim;
  const work = (length: number): number => length * (perToken + perPair * length);
  const texts: ScoringText[] = [];
  let group: ScoringRow[] = [];
  let shared = 0;
  let length = 0;
  const close = (): void => {
    if (group.length > 0) texts.push(textOf(group, shared));
  };
  for (const [number, row] of rows.entries()) {
    checkLength(row, firstRow + number, config.contextLength);
    const own = row.prompt.length + row.tree.tokens.length;
    const common = group.length === 0 ? 0 : Math.min(shared, commonLength(group[0]!.prompt, row.prompt));
    const joined = length + (shared - common) * (group.length - 1) + own - common;
    const worthIt = work(joined) / (group.length + 1) < work(length) / group.length;
    if (common > 0 && joined <= longestShared && worthIt) {
      group.push(row);
      shared = common;
      length = joined;
    } else {
      close();
      group = [row];
      shared = row.prompt.length;
      length = own;
    }
  }
  close();
  return texts;
}

function checkLength({ prompt, tree }: ScoringRow, number: number, contextLength: number): void {
  const needed = prompt.length + tree.depth;
  if (prompt.length > 0 && needed <= contextLength) return;
  throw new LiftError(
    'prompt-too-long',
    prompt.length === 0
      ? phrase`The prompt of row ${number + 1} is empty.`
      : phrase`The prompt of row ${number + 1} needs ${needed} tokens with its answer, but the model reads at most ${contextLength}.`,
    'Use fewer example rows, fewer columns or a shorter template, or a model with a longer context.',
  );
}

function commonLength(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function textOf(rows: readonly ScoringRow[], shared: number): ScoringText {
  const own = rows.map(({ prompt, tree }) => prompt.length - shared + tree.tokens.length);
  const length = own.reduce((sum, count) => sum + count, shared);
  const tokens = new Int32Array(length);
  const visibleUntil = new Int32Array(length).fill(length, 0, shared);
  const positionIds = new Int32Array(length);
  for (let place = 0; place < shared; place++) {
    tokens[place] = rows[0]!.prompt[place]!;
    positionIds[place] = place;
  }
  const promptEnds: number[] = [];
  const treeStarts: number[] = [];
  let place = shared;
  for (const [index, { prompt, tree }] of rows.entries()) {
    const end = place + own[index]!;
    for (let position = shared; position < prompt.length; position++, place++) {
      tokens[place] = prompt[position]!;
      positionIds[place] = position;
      visibleUntil[place] = end;
    }
    promptEnds.push(prompt.length === shared ? shared - 1 : place - 1);
    treeStarts.push(place);
    tokens.set(tree.tokens, place);
    for (const [node, depth] of tree.depths.entries()) {
      positionIds[place + node] = prompt.length + depth;
      visibleUntil[place + node] = place + tree.visibleUntil[node]!;
    }
    place = end;
  }
  return { rows, tokens, visibleUntil, positionIds, promptEnds, treeStarts };
}
