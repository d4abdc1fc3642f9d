import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/document/parse-recipe';
import type { FineTuneRequest, RunPlan } from '../../core/run/requests';
import { EngineClient } from '../../engine/engine-client';
import { requireTrust } from '../commands/require-trust';
import { registerCommand } from '../errors';
import { pickRecipe } from '../pickers/pick-recipe';
import { runsFolderOf } from '../runs/runs-folder';
import { progressText } from '../training/progress-text';
import type { TrainingPanels } from '../training/training-panel';
import type { TrainingService } from '../training/training-service';
import { confirmUpload } from './confirm-upload';
import { pickBackend } from './pick-backend';
import type { RemoteKeys } from './remote-keys';

/** From a recipe to a run elsewhere: where, may it be sent, then as a local run. */
export function registerFineTuneRemotely(
  context: vscode.ExtensionContext,
  training: TrainingService,
  panels: TrainingPanels,
  keys: RemoteKeys,
): void {
  registerCommand(context, 'fineTuneRemotely', async (uri?: vscode.Uri) => {
    requireTrust();
    const recipe = await pickRecipe(uri, vscode.l10n.t('Fine-Tune Remotely'));
    if (!recipe) return;
    const document = await vscode.workspace.openTextDocument(recipe);
    if (document.isDirty) await document.save();
    const { name } = parseRecipe(document.getText());
    const picked = await pickBackend(keys);
    if (!picked) return;
    const request = { recipe: recipe.fsPath, runsFolder: runsFolderOf(recipe), baselines: true, set: [], ...picked };
    if (!(await confirmUpload(await planOf(training, request)))) return;
    panels.show(await training.start(request, name), name);
  });
}

/** Writes the prompts, as it must be known what would be sent, and sends nothing. */
function planOf(training: TrainingService, request: FineTuneRequest): Thenable<RunPlan> {
  const title = vscode.l10n.t('Preparing what would be sent');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    const engine = await EngineClient.start(await training.engineOptionsFor(request.backend));
    try {
      return await engine.plan(request, {
        signal: controller.signal,
        onEvent: (event) => {
          if (event.event === 'progress') progress.report({ message: progressText(event) });
        },
      });
    } finally {
      await engine.close();
    }
  });
}
