import { Random } from '../foundation/random';
import type { Cell, Column } from '../table/table';
import { baselinesOn } from './baselines-on';
import type { SourceRows } from './source-rows';

/** The rows are cut into so many parts: one to judge by, one to choose by, the others to train on. */
const parts = 5;
/** So many rows are judged, by several parts in turn where one has fewer: the AUC of few rows is chance. */
const enoughJudged = 1000;

/**
 * How well a simple model tells made rows from real ones that it has not seen (AUC): 0.5 is guessing, 1 always. The model is the
 * best on rows that it is not judged by, since the best of several noisy figures is too good. The mean over the parts
 * that are judged; undefined with too few rows.
 */
export async function tellingApart(
  source: SourceRows,
  made: readonly (readonly Cell[])[],
  real: readonly (readonly Cell[])[],
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const random = Random.derive(0, 'telling apart');
  const count = Math.min(made.length, real.length);
  if (count < parts) return undefined;
  // As many of both kinds in each part.
  const rows = [made, real].flatMap((list, origin) =>
    random
      .shuffle([...list])
      .slice(0, count)
      .map((cells, place) => ({
        cells: [...cells, origin === 0 ? 'made' : 'real'],
        part: Math.floor((place * parts) / count),
      })),
  );
  const where = (isIn: (part: number) => boolean): Cell[][] =>
    rows.filter(({ part }) => isIn(part)).map(({ cells }) => cells);
  const turns = Math.min(parts, Math.ceil((enoughJudged * parts) / rows.length));
  const aucs: number[] = [];
  for (let judged = 0; judged < turns; judged++) {
    const choosing = (judged + 1) % parts;
    const split = [
      where((part) => part !== judged && part !== choosing),
      where((part) => part === choosing),
      where((part) => part === judged),
    ];
    aucs.push(...(await aucOfChosen(source, split, signal)));
  }
  return aucs.length === 0 ? undefined : aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
}

/** The AUC on the last part of the model with the greatest on the one before; none when no model gives probabilities. */
async function aucOfChosen(
  source: SourceRows,
  split: readonly (readonly (readonly Cell[])[])[],
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const origin: Column = {
    name: 'origin',
    index: source.columns.length,
    type: 'category',
    reason: '',
    missing: 0,
    distinct: 2,
    distinctCapped: false,
    examples: ['made', 'real'],
  };
  const results = await baselinesOn(source, split, 'classification', signal, origin);
  const aucs = results.flatMap((result) => {
    if (result.task !== 'classification') return [];
    const [choosing, judging] = [result.validation?.auc ?? null, result.test.auc];
    return choosing === null || judging === null ? [] : [{ choosing, judging }];
  });
  return aucs
    .sort((a, b) => b.choosing - a.choosing)
    .slice(0, 1)
    .map(({ judging }) => judging);
}
