import { join } from 'node:path';
import * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/document/parse-recipe';
import type { StudyRequest } from '../../core/studies/requests';
import { studyKinds } from '../../core/studies/study-kinds';
import { registerCommand } from '../errors';
import { ensureModel } from '../models/ensure-model';
import { pickRecipe } from '../pickers/pick-recipe';
import { runsFolderOf } from '../runs/runs-folder';
import { showReport } from '../show-report';
import { duration } from '../training/progress-text';
import type { TrainingService } from '../training/training-service';
import { requireTrust } from './require-trust';
import { withEngine } from './use-run';

/** A study of the paper on a table of the user's: chosen, timed, agreed to, done, and its report shown. */
export function registerRunStudy(context: vscode.ExtensionContext, training: TrainingService): void {
  registerCommand(context, 'runStudy', async (uri?: vscode.Uri) => {
    requireTrust();
    const title = vscode.l10n.t('Run Study');
    const recipe = await pickRecipe(uri, title);
    if (!recipe) return;
    const items = studyKinds.map((kind) => ({
      label: kind.title,
      description: kind.name,
      detail: kind.question,
      study: kind,
    }));
    const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
    if (!chosen) return;
    const document = await vscode.workspace.openTextDocument(recipe);
    if (document.isDirty) await document.save();
    const { name, dataset, model } = parseRecipe(document.getText());
    await ensureModel(model.id);
    const request: StudyRequest = {
      name: chosen.study.name,
      dataset: vscode.Uri.joinPath(recipe, '..', dataset).fsPath,
      recipe: recipe.fsPath,
      set: [],
      models: [],
      seeds: [0],
      out: join(runsFolderOf(recipe), '..', 'studies', `${chosen.study.name}-${name}`),
      estimateOnly: true,
    };
    const label = `${chosen.study.title} ${name}`;
    const planned = await withEngine(training, label, (engine, options) => engine.study(request, options));
    if (planned.report === undefined && !(await isWanted(planned.runs - planned.done, planned.secondsLeft))) return;
    const result = planned.report
      ? planned
      : await withEngine(training, label, (engine, options) =>
          engine.study({ ...request, estimateOnly: false }, options),
        );
    if (result.report !== undefined) await showReport(chosen.study.title, result.report);
  });
}

/** The first run was timed: it is known what the others take, and whether that is worth it is the user's to say. */
async function isWanted(runs: number, seconds: number): Promise<boolean> {
  const start = vscode.l10n.t('Go On');
  const text = vscode.l10n.t(
    'The study has {0} more runs and takes about {1} on this machine.',
    runs,
    duration(seconds),
  );
  const detail = vscode.l10n.t('It can be cancelled at any time; what is done is not done again.');
  return (await vscode.window.showInformationMessage(text, { modal: true, detail }, start)) === start;
}
