import * as vscode from 'vscode';
import { requestCancel } from '../../core/run/folder/heartbeat';
import { registerCommand } from '../errors';
import { canResume, pickRun } from '../pickers/pick-run';
import type { RunArgument } from '../pickers/pick-run';
import { resumeRequest } from '../remote/resume-request';
import type { RunStore } from '../runs/run-store';
import type { RunSummary } from '../runs/run-summary';
import type { TrainingPanels } from '../training/training-panel';
import type { TrainingService } from '../training/training-service';
import { requireTrust } from './require-trust';

const isRunning = ({ state }: RunSummary): boolean => state.state === 'running';

/** Stop, resume, and show a run under way. */
export function registerRunControl(
  context: vscode.ExtensionContext,
  store: RunStore,
  training: TrainingService,
  panels: TrainingPanels,
): void {
  registerCommand(context, 'stopRun', async (argument: RunArgument) => {
    const run = await pickRun(store, argument, vscode.l10n.t('Stop'), isRunning);
    if (run) await requestCancel(run.folder);
  });
  registerCommand(context, 'resumeRun', async (argument: RunArgument) => {
    requireTrust();
    const run = await pickRun(store, argument, vscode.l10n.t('Resume'), canResume);
    if (!run) return;
    const { path } = run.folder;
    await training.start(resumeRequest(run), run.state.name);
    panels.show(path, run.state.name);
  });
  registerCommand(context, 'showTraining', async (argument: RunArgument) => {
    const run = await pickRun(store, argument, vscode.l10n.t('Show Training'));
    if (run) panels.show(run.folder.path, run.state.name);
  });
  registerCommand(context, 'refreshRuns', () => store.refresh());
}
