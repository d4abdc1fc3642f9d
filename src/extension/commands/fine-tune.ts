import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/document/parse-recipe';
import { inContextRows } from '../../core/run/in-context';
import type { FineTuneRequest } from '../../core/run/requests';
import { registerCommand } from '../errors';
import { ensureModel } from '../models/ensure-model';
import { pickCsv } from '../pickers/pick-csv';
import { pickRecipe } from '../pickers/pick-recipe';
import { ensureRecipe, openRecipe } from '../recipe/open-recipe';
import { runsFolderOf } from '../runs/runs-folder';
import type { TrainingPanels } from '../training/training-panel';
import type { TrainingService } from '../training/training-service';
import { requireTrust } from './require-trust';

/** From a table to its recipe, and from a recipe to a run. */
export function registerFineTune(
  context: vscode.ExtensionContext,
  training: TrainingService,
  panels: TrainingPanels,
): void {
  registerCommand(context, 'fineTune', async (uri?: vscode.Uri) => {
    const csv = await pickCsv(uri, vscode.l10n.t('Fine-tune with LIFT'));
    if (csv) await openRecipe(await ensureRecipe(csv));
  });

  registerCommand(context, 'editPrompt', async (uri?: vscode.Uri) => {
    const recipe = await pickRecipe(uri, vscode.l10n.t('Edit Prompt Template'));
    if (recipe) await openRecipe(recipe);
  });

  const start = async (
    uri: vscode.Uri | undefined,
    title: string,
    inContext?: FineTuneRequest['inContext'],
  ): Promise<void> => {
    requireTrust();
    const recipe = await pickRecipe(uri, title);
    if (!recipe) return;
    const document = await vscode.workspace.openTextDocument(recipe);
    if (document.isDirty) await document.save();
    const { name, model } = parseRecipe(document.getText());
    await ensureModel(model.id, dirname(recipe.fsPath));
    const path = await training.start(
      { recipe: recipe.fsPath, runsFolder: runsFolderOf(recipe), baselines: true, set: [], inContext },
      name,
    );
    panels.show(path, name);
  };

  registerCommand(context, 'fineTuneLocally', (uri?: vscode.Uri) => start(uri, vscode.l10n.t('Fine-Tune Locally')));

  registerCommand(context, 'predictInContext', (uri?: vscode.Uri) =>
    start(uri, vscode.l10n.t('Predict Without Fine-Tuning'), { rows: inContextRows, pick: 'nearest' }),
  );
}
