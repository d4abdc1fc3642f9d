import type { Said } from '../foundation/phrase';
import type { StudyResult } from './study';

/** A result with its names in one language: in English they stand in files, and tell series and categories apart. */
export type ToldResult = Omit<StudyResult, 'series' | 'x'> & { readonly series: string; readonly x: number | string };

export function toldResults(results: readonly StudyResult[], say: (said: Said) => string): ToldResult[] {
  return results.map((result) => ({
    ...result,
    series: say(result.series),
    x: typeof result.x === 'number' ? result.x : say(result.x),
  }));
}
