import type * as vscode from 'vscode';
import { registerCompareRuns } from './commands/compare-runs';
import { registerCreateImageTable } from './commands/create-image-table';
import { registerDeleteRun } from './commands/delete-run';
import { registerDiagnostics } from './commands/diagnostics';
import { registerDownloadModel } from './commands/download-model';
import { registerFineTune } from './commands/fine-tune';
import { registerGenerateRows } from './commands/generate-rows';
import { registerOpenSample } from './commands/open-sample';
import { registerRevealRun } from './commands/reveal-run';
import { registerRunControl } from './commands/run-control';
import { registerRunStudy } from './commands/run-study';
import { registerUseRun } from './commands/use-run';
import { log } from './log';
import { registerPredictions } from './predictions/register-predictions';
import { registerRecipeEditor } from './recipe/recipe-editor';
import { registerFineTuneRemotely } from './remote/fine-tune-remotely';
import { reattachRemoteRuns } from './remote/reattach';
import { RemoteKeys } from './remote/remote-keys';
import { RunStore } from './runs/run-store';
import { registerRunsView } from './runs/runs-view';
import { offerInterruptedStudies } from './studies/interrupted-studies';
import { registerTools } from './tools/register-tools';
import { MachineSpeed } from './training/machine-speed';
import { TrainingPanels } from './training/training-panel';
import { TrainingService } from './training/training-service';

/** The table of contents: nothing native or large is loaded here. */
export function activate(context: vscode.ExtensionContext): void {
  const store = new RunStore();
  const keys = new RemoteKeys(context.secrets);
  const speed = new MachineSpeed(context.globalState);
  const training = new TrainingService(context.extensionPath, store, keys, speed);
  const panels = new TrainingPanels(context.extensionUri, store);
  context.subscriptions.push(log, store, training, panels, reattachRemoteRuns(store, training));
  context.subscriptions.push(offerInterruptedStudies(training));

  registerRecipeEditor(context, speed);
  registerFineTune(context, training, panels);
  registerFineTuneRemotely(context, training, panels, keys);
  registerDownloadModel(context);
  registerUseRun(context, store, training);
  registerGenerateRows(context, store, training);
  registerRunStudy(context, training);
  registerCreateImageTable(context, training);
  registerPredictions(context, store);
  registerRunsView(context, store);
  registerCompareRuns(context, store);
  registerRunControl(context, store, training, panels);
  registerOpenSample(context);
  registerRevealRun(context, store);
  registerDeleteRun(context, store);
  registerDiagnostics(context, store);
  registerTools(context, store, training);
  void store.refresh();
}
