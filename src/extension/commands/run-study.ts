import { join } from 'node:path';
import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/document/parse-recipe';
import type { StudyRequest } from '../../core/studies/requests';
import { begunSeeds } from '../../core/studies/study-standing';
import { registerCommand } from '../errors';
import { ensureModel } from '../models/ensure-model';
import { pickRecipe } from '../pickers/pick-recipe';
import { glanceAt } from '../recipe/table-cache';
import { runsFolderOf } from '../runs/runs-folder';
import { doStudy } from '../studies/do-study';
import { pickStudy } from '../studies/pick-study';
import type { TrainingService } from '../training/training-service';
import { requireTable } from './require-table';
import { requireTrust } from './require-trust';

/** A study of the paper on a table of the user's: chosen, timed, agreed to, done, and its report shown. */
export function registerRunStudy(context: vscode.ExtensionContext, training: TrainingService): void {
  registerCommand(context, 'runStudy', async (uri?: vscode.Uri) => {
    requireTrust();
    const recipe = await pickRecipe(uri, vscode.l10n.t('Run Study'));
    if (!recipe) return;
    const document = await vscode.workspace.openTextDocument(recipe);
    if (document.isDirty) await document.save();
    const parsed = parseRecipe(document.getText());
    const { name, dataset, model } = parsed;
    const table = vscode.Uri.joinPath(recipe, '..', dataset).fsPath;
    await requireTable(table, vscode.l10n.t('Put it back there, or tell the recipe where it is now.'));
    const kind = await pickStudy(name, { table: await glanceAt(table), recipe: parsed });
    if (!kind) return;
    await ensureModel(model.id);
    const out = join(runsFolderOf(recipe), '..', 'studies', `${kind.name}-${name}`);
    const request: StudyRequest = {
      name: kind.name,
      dataset: table,
      recipe: recipe.fsPath,
      set: [],
      models: [],
      seeds: (await begunSeeds(out)) ?? [0],
      out,
      beside: true,
      estimateOnly: false,
      offers: [],
    };
    await doStudy(training, { request, name, isAgreed: false });
  });
}
