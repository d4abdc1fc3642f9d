import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { l10n } from 'vscode';
import { runFolderAt } from '../../core/run/folder/run-folder';
import type { RunFolder } from '../../core/run/folder/run-folder';
import { readRunState } from '../../core/run/folder/run-state';
import type { RunState } from '../../core/run/folder/run-state';

/** A run as lists show it: its folder, its state, and its metrics once it has some. */
export interface RunSummary {
  readonly folder: RunFolder;
  readonly state: RunState;
  readonly testMetrics: Readonly<Record<string, number>> | undefined;
}

const Metrics = v.object({ test: v.record(v.string(), v.unknown()) });

/** Reads a run folder. Throws `run-invalid` when it is none. */
export async function readRunSummary(path: string): Promise<RunSummary> {
  const folder = runFolderAt(path);
  const [state, testMetrics] = await Promise.all([readRunState(folder), readTestMetrics(folder)]);
  return { folder, state, testMetrics };
}

/** Metrics are written at the end of a run: until then there are none. */
async function readTestMetrics(folder: RunFolder): Promise<Record<string, number> | undefined> {
  const text = await readFile(folder.metrics, 'utf8').catch(() => undefined);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Metrics), text);
  if (!parsed.success) return undefined;
  const numbers = Object.entries(parsed.output.test).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return Object.fromEntries(numbers);
}

/** The one number that a list has room for. */
export function headline({ state, testMetrics }: RunSummary): string | undefined {
  const name = state.task === 'classification' ? 'accuracy' : 'r2';
  const value = testMetrics?.[name];
  if (value === undefined) return undefined;
  return state.task === 'classification' ? `${(value * 100).toFixed(1)} %` : `R² ${value.toFixed(3)}`;
}

/** What tells a run that only read rows from one that was trained; nothing of the latter. */
export function howMade({ state }: RunSummary): string[] {
  return state.readsOnly ? [l10n.t('read, not trained')] : [];
}
