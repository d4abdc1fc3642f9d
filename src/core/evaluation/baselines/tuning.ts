import type { Random } from '../../foundation/random';
import type { Baseline, Candidate, EncodedRows } from './baseline';
import type { Pace } from '../../foundation/pace';

/** The candidate that did best on the validation rows, and what it said about them. */
export interface Tuned<Predictions> extends Candidate<Predictions> {
  readonly validationPredictions: Predictions;
}

export interface TuningOptions<Predictions> {
  /**
   * How bad predictions of the validation rows are, lower being better. The first number decides, the next ones break
   * ties; of equal candidates the earlier, simpler one is kept.
   */
  readonly badness: (predictions: Predictions) => readonly number[];
  readonly pace: Pace;
  readonly random: Random;
  readonly onCandidate: () => void;
}

/** Fits the whole grid of a baseline and chooses by the validation rows; the test rows are not seen. */
export async function tune<Data extends { readonly validation: EncodedRows }, Predictions>(
  baseline: Baseline<Data, Predictions>,
  data: Data,
  { badness, pace, random, onCandidate }: TuningOptions<Predictions>,
): Promise<Tuned<Predictions>> {
  let best: { readonly tuned: Tuned<Predictions>; readonly badness: readonly number[] } | undefined;
  for await (const candidate of baseline.candidates(data, pace, random)) {
    const validationPredictions = await candidate.model.predict(data.validation, pace);
    const measured = badness(validationPredictions);
    if (!best || isBelow(measured, best.badness)) {
      best = { tuned: { ...candidate, validationPredictions }, badness: measured };
    }
    onCandidate();
    await pace.breathe();
  }
  return best!.tuned;
}

function isBelow(first: readonly number[], second: readonly number[]): boolean {
  const place = first.findIndex((value, index) => value !== second[index]);
  return place >= 0 && first[place]! < second[place]!;
}
