import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { l10n } from 'vscode';
import { fingerprint } from '../../core/run/folder/fingerprint';
import type { RunFolder } from '../../core/run/folder/run-folder';
import type { RunState } from '../../core/run/folder/run-state';

/** Whose predictions are shown beside which table. */
export interface RunSource {
  readonly folder: RunFolder;
  readonly state: RunState;
  /** The predictions file: the run's own, or that of another table predicted with it. */
  readonly predictions: string;
  /** The table beside which they stand. */
  readonly table: string;
}

/** A run with its own predictions, beside the table that it was trained on. */
export function runSource({ folder, state }: Pick<RunSource, 'folder' | 'state'>): RunSource {
  return { folder, state, predictions: folder.predictions, table: state.dataset.path };
}

/** Whether the run was trained on the table that is shown. */
export function isTrainingTable({ state, table }: RunSource): boolean {
  return state.dataset.path === table;
}

/**
 * Why the rows of a table may not be those of the run any more; undefined when they are. Size first: the content is read
 * only when the file was touched after the run began.
 */
export async function whyChanged({ state, table }: RunSource, signal?: AbortSignal): Promise<string | undefined> {
  if (state.dataset.path !== table) return undefined;
  const found = await stat(table).catch(() => undefined);
  if (!found) return l10n.t('{0} is not there any more.', basename(table));
  const changed = l10n.t(
    '{0} has changed since the run: predictions may stand beside other rows than they were made for.',
    basename(table),
  );
  if (found.size !== state.dataset.bytes) return changed;
  if (found.mtimeMs < Date.parse(state.createdAt)) return undefined;
  const { sha256 } = await fingerprint(table, signal);
  return sha256 === state.dataset.sha256 ? undefined : changed;
}
