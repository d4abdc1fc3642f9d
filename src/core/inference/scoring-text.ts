import { LiftError } from '../foundation/lift-error';
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

/** Rows share a text when at least this share of each prompt is common. */
const sharedShare = 0.5;
/** Tokens of a shared text: attention looks at all pairs, so that longer ones cost more than they save. */
const longestShared = 1024;

/**
 * Makes texts of rows: neighbours whose prompts begin alike for the most part (the same example rows) are put together,
 * so that the beginning is computed once.
 * @throws LiftError `prompt-too-long` naming the row when a prompt with its longest completion does not fit the model.
 */
export function scoringTexts(rows: readonly ScoringRow[], contextLength: number): ScoringText[] {
  const texts: ScoringText[] = [];
  let group: ScoringRow[] = [];
  let shared = 0;
  let length = 0;
  const close = (): void => {
    if (group.length > 0) texts.push(textOf(group, shared));
    group = [];
  };
  for (const [number, row] of rows.entries()) {
    checkLength(row, number, contextLength);
    const own = row.prompt.length + row.tree.tokens.length;
    const [first] = group;
    if (first !== undefined) {
      const common = Math.min(shared, commonLength(first.prompt, row.prompt));
      const longest = Math.max(row.prompt.length, ...group.map(({ prompt }) => prompt.length));
      const joined = length + (shared - common) * (group.length - 1) + own - common;
      if (common >= sharedShare * longest && joined <= longestShared) {
        group.push(row);
        shared = common;
        length = joined;
        continue;
      }
      close();
    }
    group = [row];
    shared = row.prompt.length;
    length = own;
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
      ? `The prompt of row ${number + 1} is empty.`
      : `The prompt of row ${number + 1} needs ${needed} tokens with its answer, but the model reads at most ${contextLength}.`,
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
