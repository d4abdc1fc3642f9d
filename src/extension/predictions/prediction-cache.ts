import { stat } from 'node:fs/promises';
import { readPredictions } from './read-predictions';
import type { PredictionSet } from './prediction-set';
import { whyChanged } from './run-source';
import type { RunSource } from './run-source';

/** Predictions for a table, or why they do not fit it any more. */
export interface FittingPredictions {
  readonly set: PredictionSet;
  readonly changed: string | undefined;
}

const mostKept = 8;

/** The predictions beside the tables that are open, read again only when one of the files has changed. */
export class PredictionCache {
  private readonly kept = new Map<string, Promise<FittingPredictions>>();

  /** Throws `run-invalid` when the predictions cannot be read; a failure is not remembered. */
  async read(source: RunSource): Promise<FittingPredictions> {
    const stamps = await Promise.all([source.predictions, source.table].map(stampOf));
    const key = [source.predictions, source.table, ...stamps].join('\0');
    let found = this.kept.get(key);
    if (!found) {
      found = Promise.all([readPredictions(source.predictions), whyChanged(source)]).then(([set, changed]) => ({
        set,
        changed,
      }));
      this.kept.set(key, found);
      found.catch(() => this.kept.delete(key));
      const [oldest] = this.kept.keys();
      if (this.kept.size > mostKept) this.kept.delete(oldest!);
    }
    return found;
  }
}

async function stampOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found ? `${found.mtimeMs} ${found.size}` : 'none';
}
