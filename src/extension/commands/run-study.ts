import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import { parseRecipe } from '../../core/recipe/document/parse-recipe';
import type { Recipe } from '../../core/recipe/recipe';
import type { StudyRequest, StudyResultMessage } from '../../core/studies/requests';
import type { StudyKind } from '../../core/studies/study';
import { studyKinds } from '../../core/studies/study-kinds';
import { registerCommand } from '../errors';
import { ensureModel } from '../models/ensure-model';
import { pickRecipe } from '../pickers/pick-recipe';
import { runsFolderOf } from '../runs/runs-folder';
import { showReport } from '../show-report';
import { duration } from '../training/progress-text';
import type { TrainingService } from '../training/training-service';
import { requireTable } from './require-table';
import { requireTrust } from './require-trust';
import { withEngine } from './with-engine';

/** A study of the paper on a table of the user's: chosen, timed, agreed to, done, and its report shown. */
export function registerRunStudy(context: vscode.ExtensionContext, training: TrainingService): void {
  registerCommand(context, 'runStudy', async (uri?: vscode.Uri) => {
    requireTrust();
    const recipe = await pickRecipe(uri, vscode.l10n.t('Run Study'));
    if (!recipe) return;
    const document = await vscode.workspace.openTextDocument(recipe);
    if (document.isDirty) await document.save();
    const { name, dataset, model, task } = parseRecipe(document.getText());
    const table = vscode.Uri.joinPath(recipe, '..', dataset).fsPath;
    await requireTable(table, vscode.l10n.t('Put it back there, or tell the recipe where it is now.'));
    const kind = await pickStudy(name, task);
    if (!kind) return;
    await ensureModel(model.id);
    const request: StudyRequest = {
      name: kind.name,
      dataset: table,
      recipe: recipe.fsPath,
      set: [],
      models: [],
      seeds: [0],
      out: join(runsFolderOf(recipe), '..', 'studies', `${kind.name}-${name}`),
      beside: true,
      estimateOnly: true,
    };
    await tellIfCancelled(recipe, () => studyInSteps(training, request, kind, name));
  });
}

/** Those that the table can be studied by. */
async function pickStudy(name: string, task: Recipe['task']): Promise<StudyKind | undefined> {
  const items = studyKinds
    .filter((kind) => kind.task === undefined || kind.task === task)
    .map((kind) => ({ label: kind.title, description: kind.name, detail: kind.question, study: kind }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Run Study'),
    placeHolder: vscode.l10n.t('What do you want to find out about {0}?', name),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.study;
}

/** The first run alone, then, when the user has heard how long they take, the others. */
async function studyInSteps(
  training: TrainingService,
  request: StudyRequest,
  kind: StudyKind,
  name: string,
): Promise<void> {
  const title = vscode.l10n.t('Study {0} of {1}', kind.name, name);
  const planned = await withEngine(training, title, (engine, options) => engine.study(request, options), {
    labels: { studying: vscode.l10n.t('Timing the first run') },
  });
  if (planned.report !== undefined) {
    await showStudy(planned, kind, name);
    return;
  }
  if (!(await isWanted(title, planned.runs - planned.done, planned.secondsLeft))) return;
  const rest = { ...request, estimateOnly: false };
  const result = await withEngine(training, title, (engine, options) => engine.study(rest, options), {
    labels: { studying: '' },
  });
  await showStudy(result, kind, name);
}

/** The first run was timed: it is known what the others take, and whether that is worth it is the user's to say. */
async function isWanted(title: string, runs: number, seconds: number): Promise<boolean> {
  const start = vscode.l10n.t('Go On');
  const text = vscode.l10n.t(
    '{0}: the rest takes about {1} on this machine (runs left: {2}).',
    title,
    duration(seconds),
    runs,
  );
  const detail = vscode.l10n.t('It can be cancelled at any time; what is done is not done again.');
  return (await vscode.window.showInformationMessage(text, { modal: true, detail }, start)) === start;
}

async function showStudy({ report, out }: StudyResultMessage, kind: StudyKind, name: string): Promise<void> {
  if (report === undefined) return;
  await showReport(`${kind.title} – ${name}`, report);
  const reveal = vscode.l10n.t('Reveal in Explorer');
  const text = vscode.l10n.t(
    '{0} and all figures of the study are in {1}.',
    basename(report),
    vscode.workspace.asRelativePath(out),
  );
  void vscode.window.showInformationMessage(text, reveal).then((answer) => {
    if (answer) void vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(report));
  });
}

/** Whoever cancels a study of hours wants to know that nothing is lost. */
async function tellIfCancelled(recipe: vscode.Uri, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!LiftError.is(error, 'cancelled')) throw error;
    const goOn = vscode.l10n.t('Run Study');
    const text = vscode.l10n.t(
      'The study is cancelled; what is done is kept. Run the same study again to go on where it was.',
    );
    void vscode.window.showInformationMessage(text, goOn).then((answer) => {
      if (answer) void vscode.commands.executeCommand('lift.runStudy', recipe);
    });
  }
}
