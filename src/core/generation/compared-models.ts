import type { BaselineResult } from '../evaluation/baselines/baseline-result';
import { english } from '../foundation/phrase';
import type { Cell } from '../table/table';
import { baselinesOn } from './baselines-on';
import type { SourceRows } from './source-rows';

/** What a model reaches that was trained on made rows, beside the same on real ones; both on the same real test rows. */
export interface Usefulness {
  /** Accuracy, or relative absolute error. */
  readonly measure: 'accuracy' | 'rae';
  readonly made: number;
  readonly real: number;
  /** The method that was best on real validation rows after training on real rows. */
  readonly method: string;
}

/** Trains the same simple models on made and on real rows. Undefined without test or validation rows. */
export async function usefulness(
  source: SourceRows,
  made: readonly (readonly Cell[])[],
  parts: {
    readonly train: readonly Cell[][];
    readonly validation: readonly Cell[][];
    readonly test: readonly Cell[][];
  },
  signal: AbortSignal | undefined,
): Promise<Usefulness | undefined> {
  const { task } = source.recipe;
  if (parts.test.length === 0 || parts.validation.length === 0) return undefined;
  const run = (train: readonly (readonly Cell[])[]): Promise<BaselineResult[]> =>
    baselinesOn(source, [train, parts.validation, parts.test], task, signal);
  const [onReal, onMade] = [await run(parts.train), await run(made)];
  const best = bestOf(onReal);
  const counterpart = onMade.find(({ name }) => name === best.name)!;
  return {
    measure: task === 'classification' ? 'accuracy' : 'rae',
    made: scoreOf(counterpart, 'test'),
    real: scoreOf(best, 'test'),
    method: english(best.label),
  };
}

function bestOf(results: readonly BaselineResult[]): BaselineResult {
  const sign = results[0]!.task === 'classification' ? -1 : 1;
  return [...results].sort((a, b) => sign * (scoreOf(a, 'validation') - scoreOf(b, 'validation')))[0]!;
}

function scoreOf(result: BaselineResult, part: 'test' | 'validation'): number {
  const metrics = result[part];
  if (metrics === null) return NaN;
  return metrics.task === 'classification' ? metrics.accuracy : (metrics.rae ?? NaN);
}
