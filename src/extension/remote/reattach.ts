import * as vscode from 'vscode';
import { isUnderWayElsewhere } from '../../core/backends/jobs/state';
import { log } from '../log';
import type { RunStore } from '../runs/run-store';
import type { RunSummary } from '../runs/run-summary';
import type { TrainingService } from '../training/training-service';
import { resumeRequest } from './resume-request';

/**
 * Goes on with runs whose job is under way elsewhere and that no process here watches any more, after a restart of the
 * machine for example. Each is tried once a window: one that cannot be reached is left to its Resume button.
 */
export function reattachRemoteRuns(store: RunStore, training: TrainingService): vscode.Disposable {
  const tried = new Set<string>();
  return store.onDidChange((runs) => {
    if (!vscode.workspace.isTrusted) return;
    for (const run of runs) {
      if (!isUnwatched(run) || tried.has(run.folder.path)) continue;
      tried.add(run.folder.path);
      reattach(run, training).catch((error: unknown) => {
        log.warn(`${run.folder.path}: ${(error as Error).message}`);
      });
    }
  });
}

/** Stopped without having been told to, or out of reach. */
function isUnwatched({ state: { backend, state, error } }: RunSummary): boolean {
  if (backend === undefined || backend.kind === 'local') return false;
  return state === 'stopped' || (state === 'failed' && error?.code === 'network');
}

async function reattach(run: RunSummary, training: TrainingService): Promise<void> {
  if (!(await isUnderWayElsewhere(run.folder))) return;
  await training.start(resumeRequest(run), run.state.name);
}
