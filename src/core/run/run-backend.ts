import { LiftError } from '../foundation/lift-error';
import type { BackendChoice } from './backend-choice';
import { runFolderAt } from './folder/run-folder';
import { readRunState } from './folder/run-state';
import type { RunState } from './folder/run-state';

/** Whether what a run has trained never comes home: its service alone can be asked about rows. */
export function staysWithService({ backend }: RunState): boolean {
  return backend?.kind === 'openai';
}

/**
 * Where a finished run is asked about rows: where the caller wants it, else on this machine; a model that never comes home is
 * asked where it is. Throws `usage` when the caller wants it elsewhere, `run-invalid` for a folder that is no run.
 */
export async function askingBackend(run: string, wished: BackendChoice | undefined): Promise<BackendChoice> {
  const state = await readRunState(runFolderAt(run));
  const { backend } = state;
  if (!backend || !staysWithService(state)) {
    if (wished?.kind !== 'openai') return wished ?? { kind: 'local' };
    throw new LiftError('usage', 'The model of this run is no model of such a service.', 'Leave --backend out.');
  }
  if (wished === undefined || wished.kind === backend.kind) return wished ?? backend;
  throw new LiftError(
    'usage',
    'The model of this run stays with the service that trained it.',
    'Leave --backend out: the run knows where to ask.',
  );
}
